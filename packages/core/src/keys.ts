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

/** The keys of the pad, in its order. */
export const PAD_KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;

/** More numbered keys than any phone has: a driver that takes every number ends here. */
const MOST_NUMBERED = 1_000;

/**
 * The common keys that `has` says a phone has: pad, named keys, then numbered families, each from 1 until the first that
 * is missing. A vendor's own keys are not among them.
 */
export function listKeys(has: (key: PhoneKey) => boolean): readonly PhoneKey[] {
  const counted = NUMBERED_KEYS.flatMap((family) => {
    const keys = Array.from({ length: MOST_NUMBERED }, (_, index) => `${family}_${index + 1}`);
    const missing = keys.findIndex((key) => !has(key));
    return missing === -1 ? keys : keys.slice(0, missing);
  });
  return [...[...PAD_KEYS, ...NAMED_KEYS].filter((key) => has(key)), ...counted];
}
