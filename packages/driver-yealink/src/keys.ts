import { failed, invalidArgument, listKeys, type Outcome, type PhoneKey, parsePhoneKey } from '@hookswitch/core';
import type { Traits } from './traits.ts';

/** A key of the vendor's Action URI table, and the vendor-neutral key that it is; null: only under its own name. */
interface KeyRow {
  readonly name: string;
  readonly key: PhoneKey | null;
}

/**
 * Named keys that only press something: administrator guide V80, with the additions of the later guides (`CANCEL`,
 * `HOLD`). Numbered keys (`L1`, `F1`, `D1`) are made by {@link toVendorKey}.
 */
export const PRESSABLE_KEYS: readonly KeyRow[] = [
  { name: 'OK', key: 'OK' },
  { name: 'ENTER', key: null },
  { name: 'SPEAKER', key: 'SPEAKER' },
  { name: 'F_TRANSFER', key: 'TRANSFER' },
  { name: 'VOLUME_UP', key: 'VOLUME_UP' },
  { name: 'VOLUME_DOWN', key: 'VOLUME_DOWN' },
  { name: 'MUTE', key: 'MUTE' },
  { name: 'F_HOLD', key: 'HOLD' },
  { name: 'HOLD', key: null },
  { name: 'F_CONFERENCE', key: 'CONFERENCE' },
  { name: 'X', key: null },
  { name: 'CANCEL', key: null },
  { name: 'POUND', key: '#' },
  { name: '*', key: '*' },
  ...[...'0123456789'].map((digit) => ({ name: digit, key: digit })),
  { name: 'MSG', key: 'MESSAGE' },
  { name: 'HEADSET', key: 'HEADSET' },
  { name: 'RD', key: 'REDIAL' },
  { name: 'UP', key: 'UP' },
  { name: 'DOWN', key: 'DOWN' },
  { name: 'LEFT', key: 'LEFT' },
  { name: 'RIGHT', key: 'RIGHT' },
  { name: 'OFFHOOK', key: 'OFF_HOOK' },
  { name: 'ONHOOK', key: 'ON_HOOK' },
];

/** Values of the same table that are no keys, each with the command that does its work. */
export const COMMAND_KEYS: ReadonlyMap<string, string> = new Map([
  ['Reset', 'factoryReset'],
  ['Reboot', 'reboot'],
  ['AutoP', 'provision'],
  ['DNDOn', 'setDoNotDisturb'],
  ['DNDOff', 'setDoNotDisturb'],
  ['ANSWER', 'answer'],
  ['ASW', 'answer'],
  ['CALLEND', 'hangUp'],
  ['UNHOLD', 'setHold'],
  ['number', 'dial'],
  ['outgoing_uri', 'dial'],
  ['ATrans', 'transfer'],
  ['BTrans', 'transfer'],
  ['AlwaysFwdOn', 'setForwarding'],
  ['AlwaysFwdOff', 'setForwarding'],
  ['BusyFwdOn', 'setForwarding'],
  ['BusyFwdOff', 'setForwarding'],
  ['NoAnswFwdOn', 'setForwarding'],
  ['NoAnswFwdOff', 'setForwarding'],
  ['CallWaitingOn', 'writeSettings'],
  ['CallWaitingOff', 'writeSettings'],
  ['phonecfg', 'phoneInfo'],
]);

const commandByLowerCase = new Map([...COMMAND_KEYS].map(([name, command]) => [name.toLowerCase(), command]));

/**
 * The command whose work this name does; null: it is a key. Case does not matter, since one client sends `AUTOP`.
 * Whatever stands behind `=` or `:` is not looked at: `ATrans=101`, `ASW:33093`, `HOLD:33093`.
 */
export function commandOfKey(name: string): string | null {
  const bare = name.replace(/^yealink:/i, '');
  const [verb = '', ...rest] = bare.split(/[=:]/);
  if (rest.length > 0 && /^(hold|cancel)$/i.test(verb)) return verb.toLowerCase() === 'hold' ? 'setHold' : 'hangUp';
  return commandByLowerCase.get(verb.toLowerCase()) ?? null;
}

