import type { CallLeg, PhoneAccount } from '@hookswitch/driver-kit/virtual';
import { firmwareAtLeast } from '../firmware.ts';
import type { SnomParts } from '../parts.ts';
import { child, childText, type XmlElement } from '../xml.ts';
import { type CstaElement, element } from './elements.ts';
import type { CstaFault } from './shapes.ts';

/** Since when an identity's number 1 to 12 does for its SIP URI. */
const INDEX_SINCE = '8.7.4';

/** A request on its way through the phone. */
export interface CstaCause {
  readonly parts: SnomParts;
  readonly request: XmlElement;
  /** The body as it came, for documents that stand in it unescaped. */
  readonly body: string;
  /** Whether call ids stand bare, without `callID` around them. */
  readonly hasBareIds: boolean;
}

/** What a request comes to: the children of its reply, or a fault. */
export type CstaResult = { readonly children: readonly CstaElement[] } | { readonly fault: CstaFault };

/** A success with these children. */
export const success = (...children: readonly CstaElement[]): CstaResult => ({ children });

/** A refusal. */
export const refuse = (fault: CstaFault): CstaResult => ({ fault });

/** A success if the phone did it; if not, the call was not in a state for it. */
export const done = (worked: boolean, ...children: readonly CstaElement[]): CstaResult =>
  worked ? success(...children) : refuse('invalidObjectState');

const sipUri = (leg: CallLeg): string => `sip:${leg.local.number}@${leg.local.domain}`;

/** A connection in a reply, in the form in which the request had it. */
export const connection = (name: string, leg: CallLeg, { hasBareIds }: Pick<CstaCause, 'hasBareIds'>): CstaElement =>
  element(name, hasBareIds ? leg.id : [element('callID', leg.id), element('deviceID', sipUri(leg))]);

/** The identity that a device id names: a SIP URI with or without `sip:`, or a number from 1 on. */
export const accountNamed = ({ parts }: Pick<CstaCause, 'parts'>, device: string): PhoneAccount | undefined => {
  const { accounts } = parts.telephony;
  if (/^\d{1,2}$/.test(device) && firmwareAtLeast(parts.firmware, INDEX_SINCE)) {
    return accounts.find(({ index }) => index === Number(device));
  }
  const uri = device.replace(/^sips?:/i, '');
  return accounts.find(({ number, domain }) => uri === `${number}@${domain}`);
};

/** The call that a connection in the request names. */
export const legNamed = (cause: CstaCause, name: string): CallLeg | undefined => {
  const { telephony } = cause.parts;
  const named = child(cause.request, name);
  if (cause.hasBareIds) return telephony.find(named?.text ?? '');
  const id = child(named, 'callID');
  if (id !== undefined) return telephony.find(id.text);
  // The other choice of the type: only a device, which then must have a single call.
  const account = accountNamed(cause, childText(named, 'deviceID'));
  const legs = telephony.legs.filter(({ local }) => local.number === account?.number);
  return legs.length === 1 ? legs[0] : undefined;
};

/** Makes a handler of one that needs the call in `name`. */
export const withLeg =
  (name: string, handle: (cause: CstaCause, leg: CallLeg) => CstaResult) =>
  (cause: CstaCause): CstaResult => {
    const leg = legNamed(cause, name);
    return leg === undefined ? refuse('invalidCallID') : handle(cause, leg);
  };

/** Makes a handler of one that needs the identity in `name`; an empty device is the phone itself. */
export const withDevice =
  (name: string, handle: (cause: CstaCause, account: PhoneAccount) => CstaResult) =>
  (cause: CstaCause): CstaResult => {
    const device = childText(cause.request, name);
    const account = device === '' ? cause.parts.telephony.accountOf(undefined) : accountNamed(cause, device);
    return account === undefined ? refuse('invalidDeviceID') : handle(cause, account);
  };
