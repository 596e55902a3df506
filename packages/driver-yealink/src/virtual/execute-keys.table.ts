import type { KeyFunction } from './keys.table.ts';
import { SOFT_KEY_NUMBERS, type SoftKeyNumber } from './soft-keys.table.ts';

/** A key that `Key:` presses. */
export type ExecuteKey =
  | { readonly kind: 'press'; readonly key: KeyFunction }
  | { readonly kind: 'line'; readonly number: number }
  | { readonly kind: 'soft'; readonly number: SoftKeyNumber }
  | { readonly kind: 'digit'; readonly digit: string };

/**
 * Names after `Key:` in an Execute object. Clients in the field use `Headset` (answers), `Goodbye` (hangs up) and
 * `LINE1`; the vendor's list is not public, the rest are the names that phones of that family share.
 */
const KEYS: Readonly<Record<string, KeyFunction>> = {
  Headset: 'headset',
  Goodbye: 'callEnd',
  Speaker: 'speaker',
  Mute: 'mute',
  Hold: 'hold',
  Redial: 'redial',
  Xfer: 'transfer',
  Conf: 'conference',
  Msg: 'message',
  VolUp: 'volumeUp',
  VolDwn: 'volumeDown',
};

/** Finds the key that `Key:<name>` presses, or `undefined`. */
export const executeKey = (name: string): ExecuteKey | undefined => {
  const line = /^LINE([1-9]\d?)$/i.exec(name)?.[1];
  if (line) return { kind: 'line', number: Number(line) };
  const soft = SOFT_KEY_NUMBERS.find((number) => name.toLowerCase() === `softkey${number}`);
  if (soft !== undefined) return { kind: 'soft', number: soft };
  const digit = /^KeyPad([0-9*#])$/i.exec(name)?.[1];
  if (digit) return { kind: 'digit', digit };
  const key = KEYS[name];
  return key && { kind: 'press', key };
};
