import { parsePhoneKey } from '@hookswitch/core';
import type { Instant } from '../model.ts';
import { parseMacAddress } from '../phones/mac-address.ts';
import { builder } from './builder.ts';

// RFC 3339, 5.6: a full date and time with an offset; a leap second is no instant that a Date can hold.
const rfc3339 =
  /^\d{4}-\d{2}-(\d{2})[Tt]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:[Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/**
 * Reads an instant with any offset.
 * @returns null where the text is none.
 */
export function parseInstant(text: string): Instant | null {
  const day = rfc3339.exec(text)?.[1];
  if (day === undefined) return null;
  const instant = Date.parse(text.toUpperCase());
  // Date.parse takes 30 February for 1 March.
  const daysInMonth = new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 0)).getUTCDate();
  return Number.isNaN(instant) || Number(day) > daysInMonth ? null : instant;
}

function textOf(value: unknown, scalar: string): string {
  if (typeof value !== 'string') throw new TypeError(`${scalar} is given as a string.`);
  return value;
}

builder.scalarType('DateTime', {
  description: 'An instant: RFC 3339, UTC, with milliseconds.',
  serialize: (instant) => new Date(instant).toISOString(),
  parseValue: (value) => {
    const instant = parseInstant(textOf(value, 'DateTime'));
    if (instant === null)
      throw new TypeError('Not an RFC 3339 date and time with an offset, e.g. 2026-01-31T12:00:00.000Z.');
    return instant;
  },
});

builder.scalarType('MacAddress', {
  description: 'A MAC address; any common notation goes in, `00:04:13:aa:bb:cc` comes out.',
  serialize: (mac) => mac,
  parseValue: (value) => {
    const mac = parseMacAddress(textOf(value, 'MacAddress'));
    if (mac === null) throw new TypeError('Not a MAC address, e.g. 00:04:13:aa:bb:cc.');
    return mac;
  },
});

builder.scalarType('PhoneKey', {
  description: [
    'A key, in one vendor-neutral vocabulary:',
    '`0`…`9` `*` `#` · `OK` `CANCEL` `UP` `DOWN` `LEFT` `RIGHT` `MENU` · `OFF_HOOK` `ON_HOOK` `SPEAKER` `HEADSET`',
    '`HOLD` `TRANSFER` `CONFERENCE` `MUTE` `REDIAL` `DND` `RECORD` `MESSAGE` `DIRECTORY` `VOLUME_UP` `VOLUME_DOWN`',
    '`SOFT_1`… (context keys under the display) · `FUNCTION_1`… (programmable or line keys) · `MEMORY_1`… (memory',
    "keys beside line keys) · `EXPANSION_1`… (keys of expansion modules, counted through) · the driver's `vendor` and",
    "the vendor's own name, verbatim: `snom:F_SETTINGS`, `yealink:ENTER`. Refused: a name that is no key but does what",
    "another command does (`yealink:Reset`, `yealink:Reboot`), which would get round that command's policy; a name with",
    '`;` `,` `=` `&`.',
  ].join('\n'),
  serialize: (key) => key,
  parseValue: (value) => {
    const key = textOf(value, 'PhoneKey');
    if (parsePhoneKey(key) === null) throw new TypeError('Not a key, e.g. 5, OK, FUNCTION_1 or snom:F_SETTINGS.');
    return key;
  },
});

builder.scalarType('JSON', {
  description: 'A JSON object.',
  serialize: (value) => value,
  parseValue: (value) => {
    if (!isObject(value)) throw new TypeError('JSON is given as an object.');
    return value;
  },
});

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
