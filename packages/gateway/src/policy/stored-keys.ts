import { parsePhoneKey } from '@hookswitch/core';

/**
 * What of a phone's memory a key may dial. `LAST`: the number that was dialled last. `KEY`: what was put on that key.
 * `ANYTHING`: nobody knows. `NOTHING`: it dials what was typed, if anything.
 */
export type StoredKind = 'LAST' | 'KEY' | 'ANYTHING' | 'NOTHING';

/** Keys that dial nothing by themselves. OK alone repeats the last call on some phones: see judge-keys.ts. */
const HARMLESS: ReadonlySet<string> = new Set([
  'OK',
  'CANCEL',
  'OFF_HOOK',
  'ON_HOOK',
  'SPEAKER',
  'HEADSET',
  'HOLD',
  'TRANSFER',
  'CONFERENCE',
  'MUTE',
  'DND',
  'RECORD',
  'VOLUME_UP',
  'VOLUME_DOWN',
]);

/** Vendors' names of the key REDIAL: Snom's keys and key events, Yealink's Action URI. */
const REDIAL_NAMES: ReadonlySet<string> = new Set(['REDIAL', 'F_REDIAL', 'RD']);
const VENDOR_DIGIT = /^(?:[0-9*#]|POUND|HASH|STAR)$/i;
/** Snom's P1 is the first function key, as is Yealink's L1; Yealink's D1 is the first memory key. */
const VENDOR_FAMILIES: Readonly<Record<string, string>> = {
  'snom:P': 'FUNCTION',
  'yealink:L': 'FUNCTION',
  'yealink:D': 'MEMORY',
};

/** What a key may dial, and the key's common name. */
export function storedBehind(given: string): { readonly kind: StoredKind; readonly key: string } {
  const parsed = parsePhoneKey(given);
  if (parsed === null) return { kind: 'ANYTHING', key: given };
  if (parsed.kind === 'digit') return { kind: 'NOTHING', key: given };
  if (parsed.kind === 'numbered') return { kind: parsed.family === 'SOFT' ? 'ANYTHING' : 'KEY', key: given };
  if (parsed.kind === 'named') {
    if (parsed.name === 'REDIAL') return { kind: 'LAST', key: given };
    return { kind: HARMLESS.has(parsed.name) ? 'NOTHING' : 'ANYTHING', key: given };
  }
  if (VENDOR_DIGIT.test(parsed.name)) return { kind: 'NOTHING', key: given };
  if (REDIAL_NAMES.has(parsed.name.toUpperCase())) return { kind: 'LAST', key: 'REDIAL' };
  const [, letter = '', number = ''] = /^([A-Za-z])([1-9]\d{0,3})$/.exec(parsed.name) ?? [];
  const family = VENDOR_FAMILIES[`${parsed.vendor}:${letter.toUpperCase()}`];
  return family === undefined ? { kind: 'ANYTHING', key: given } : { kind: 'KEY', key: `${family}_${number}` };
}
