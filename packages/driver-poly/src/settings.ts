import {
  accepted,
  type Commands,
  type DriverContext,
  failed,
  invalidArgument,
  type Outcome,
  type Setting,
} from '@hookswitch/core';
import { SWITCHES } from './notifications.table.ts';
import { isRecord, readReply } from './wire/reply.ts';
import { readSettingsRequest, SETTINGS_AT_ONCE, writeSettingsRequest } from './wire/requests.ts';

const SECRET = /passw|secret|\bpin\b|auth\.pin/i;

/** Each name with what the phone holds. What it does not know is left out: ASSUMED, as public tools read it. */
export function settingsOf(data: unknown, names: readonly string[]): readonly Setting[] {
  if (!isRecord(data)) return [];
  return names.flatMap((name) => {
    const told = Object.hasOwn(data, name) ? data[name] : undefined;
    const value = isRecord(told) ? told['Value'] : undefined;
    if (typeof value !== 'string') return [];
    return [{ name, value: SECRET.test(name) ? null : value, writable: null }];
  });
}

/** Reads settings by their names; there is no list of all. */
export async function settings(
  names: readonly string[] | undefined,
  { http }: DriverContext,
): Promise<Outcome<readonly Setting[]>> {
  if (names === undefined) return failed(invalidArgument('names', 'The phone tells settings by their names only.'));
  const found: Setting[] = [];
  for (const some of portions(names)) {
    const reply = readReply(await http.send(readSettingsRequest(some)));
    if ('refusal' in reply) return reply.refusal;
    found.push(...settingsOf(reply.data, some));
  }
  return accepted(found);
}

/** Writes settings, as many at once as the phone takes. */
export async function write(wanted: Readonly<Record<string, string>>, { http }: DriverContext): Promise<Outcome> {
  for (const some of portions(Object.entries(wanted))) {
    const reply = readReply(await http.send(writeSettingsRequest(Object.fromEntries(some))));
    if ('refusal' in reply) return reply.refusal;
  }
  return accepted(undefined);
}

/** The URL, and the switches without which the phone posts nothing to it. */
export async function configureActionUrls(
  { urls }: Commands['configureActionUrls'],
  context: DriverContext,
): Promise<Outcome<{ readonly unreadable: readonly string[] }>> {
  const outcome = await write(
    { ...Object.fromEntries(urls.map(({ setting, url }) => [setting, url])), ...SWITCHES },
    context,
  );
  return outcome.status === 'ACCEPTED' ? accepted({ unreadable: [] }) : (outcome as Outcome<never>);
}

function portions<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  const count = Math.ceil(items.length / SETTINGS_AT_ONCE);
  return Array.from({ length: count }, (_, at) => items.slice(at * SETTINGS_AT_ONCE, (at + 1) * SETTINGS_AT_ONCE));
}