const vendorNameOf: ReadonlyMap<string, string> = new Map(
  PRESSABLE_KEYS.flatMap(({ name, key }) => (key === null ? [] : [[key, name]])),
);

interface NumberedKeys {
  readonly family: string;
  /** `L` for `L1` to `LX`. */
  readonly letter: string;
  /** How many there are on a phone. */
  readonly most: (traits: Traits) => number;
}

/** Numbered keys that can be pressed by the Action URI. Those of expansion modules cannot. */
const NUMBERED: readonly NumberedKeys[] = [
  { family: 'FUNCTION', letter: 'L', most: ({ lineKeys }) => lineKeys },
  { family: 'SOFT', letter: 'F', most: () => 4 },
  { family: 'MEMORY', letter: 'D', most: ({ memoryKeys }) => memoryKeys },
];

function numberedKey(family: string, number: number, traits: Traits): string | Refusal {
  const row = NUMBERED.find((one) => one.family === family);
  if (row === undefined) return { refused: 'the phone takes no presses of expansion module keys by the Action URI' };
  const most = row.most(traits);
  const who = traits.model === null ? 'such a phone' : `a ${traits.model.model}`;
  if (number > most) return { refused: `${who} has ${most === 0 ? 'no' : `only ${most}`} ${family} keys` };
  return `${row.letter}${number}`;
}

interface Refusal {
  readonly refused: string;
}

function nameOf(key: PhoneKey): string | Refusal {
  return vendorNameOf.get(key) ?? { refused: 'the Action URI has no such key' };
}

function translate(key: PhoneKey, traits: Traits): string | Refusal {
  const parsed = parsePhoneKey(key);
  if (parsed === null) return { refused: 'there is no such key' };
  switch (parsed.kind) {
    case 'digit':
      return nameOf(parsed.digit);
    case 'numbered':
      return numberedKey(parsed.family, parsed.number, traits);
    case 'named': {
      if (parsed.name === 'CANCEL') return traits.rejectKey;
      if (parsed.name === 'DND') return { refused: 'there is no DND key in the Action URI: use setDoNotDisturb' };
      return nameOf(parsed.name);
    }
    case 'vendor': {
      if (parsed.vendor !== 'yealink') return { refused: 'that is a key of another vendor' };
      const command = commandOfKey(parsed.name);
      return command === null ? parsed.name : { refused: `that is no key: use ${command}` };
    }
  }
}

/** Why a numbered key by the vendor's own name, such as `yealink:L30`, is none of this phone; null: it is, or has no number. */
function beyondRange(name: string, traits: Traits): string | null {
  const [, letter, number] = /^([A-Z])(\d+)$/.exec(name) ?? [];
  const most = NUMBERED.find((one) => one.letter === letter)?.most(traits);
  if (most === undefined || (Number(number) > 0 && Number(number) <= most)) return null;
  return most === 0
    ? `the phone has no ${letter} keys`
    : `the phone's ${letter} keys are ${letter}1 to ${letter}${most}`;
}

/**
 * What the phone calls this key in `key=`, unencoded.
 * @param argument the path that a refusal names, e.g. `keys.0.key`
 */
export function toVendorKey(
  key: PhoneKey,
  traits: Traits,
  argument: string,
): { readonly name: string } | { readonly refusal: Outcome<never> } {
  const result = translate(key, traits);
  const reason =
    typeof result !== 'string'
      ? result.refused
      : traits.model?.lacksKeys.includes(result)
        ? `a ${traits.model.model} has no ${result} key`
        : beyondRange(result, traits);
  if (typeof result === 'string' && reason === null) return { name: result };
  return { refusal: failed(invalidArgument(argument, `${key} cannot be pressed: ${reason}.`)) };
}

/**
 * The keys that this phone has of its own, by the Action URI's table. How many line or memory keys a model has that is not
 * in the table of models, nobody knows.
 */
export function ownKeys(traits: Traits): readonly PhoneKey[] {
  const known: Traits = {
    ...traits,
    lineKeys: traits.options.lineKeys ?? traits.model?.functionKeys ?? 0,
    memoryKeys: traits.model?.memoryKeys ?? 0,
  };
  return listKeys((key) => 'name' in toVendorKey(key, known, 'keys'));
}
