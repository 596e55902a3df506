import { listKeys, type NamedKey, type ParsedKey, type PhoneKey, parsePhoneKey } from '@hookswitch/core';
import { hasHoldKey, isAtLeast } from './firmware.ts';
import {
  COMMAND_WORDS,
  DOCUMENTED_KEYS,
  HOLD_KEYS,
  LEGACY_KEY_EVENTS,
  LEGACY_KEYS,
  NAMED_KEY_EVENTS,
} from './key-names.table.ts';
import { MAX_EXPANSION_KEYS, MAX_FKEY_INDEX } from './models.ts';
import type { SnomPhone } from './phone.ts';

/** A key as the phone calls it, or why this phone has no such key. */
export type WireKey = { readonly wire: string } | { readonly refused: string };

/** The phone's own name of a key, checked against its model and firmware. */
export function wireKeyOf(key: PhoneKey, phone: SnomPhone): WireKey {
  const parsed = parsePhoneKey(key);
  if (parsed === null) return { refused: `${key} names no key.` };
  switch (parsed.kind) {
    case 'digit':
      return { wire: parsed.digit };
    case 'named':
      return namedKey(parsed.name, phone);
    case 'numbered':
      return numberedKey(parsed, phone);
    case 'vendor':
      return parsed.vendor === 'snom'
        ? ownKey(parsed.name, phone)
        : { refused: `${key} is a key of another vendor's phones.` };
  }
}

/** The keys that this phone has of its own. How many function keys a model has that is not in the table, nobody knows. */
export function ownKeys(phone: SnomPhone): readonly PhoneKey[] {
  return listKeys((key) => {
    const parsed = parsePhoneKey(key);
    if (parsed?.kind === 'numbered' && parsed.family === 'EXPANSION') return false;
    if (parsed?.kind === 'numbered' && parsed.family === 'FUNCTION' && phone.model.functionKeys === null) return false;
    return 'wire' in wireKeyOf(key, phone);
  });
}

