import { accountUri, type Forward, type PhoneAccount } from '@hookswitch/driver-kit/virtual';
import type { PhonecfgSelectors } from './action-uri-query.ts';

/** What `phonecfg=get` reports. */
export interface PhonecfgState {
  readonly firmware: string;
  /** Set only where the phone shows it. */
  readonly identity: { readonly mac: string; readonly deviceId: string } | undefined;
  /** One a position, also those that are not in use. */
  readonly accounts: readonly PhoneAccount[];
  readonly dnd: boolean;
  readonly always: Forward;
  readonly busy: Forward;
  readonly noAnswer: Forward;
}

const onOff = (on: boolean): string => (on ? 'On' : 'Off');

/**
 * The INI body of `phonecfg=get`, in the shape of a capture from firmware 2.71: LF line ends, accounts counted from 0
 * and not in order.
 */
export const renderPhonecfg = (
  state: PhonecfgState,
  selectors: { readonly [K in keyof PhonecfgSelectors]: boolean },
): string => {
  const lines = ['[Status]', `FirmwareVersion=${state.firmware}`];
  if (state.identity) lines.push(`MACAddress=${state.identity.mac}`, `DeviceID=${state.identity.deviceId}`);
  if (selectors.accounts) lines.push('[Accounts]', ...accountLines(state.accounts));
  if (selectors.dnd) lines.push('[DND]', `State=${onOff(state.dnd)}`);
  if (selectors.fw) {
    lines.push('[Forward_always]', ...forwardLines(state.always));
    lines.push('[Forward_busy]', ...forwardLines(state.busy));
    // A phone on which it was never set says -6.
    const { target, afterSeconds } = state.noAnswer;
    lines.push('[Forward_noanswer]', `Ringtimes=${target === '' ? -6 : afterSeconds}`, ...forwardLines(state.noAnswer));
  }
  return `${lines.join('\n')}\n`;
};

const forwardLines = ({ on, target }: Forward): string[] => [`State=${onOff(on)}`, `Target=${target}`];

/** 1, 2, 5, 4, 3, 0 of six: the first two as they are, then backwards, 0 last, as the capture has them. */
const accountLines = (accounts: readonly PhoneAccount[]): string[] => {
  const rest = accounts.slice(1);
  const unordered = [...rest.slice(0, 2), ...rest.slice(2).reverse(), ...accounts.slice(0, 1)];
  return unordered.map((account) => `Account${account.index - 1}=${accountFields(account)}`);
};

const accountFields = (account: PhoneAccount): string => {
  if (!account.enabled) return 'Disabled|||Disable|Off|';
  const { label, number, displayName } = account;
  return ['Enabled', label, number, displayName, 'Off', accountUri(account), ''].join('|');
};
