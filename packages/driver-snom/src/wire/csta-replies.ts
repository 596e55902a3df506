import {
  type CallSnapshot,
  type CallState,
  failed,
  type HttpReply,
  notHere,
  type Outcome,
  parseParty,
  phoneRejected,
  type SettingValue,
  type SnapshotCall,
  UNKNOWN_PARTY,
  unknown,
} from '@hookswitch/core';
import type { CstaMessage } from './csta-envelope.ts';
import { refusalOf, titleOf } from './page-reply.ts';
import { find, findAll, parseXml, type XmlElement } from './xml.ts';

/** A reply to a CSTA request: the response element, or what became of the request instead. */
export type CstaReply = { readonly response: XmlElement } | { readonly outcome: Outcome<never> };

/**
 * Reads any of the three shapes that Snom documents (in an envelope with header, without one, bare) by local names, and
 * both spellings of faults (`invalidCallID`, `Invalid CallID`), with status 500 or inside a 200.
 */
export function readCstaReply(reply: HttpReply, message: CstaMessage): CstaReply {
  const fault = faultIn(reply.text);
  if (fault !== null && (reply.status === 200 || reply.status === 500))
    return { outcome: faultOutcome(fault, reply.status) };
  if (reply.status === 403) return { outcome: notHere('The phone refuses CSTA (403): csta_control may be off.') };
  if (reply.status !== 200) return { outcome: refusalOf(reply) };
  // A page of the web interface in its place: the phone has no CSTA, or it is switched off.
  if (/^\s*(?:<!doctype html|<html)/i.test(reply.text)) {
    return { outcome: notHere(`The phone answered CSTA with a page of its web interface "${titleOf(reply.text)}".`) };
  }
  const response = responseIn(reply.text, message);
  return response === null ? { outcome: unexpected(message) } : { response };
}

/**
 * Reads CSTA that came by SIP, in the phone's INFO or in its response to ours; null: it is about something else, such
 * as an event.
 */
export function readUaCsta(text: string, { name }: CstaMessage): CstaReply | null {
  const fault = faultIn(text);
  if (fault !== null) return { outcome: faultOutcome(fault) };
  const document = parseXml(text);
  const response = document === null ? null : find(document, `${name}Response`);
  return response === null ? null : { response };
}

/** "In case the request was processed successfully the phone will answer with 200", whose body may then be missing. */
function responseIn(text: string, { name }: CstaMessage): XmlElement | null {
  if (text.trim() === '') return { name: `${name}Response`, text: '', children: [] };
  const document = parseXml(text);
  return document === null ? null : find(document, `${name}Response`);
}

function unexpected({ name, readOnly }: CstaMessage): Outcome<never> {
  const what = `The phone answered ${name} with something that is no ${name}Response`;
  if (readOnly) return failed(phoneRejected(`${what}.`, { phoneStatus: 200 }));
  return unknown(`${what}. It may have acted.`);
}

/**
 * The code of a fault, e.g. `invalidCallID`. Snom's own example of a fault without envelope is not well-formed
 * (`<operation>…</csta:operation>`), so a fault is also found in the text.
 */
function faultIn(text: string): string | null {
  const document = parseXml(text);
  if (document === null) {
    if (!/CSTAErrorCode/.test(text)) return null;
    return /<(?:\w+:)?operation>([^<]*)</.exec(text)?.[1]?.trim() ?? '';
  }
  const code = find(document, 'CSTAErrorCode');
  if (code !== null) return code.children[0]?.text ?? code.text;
  const fault = find(document, 'Fault');
  return fault === null ? null : (find(fault, 'faultstring')?.text ?? '');
}

function faultOutcome(code: string, status?: number): Outcome<never> {
  if (/not\s?(?:supported|implemented)|unknown\s?(?:service|operation)/i.test(code)) {
    return notHere(`The phone does not know this CSTA request (${code}).`);
  }
  const call = /call\s?id|connection\s?id/i.test(code);
  const hint = call ? ' The call is not there any more: refresh the calls.' : '';
  return failed(
    phoneRejected(`The phone refused: ${code === '' ? 'a fault without a code' : code}.${hint}`, {
      ...(status === undefined ? {} : { phoneStatus: status }),
      ...(code === '' ? {} : { phoneCode: code }),
    }),
  );
}

