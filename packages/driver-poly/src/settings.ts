import {
  accepted,
  andThen,
  type Commands,
  type DriverContext,
  failed,
  invalidArgument,
  isRecord,
  type Outcome,
  portionsOf,
  readOutcome,
  type Setting,
} from '@hookswitch/core';
import { SWITCHES } from './notifications.table.ts';
import { ask, tell } from './wire/reply.ts';
import { readSettingsRequest, SETTINGS_AT_ONCE, writeSettingsRequest } from './wire/requests.ts';

const SECRET = /passw|secret|\bpin\b|auth\.pin/i;

/** Each name with what the phone holds. What it does not know is left out: ASSUMED, as public tools read it. */
function settingsOf(data: unknown, names: readonly string[]): readonly Setting[] {
  return names.flatMap((name) => {
    const told = isRecord(data) && Object.hasOwn(data, name) ? data[name] : undefined;
    const value = isRecord(told) ? told['Value'] : undefined;
    if (typeof value !== 'string') return [];
    return [{ name, value: SECRET.test(name) ? null : value, writable: null }];
  });
}

/** Reads settings by their names; there is no list of all. */
export async function settings(
  names: readonly string[] | undefined,
  context: DriverContext,
): Promise<Outcome<readonly Setting[]>> {
  if (names === undefined) return failed(invalidArgument('names', 'The phone tells settings by their names only.'));
  let found: Outcome<readonly Setting[]> = accepted([]);
  for (const some of portionsOf(names, SETTINGS_AT_ONCE))
    found = await andThen(found, async (before) =>
      readOutcome(await ask(context, readSettingsRequest(some)), (data) => [...before, ...settingsOf(data, some)]),
    );
  return found;
}

/** Writes settings, as many at once as the phone takes. */
async function write(
  wanted: readonly (readonly [name: string, value: string])[],
  context: DriverContext,
): Promise<Outcome> {
  let outcome: Outcome = accepted(undefined);
  for (const some of portionsOf(wanted, SETTINGS_AT_ONCE))
    outcome = await andThen(outcome, () => tell(context, writeSettingsRequest(Object.fromEntries(some))));
  return outcome;
}

/** Writes settings by their names. */
export const writeSettings = ({ settings }: Commands['writeSettings'], context: DriverContext): Promise<Outcome> =>
  write(
    settings.map(({ name, value }) => [name, value]),
    context,
  );

/** The URL, and the switches without which the phone posts nothing to it. */
export async function configureActionUrls(
  { urls }: Commands['configureActionUrls'],
  context: DriverContext,
): Promise<Outcome<{ readonly unreadable: readonly string[] }>> {
  const wanted = urls.map(({ setting, url }) => [setting, url] as const);
  return readOutcome(await write([...wanted, ...Object.entries(SWITCHES)], context), () => ({ unreadable: [] }));
}