/** The common name of one of the phone's own keys, as reported in events; null: no name could be a key. */
export function phoneKeyOf(wire: string): PhoneKey | null {
  if (/^[0-9*#]$/.test(wire)) return wire;
  const [, family = '', digits = ''] = /^(F|P|EK)(\d{1,3})$/i.exec(wire) ?? [];
  const number = Number(digits);
  if (family.toUpperCase() === 'EK') return `EXPANSION_${number + 1}`;
  if (family !== '' && number > 0) return `${family.toUpperCase() === 'P' ? 'FUNCTION' : 'SOFT'}_${number}`;
  const name = wire.toUpperCase();
  if (name === 'F_HOLD' || name === 'F_R') return 'HOLD';
  const known = Object.entries(NAMED_KEY_EVENTS).find(([, event]) => event === name)?.[0];
  if (known !== undefined) return known;
  const own = `snom:${wire}`;
  return parsePhoneKey(own) === null ? null : own;
}

/** The HOLD key of this phone. */
export function holdKey(phone: SnomPhone): string {
  if (phone.model.family === 'LEGACY') return 'RECALL';
  return hasHoldKey(phone.firmware) ? 'F_HOLD' : 'F_R';
}

/** The key that ends or rejects the call in focus. */
export function cancelKey(phone: SnomPhone): string {
  return phone.model.family === 'LEGACY' ? 'DISCONNECT' : 'CANCEL';
}

/**
 * The key event that makes a conference. No page of Snom's names one for `command.htm`: `F_CONF_ON` is in the settings
 * of a snom720 (8.7.3.17), `F_CONFERENCE` in templates for firmware 10 and in two older ones: hence the option.
 */
export function conferenceKey(phone: SnomPhone): string {
  const { conferenceKey: chosen } = phone.options;
  if (chosen !== 'auto') return chosen;
  return phone.firmware !== null && !isAtLeast(phone.firmware, '10') ? 'F_CONF_ON' : 'F_CONFERENCE';
}

/** See `Driver.isCommandKey`. Phones take names in any case, so this does too. */
export function isCommandKey(name: string): boolean {
  const plain = name.replace(/^snom:/i, '').toUpperCase();
  return COMMAND_WORDS.some((word) => plain.includes(word));
}

/** Index, from 0, of the `fkey` setting of a programmable key; or why there is none. */
export function fkeyIndexOf(
  key: PhoneKey,
  phone: SnomPhone,
): { readonly index: number } | { readonly refused: string } {
  const parsed = parsePhoneKey(key);
  const own =
    parsed?.kind === 'vendor' && parsed.vendor === 'snom' ? parsePhoneKey(String(phoneKeyOf(parsed.name))) : parsed;
  if (own?.kind !== 'numbered' || (own.family !== 'FUNCTION' && own.family !== 'EXPANSION')) {
    return { refused: `${key} is not programmable: give a FUNCTION or EXPANSION key.` };
  }
  const { functionKeys, expansionStart = functionKeys } = phone.model;
  if (own.family === 'FUNCTION') {
    if (own.number > (functionKeys ?? MAX_FKEY_INDEX + 1)) return { refused: tooMany('FUNCTION', functionKeys, phone) };
    return { index: own.number - 1 };
  }
  if (expansionStart === null) {
    return { refused: 'Where expansion keys begin on this model is not known: set the option functionKeys.' };
  }
  const index = expansionStart + own.number - 1;
  const beyond = phone.model.expansionStart === undefined && index > MAX_FKEY_INDEX;
  if (own.number > MAX_EXPANSION_KEYS || beyond) {
    return { refused: tooMany('EXPANSION', MAX_EXPANSION_KEYS, phone) };
  }
  return { index };
}

function namedKey(name: NamedKey, phone: SnomPhone): WireKey {
  const legacy = phone.model.family === 'LEGACY';
  if (name === 'HOLD') return { wire: holdKey(phone) };
  if (name === 'CONFERENCE') return legacy ? absent(name, phone) : { wire: conferenceKey(phone) };
  if (legacy && (name === 'MUTE' || name === 'MESSAGE' || name === 'DIRECTORY')) return absent(name, phone);
  return { wire: (legacy ? LEGACY_KEY_EVENTS[name] : undefined) ?? NAMED_KEY_EVENTS[name] };
}

function numberedKey(key: Extract<ParsedKey, { readonly kind: 'numbered' }>, phone: SnomPhone): WireKey {
  const { functionKeys, softKeys, expansionKeys } = phone.model;
  switch (key.family) {
    case 'SOFT':
      return key.number <= softKeys ? { wire: `F${key.number}` } : { refused: tooMany('SOFT', softKeys, phone) };
    case 'FUNCTION':
      return key.number <= (functionKeys ?? MAX_FKEY_INDEX + 1)
        ? { wire: `P${key.number}` }
        : { refused: tooMany('FUNCTION', functionKeys, phone) };
    case 'EXPANSION':
      return key.number <= (expansionKeys ?? MAX_EXPANSION_KEYS)
        ? { wire: `EK${key.number - 1}` }
        : { refused: tooMany('EXPANSION', expansionKeys ?? MAX_EXPANSION_KEYS, phone) };
    case 'MEMORY':
      return { refused: 'Snom phones have no memory keys beside their function keys.' };
  }
}

/** A key by Snom's own name, verbatim: `snom:REC`, `snom:P3`, `snom:EK0`, `snom:F_SETTINGS`. */
function ownKey(name: string, phone: SnomPhone): WireKey {
  const numbered = /^(F|P|EK)\d{1,3}$/.test(name) ? phoneKeyOf(name) : null;
  if (numbered !== null && !numbered.startsWith('snom:')) return wireKeyOf(numbered, phone);
  if (isCommandKey(name)) return { refused: `snom:${name} does what a command of its own does: give that command.` };
  const legacy = phone.model.family === 'LEGACY';
  if (isOneOf(HOLD_KEYS, name)) {
    const right = holdKey(phone);
    if (phone.firmware === null || name === right) return { wire: name };
    return { refused: `On this phone the HOLD key is ${right}, not ${name}: give HOLD and the driver chooses.` };
  }
  if (isOneOf(LEGACY_KEYS, name)) return legacy ? { wire: name } : absent(`snom:${name}`, phone);
  if (name === 'MUTE' && legacy) return absent('snom:MUTE', phone);
  // Snom's own list of key events, F_…, is not public: any well-formed name may be one, and a phone that does not know it does nothing.
  if (isOneOf(DOCUMENTED_KEYS, name) || /^F_[A-Z0-9_]+$/.test(name)) return { wire: name };
  return { refused: `snom:${name} is no key of Snom phones; names are in capitals, as Snom writes them.` };
}

function isOneOf(names: readonly string[], name: string): boolean {
  return names.includes(name);
}

function absent(name: string, { model }: SnomPhone): WireKey {
  return { refused: `${model.model === '' ? 'This phone' : `The ${model.model}`} has no key ${name}.` };
}

function tooMany(family: string, most: number | null, { model }: SnomPhone): string {
  const who = model.model === '' ? 'This phone' : `The ${model.model}`;
  if (most === 0) return `${who} has no ${family} keys.`;
  return `${who} has ${family}_1 to ${family}_${most ?? MAX_FKEY_INDEX + 1}. If it has more, set the option for their number.`;
}
