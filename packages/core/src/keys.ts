/**
 * A key in one vendor-neutral vocabulary, as the schema's `PhoneKey` describes it:
 * `0`…`9` `*` `#`, named keys such as `OK`, numbered ones such as `FUNCTION_3`, and the vendor's own
 * (`snom:F_SETTINGS`).
 */
export type PhoneKey = string;

/** Keys that every vendor may have under one name. */
export const NAMED_KEYS = [
  'OK',
  'CANCEL',
  'UP',
  'DOWN',
  'LEFT',
  'RIGHT',
  'MENU',
  'OFF_HOOK',
  'ON_HOOK',
  'SPEAKER',
  'HEADSET',
  'HOLD',
  'TRANSFER',
  'CONFERENCE',
  'MUTE',
  'REDIAL',
  'DND',
  'RECORD',
  'MESSAGE',
  'DIRECTORY',
  'VOLUME_UP',
  'VOLUME_DOWN',
] as const;
/** One of {@link NAMED_KEYS}. */
export type NamedKey = (typeof NAMED_KEYS)[number];

/** Families of keys that are counted from 1. */
export const NUMBERED_KEYS = ['SOFT', 'FUNCTION', 'MEMORY', 'EXPANSION'] as const;
/** One of {@link NUMBERED_KEYS}. */
export type NumberedKey = (typeof NUMBERED_KEYS)[number];

/** A key taken apart. */
export type ParsedKey =
  | { readonly kind: 'digit'; readonly digit: string }
  | { readonly kind: 'named'; readonly name: NamedKey }
  /** `number` counts from 1. */
  | { readonly kind: 'numbered'; readonly family: NumberedKey; readonly number: number }
  | { readonly kind: 'vendor'; readonly vendor: string; readonly name: string };

const named: ReadonlySet<string> = new Set(NAMED_KEYS);
const numbered = new RegExp(`^(${NUMBERED_KEYS.join('|')})_([1-9][0-9]{0,3})$`);
// `;` `,` `=` and `&` separate keys and parameters on the wire: with them a key could smuggle in another command.
const vendorKey = /^([a-z][a-z0-9-]*):([A-Za-z0-9_*#+.-]{1,64})$/;

/**
 * Takes a key apart.
 * @returns null where the text names no key.
 */
export function parsePhoneKey(key: string): ParsedKey | null {
  if (/^[0-9*#]$/.test(key)) return { kind: 'digit', digit: key };
  if (named.has(key)) return { kind: 'named', name: key as NamedKey };
  const [, family, number] = numbered.exec(key) ?? [];
  if (family !== undefined) return { kind: 'numbered', family: family as NumberedKey, number: Number(number) };
  const [, vendor, name] = vendorKey.exec(key) ?? [];
  if (vendor !== undefined && name !== undefined) return { kind: 'vendor', vendor, name };
  return null;
}
