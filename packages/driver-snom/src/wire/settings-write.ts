import type { HttpRequest, SettingValue } from '@hookswitch/core';
import { encodeValue } from './encode.ts';

/** Longest target that is sent at once: nobody documents the phones' limit, so what is longer is cut into several. */
const MAX_TARGET = 1_800;

/**
 * Writes settings, to flash too (`store_settings=save`), in as few requests as fit. A value is percent-encoded once,
 * all of it: phones obey that (client code tried on 320 and 360), whatever it holds.
 */
export function writeSettingsRequests(settings: readonly SettingValue[]): readonly HttpRequest[] {
  const start = '/dummy.htm?settings=save';
  const end = '&store_settings=save';
  const requests: string[] = [];
  let current = '';
  for (const { name, value } of settings) {
    const pair = `&${encodeValue(name, '[]')}=${encodeValue(value)}`;
    if (current !== '' && start.length + current.length + pair.length + end.length > MAX_TARGET) {
      requests.push(current);
      current = '';
    }
    current += pair;
  }
  if (current !== '') requests.push(current);
  return requests.map((pairs) => ({ method: 'GET', target: `${start}${pairs}${end}` }));
}

/** What a function key becomes; `index` counts from 0. */
export interface FunctionKeySetting {
  readonly index: number;
  /** Type and value as in the setting `fkey`: `button 3`, `speed 123`. */
  readonly content: string;
  readonly label?: string | undefined;
  readonly shortLabel?: string | undefined;
  /** The identity that it uses, from 1. */
  readonly account?: number | undefined;
}

/** Writes a function key: `fkey{i}`, `fkey_label{i}`, `fkey_short_label{i}`, `fkey_context{i}`. */
export function functionKeyRequest({ index, content, label, shortLabel, account }: FunctionKeySetting): HttpRequest {
  const settings: readonly (readonly [name: string, value: string | undefined])[] = [
    [`fkey${index}`, content],
    [`fkey_label${index}`, label],
    [`fkey_short_label${index}`, shortLabel],
    [`fkey_context${index}`, account?.toString()],
  ];
  const pairs = settings.flatMap(([name, value]) => (value === undefined ? [] : [`&${name}=${encodeValue(value)}`]));
  return { method: 'GET', target: `/dummy.htm?settings=save&store_settings=save${pairs.join('')}` };
}
