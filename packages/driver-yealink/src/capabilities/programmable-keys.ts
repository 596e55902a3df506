import { type Commands, type DriverContext, type KeyFunction, type Outcome, parsePhoneKey } from '@hookswitch/core';
import type { Traits } from '../traits.ts';
import type { ConfigurationItem } from '../wire/xml-objects.ts';
import { refuse, type Taken, takeSettingValue } from './arguments.ts';
import { pushConfiguration } from './push.ts';
import type { DocumentWay } from './way.ts';

/**
 * `linekey.X.type` by function (tancredi's and wazo's templates). A BUTTON is an XML browser key: at each press the
 * phone fetches its value, a URL; without one it is there for its light.
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

const NEEDS_VALUE: ReadonlySet<KeyFunction> = new Set(['DTMF', 'SPEED_DIAL', 'BLF', 'URL']);

/** What a value must look like, where not every text makes sense. */
const VALUES: Readonly<Partial<Record<KeyFunction, readonly [pattern: RegExp, demand: string]>>> = {
  DTMF: [/^[0-9A-D*#,]+$/i, 'A DTMF key sends 0 to 9, A to D, * and #.'],
  URL: [/^https?:\/\//i, 'The phone fetches http and https URLs only.'],
  BUTTON: [/^https?:\/\//i, 'The phone fetches http and https URLs only.'],
};

/** The value to write; undefined: none, what stands there stays. A BUTTON without a URL must not fetch an older value. */
function takeValue(kind: KeyFunction, value: string | undefined): Taken<string | undefined> {
  if (value === undefined || value === '') {
    if (NEEDS_VALUE.has(kind)) return refuse('value', `A key of function ${kind} needs a value.`);
    return { value: kind === 'BUTTON' ? '' : value };
  }
  const [pattern, demand] = VALUES[kind] ?? [];
  if (pattern !== undefined && demand !== undefined && !pattern.test(value)) return refuse('value', demand);
  return takeSettingValue(value, 'value');
}

/**
 * The prefix of a key's settings: `linekey.3`, `programablekey.2` (the vendor's spelling), `memorykey.1` (wazo's template
 * of V70), `expansion_module.1.key.5`.
 */
function takePrefix(key: string, traits: Traits): Taken<string> {
  const parsed = parsePhoneKey(key);
  if (parsed?.kind !== 'numbered') {
    return refuse('key', 'Only FUNCTION_, SOFT_, MEMORY_ and EXPANSION_ keys can be configured.');
  }
  const { family, number } = parsed;
  if (family === 'FUNCTION') {
    if (number > traits.lineKeys) return refuse('key', `The phone has ${traits.lineKeys} line keys.`);
    return { value: `linekey.${number}` };
  }
  if (family === 'SOFT') {
    if (number > 4) return refuse('key', 'The phone has 4 soft keys.');
    return { value: `programablekey.${number}` };
  }
  if (family === 'MEMORY') {
    if (number > traits.memoryKeys) return refuse('key', `The phone has ${traits.memoryKeys} memory keys.`);
    return { value: `memorykey.${number}` };
  }
  const each = traits.expansionKeys;
  if (each === null) return refuse('key', 'Not known how many keys a module has: set the option expansionKeys.');
  return { value: `expansion_module.${Math.ceil(number / each)}.key.${((number - 1) % each) + 1}` };
}

/** Gives a key its function by its settings, pushed as XML. */
export async function configureKey(
  way: DocumentWay,
  command: Commands['configureKey'],
  context: DriverContext,
): Promise<Outcome> {
  const prefix = takePrefix(command.key, way.traits);
  if ('refusal' in prefix) return prefix.refusal;
  const value = takeValue(command.function, command.value);
  if ('refusal' in value) return value.refusal;
  const label = command.label === undefined ? { value: undefined } : takeSettingValue(command.label, 'label');
  if ('refusal' in label) return label.refusal;
  const accounts = way.traits.model?.accounts ?? 16;
  if (command.account !== undefined && (command.account < 1 || command.account > accounts)) {
    return refuse('account', `The phone has ${accounts} accounts, counted from 1.`).refusal;
  }
  if (command.function === 'LINE' && command.account === undefined) {
    return refuse('account', 'A line key needs its account.').refusal;
  }
  const items: ConfigurationItem[] = [{ name: `${prefix.value}.type`, value: String(KEY_TYPES[command.function]) }];
  if (command.account !== undefined) items.push({ name: `${prefix.value}.line`, value: String(command.account) });
  if (value.value !== undefined) items.push({ name: `${prefix.value}.value`, value: value.value });
  if (label.value !== undefined) items.push({ name: `${prefix.value}.label`, value: label.value });
  return pushConfiguration(way, items, context);
}
