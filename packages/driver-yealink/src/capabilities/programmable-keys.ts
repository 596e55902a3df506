import { type Commands, type DriverContext, type KeyFunction, type Outcome, parsePhoneKey } from '@hookswitch/core';
import type { Traits } from '../traits.ts';
import type { ConfigurationItem } from '../wire/xml-objects.ts';
import { refuse, type Taken, takeSettingValue } from './arguments.ts';
import { pushConfiguration } from './push.ts';

/**
 * `linekey.X.type` by function (tancredi's and wazo's templates). A BUTTON is an XML browser key: at each press the
 * phone fetches its value, a URL.
 */
export const KEY_TYPES: Readonly<Record<KeyFunction, number>> = {
  NONE: 0,
  DTMF: 11,
  SPEED_DIAL: 13,
  LINE: 15,
  BLF: 16,
  URL: 17,
  BUTTON: 27,
};

const NEEDS_VALUE: ReadonlySet<KeyFunction> = new Set(['DTMF', 'SPEED_DIAL', 'BLF', 'URL', 'BUTTON']);

/** The prefix of a key's settings: `linekey.3`, `programablekey.2` (the vendor's spelling), `expansion_module.1.key.5`. */
function takePrefix(key: string, traits: Traits): Taken<string> {
  const parsed = parsePhoneKey(key);
  if (parsed?.kind !== 'numbered') return refuse('key', 'Only FUNCTION_, SOFT_ and EXPANSION_ keys can be configured.');
  const { family, number } = parsed;
  if (family === 'FUNCTION') {
    if (number > traits.lineKeys) return refuse('key', `The phone has ${traits.lineKeys} line keys.`);
    return { value: `linekey.${number}` };
  }
  if (family === 'SOFT') {
    if (number > 4) return refuse('key', 'The phone has 4 soft keys.');
    return { value: `programablekey.${number}` };
  }
  if (family === 'EXPANSION') {
    const each = traits.expansionKeys;
    if (each === null) return refuse('key', 'Not known how many keys a module has: set the option expansionKeys.');
    return { value: `expansion_module.${Math.ceil(number / each)}.key.${((number - 1) % each) + 1}` };
  }
  return refuse('key', 'Memory keys cannot be configured.');
}

/** Gives a key its function by its settings, pushed as XML. */
export async function configureKey(
  traits: Traits,
  command: Commands['configureKey'],
  context: DriverContext,
): Promise<Outcome> {
  const prefix = takePrefix(command.key, traits);
  if ('refusal' in prefix) return prefix.refusal;
  if (NEEDS_VALUE.has(command.function) && (command.value ?? '') === '') {
    return refuse('value', `A key of function ${command.function} needs a value.`).refusal;
  }
  const accounts = traits.model?.accounts ?? 16;
  if (command.account !== undefined && (command.account < 1 || command.account > accounts)) {
    return refuse('account', `The phone has ${accounts} accounts, counted from 1.`).refusal;
  }
  if (command.function === 'LINE' && command.account === undefined) {
    return refuse('account', 'A line key needs its account.').refusal;
  }
  const items: ConfigurationItem[] = [{ name: `${prefix.value}.type`, value: String(KEY_TYPES[command.function]) }];
  if (command.account !== undefined) items.push({ name: `${prefix.value}.line`, value: String(command.account) });
  for (const [name, value] of [
    ['value', command.value],
    ['label', command.label],
  ] as const) {
    if (value === undefined) continue;
    const taken = takeSettingValue(value, name);
    if ('refusal' in taken) return taken.refusal;
    items.push({ name: `${prefix.value}.${name}`, value: taken.value });
  }
  return pushConfiguration(traits, items, context);
}