/** Settings in a GetSettingsResponse. */
export function settingsIn(response: XmlElement): readonly SettingValue[] {
  return findAll(response, 'Setting').flatMap((setting) => {
    const name = find(setting, 'name')?.text ?? '';
    return name === '' ? [] : [{ name, value: find(setting, 'value')?.text ?? '' }];
  });
}

/** Whether do-not-disturb is on; null: the response does not tell. */
export function doNotDisturbIn(response: XmlElement): boolean | null {
  return booleanOf(find(response, 'doNotDisturbOn')?.text);
}

/** One forwarding in a GetForwardingResponse. */
export interface ForwardingReading {
  /** `forwardImmediate`, `forwardBusy`, `forwardNoAns`; null: not told. */
  readonly type: string | null;
  readonly enabled: boolean;
  readonly target: string | null;
  /** How many seconds it rings before; null: not told. */
  readonly afterSeconds: number | null;
}

/** All forwardings of a GetForwardingResponse; ECMA-323 lists one `forwardListItem` a type. */
export function forwardingsIn(response: XmlElement): readonly ForwardingReading[] {
  const items = findAll(response, 'forwardListItem');
  return (items.length === 0 ? [response] : items).flatMap((item) => {
    const enabled = booleanOf((find(item, 'forwardStatus') ?? find(item, 'activateForward'))?.text);
    if (enabled === null) return [];
    const text = (name: string) => find(item, name)?.text || null;
    const seconds = /^\d{1,5}$/.exec(text('ringDuration') ?? '')?.[0];
    return [
      {
        type: text('forwardingType'),
        enabled,
        target: text('forwardDN'),
        afterSeconds: seconds === undefined ? null : Number(seconds),
      },
    ];
  });
}

/** Devices in a GetSwitchingFunctionDevicesResponse: whatever in it looks like an address. */
export function devicesIn(response: XmlElement): readonly string[] {
  const texts = findAll(response, 'deviceID').map(({ text }) => text);
  const all = texts.length > 0 ? texts : leaves(response).map(({ text }) => text);
  return [...new Set(all.filter((text) => text.includes('@')))];
}

/** Calls in a SnapshotDeviceResponse. One that is over (`null`, `fail` at this end) is left out. */
export function callsIn(response: XmlElement): CallSnapshot['calls'] {
  return findAll(response, 'snapshotDeviceResponseInfo').flatMap((info): readonly SnapshotCall[] => {
    const id = find(info, 'callID')?.text ?? find(info, 'connectionIdentifier')?.text ?? '';
    const states = findAll(info, 'localConnectionState').map(({ text }) => text);
    const state = callStateOf(states);
    if (id === '' || state === null) return [];
    const device = find(info, 'deviceID')?.text;
    return [
      {
        vendorIds: { csta_id: id },
        state,
        direction: state === 'RINGING' ? 'INCOMING' : state === 'DIALING' ? 'OUTGOING' : null,
        remote: UNKNOWN_PARTY,
        local: parseParty(device),
      },
    ];
  });
}

/** CompoundCallState: the phone's own connection first, then the others'. */
function callStateOf([own, ...others]: readonly string[]): CallState | null {
  switch (own) {
    case 'alerting':
      return 'RINGING';
    case 'initiated':
      return 'DIALING';
    case 'hold':
      return 'HELD';
    case 'connected':
    case 'queued':
      return others.length > 0 && others.every((other) => other === 'alerting' || other === 'initiated')
        ? 'DIALING'
        : 'CONNECTED';
    default:
      return null;
  }
}

function booleanOf(text: string | undefined): boolean | null {
  const word = text?.toLowerCase() ?? '';
  if (word === 'true' || word === '1' || word === 'on') return true;
  return word === 'false' || word === '0' || word === 'off' ? false : null;
}

function leaves(element: XmlElement): readonly XmlElement[] {
  return element.children.length === 0 ? [element] : element.children.flatMap(leaves);
}
