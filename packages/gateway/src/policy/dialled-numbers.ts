import type { CommandName, KeyPress } from '@hookswitch/core';
import { DIALLED_SETTINGS, KEY_TYPE_NAME, SILENT_KEY_TYPES } from './dialled-settings.table.ts';
import { dialledIn, type InText } from './numbers-in-text.ts';
import { dialledInXml } from './numbers-in-xml.ts';

/** A number in a command. */
export interface DialledNumber {
  readonly text: string;
  /** `NOW`: the command begins a call with it. `LATER`: the phone keeps it, for a key, a forwarding, a menu. `TONES`: DTMF. */
  readonly use: 'NOW' | 'LATER' | 'TONES';
}

/** All that a command may make a phone dial. */
export interface DialledBy {
  readonly numbers: readonly DialledNumber[];
  /** Keys, in the order in which they are pressed, or could be. */
  readonly keys: readonly KeyPress[];
}

type Arguments = Readonly<Record<string, unknown>>;

const NOTHING: DialledBy = { numbers: [], keys: [] };

/**
 * The numbers and keys in a command's arguments, as they were given or as a driver takes them.
 * @throws an Error where XML in them cannot be read
 */
export function dialledBy(name: CommandName, given: Arguments): DialledBy {
  return READERS[name]?.(given) ?? NOTHING;
}

const READERS: Partial<Record<CommandName, (given: Arguments) => DialledBy>> = {
  dial: ({ to }) => numbers('NOW', to),
  deflect: ({ to }) => numbers('NOW', to),
  transfer: ({ to }) => numbers('NOW', to),
  // The target of one that is switched off stays in the phone, for whoever switches it on.
  setForwarding: ({ target }) => numbers('LATER', target),
  sendDtmf: ({ digits }) => numbers('TONES', digits),
  setLed: ({ onPress }) =>
    isObject(onPress) && onPress['kind'] === 'DIAL' ? numbers('LATER', onPress['target']) : NOTHING,
  configureKey({ function: kind, value }) {
    if (kind === 'SPEED_DIAL' || kind === 'BLF') return numbers('LATER', value);
    if (kind === 'DTMF') return numbers('TONES', value);
    return typeof value === 'string' ? inText(dialledIn(value)) : NOTHING;
  },
  pushXml: ({ document }) => inText(dialledInXml(String(document))),
  pressKeys: ({ keys }) => ({ numbers: [], keys: Array.isArray(keys) ? keys.filter(isKeyPress) : [] }),
  writeSettings({ settings }) {
    const all = Array.isArray(settings) ? settings.filter(isObject) : [];
    const found = all.map(({ name, value }) => ofSetting(String(name), String(value)));
    const names = new Set(all.map(({ name }) => String(name).toLowerCase()));
    const stored = all.some(({ name, value }) => dialsStoredValue(String(name), String(value), names));
    return {
      numbers: [...found.flatMap((one) => one.numbers), ...(stored ? [NOBODY_KNOWS] : [])],
      keys: found.flatMap((one) => one.keys),
    };
  },
};

/** Digits that are long enough to be a number that costs something. */
const RUN = /[+*#]?\d[\d ().\-/*#]+\d|\d{3,}/g;

/** A number that stands in the phone and not in the command: it is unreadable. */
const NOBODY_KNOWS: DialledNumber = { text: '?', use: 'LATER' };

/** Whether a key begins to dial a value that was written at another time, perhaps for tones. */
function dialsStoredValue(name: string, type: string, names: ReadonlySet<string>): boolean {
  const [, key] = KEY_TYPE_NAME.exec(name) ?? [];
  return key !== undefined && !SILENT_KEY_TYPES.has(type.trim()) && !names.has(`${key}.value`.toLowerCase());
}

function ofSetting(name: string, given: string): DialledBy {
  // Digits of other widths are digits to some phones.
  const value = given.normalize('NFKC');
  const found = inText(dialledIn(value));
  if (!DIALLED_SETTINGS.some((pattern) => pattern.test(name))) return found;
  const rest = value.replace(/\b(?:tel|callto|sips?):[^\s"'<>]+/gi, ' ');
  const runs = [...rest.matchAll(RUN)].map(([run]) => run).filter((run) => run.replace(/\D/g, '').length > 2);
  return { ...found, numbers: [...found.numbers, ...runs.map((text) => ({ text, use: 'LATER' as const }))] };
}

function inText(found: readonly InText[]): DialledBy {
  return {
    numbers: found.flatMap((one) => (one.kind === 'number' ? [{ text: one.text, use: 'LATER' as const }] : [])),
    keys: found.flatMap((one) => (one.kind === 'key' ? [{ key: keyOf(one.key) }] : [])),
  };
}

/** A vendor's key as the common vocabulary has it: all that matters here is whether it is a digit, and what it may send. */
function keyOf(name: string): string {
  return /^[0-9*#]$/.test(name) ? name : `vendor:${name.replace(/[^A-Za-z0-9_]/g, '_')}`;
}

function numbers(use: DialledNumber['use'], text: unknown): DialledBy {
  return typeof text === 'string' && text !== '' ? { numbers: [{ text, use }], keys: [] } : NOTHING;
}

function isObject(value: unknown): value is Arguments {
  return typeof value === 'object' && value !== null;
}

function isKeyPress(value: unknown): value is KeyPress {
  return isObject(value) && typeof value['key'] === 'string';
}
