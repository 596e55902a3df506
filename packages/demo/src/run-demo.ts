import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { StartError } from '@hookswitch/gateway';
import type { DemoSettings } from './demo-config.ts';
import { startDemoOffice } from './office.ts';
import { FURTHER_PEOPLE, PEOPLE, type Person } from './people.ts';
import { describeOffice } from './print.ts';

/** A gateway whose clients do not let go is not waited for any longer: Ctrl-C means now. */
const PATIENCE_MS = 1500;

/**
 * Runs the office as this process until SIGINT, SIGTERM or SIGHUP, and says on standard output what is there.
 * @returns the exit code: 0, 1 where it could not start, which has been said
 */
export async function runDemo({
  HOOKSWITCH_DEMO_PHONES: further = '',
  ...environment
}: DemoSettings['environment']): Promise<number> {
  const { promise: asked, resolve: stop } = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop());
  let isAsked = false;
  asked.then(() => {
    isAsked = true;
  });
  try {
    const office = await startDemoOffice({ ...(await readSettings(environment)), people: peopleWith(further) });
    if (!isAsked) process.stdout.write(describeOffice(office));
    await asked;
    await office.stop(PATIENCE_MS);
    return 0;
  } catch (error) {
    const faults =
      error instanceof StartError ? error.faults : [error instanceof Error ? error.message : String(error)];
    process.stderr.write(`The demo cannot start:\n${faults.map((fault) => `  - ${fault}\n`).join('')}`);
    return 1;
  }
}

/**
 * Everybody who works here.
 * @param further vendors, separated by commas, of whom there are phones besides
 * @throws StartError where one is named of whom there are none
 */
function peopleWith(further: string): readonly Person[] {
  const vendors = further.split(',').map((name) => name.trim());
  const people = vendors.map((name) => {
    if (name === '') return [];
    const own = Object.hasOwn(FURTHER_PEOPLE, name) ? FURTHER_PEOPLE[name] : undefined;
    if (own !== undefined) return own;
    const known = Object.keys(FURTHER_PEOPLE).join(', ');
    throw new StartError([`HOOKSWITCH_DEMO_PHONES: there are no phones of "${name}"; there are some of: ${known}.`]);
  });
  return [...PEOPLE, ...people.flat()];
}

async function readSettings(environment: DemoSettings['environment']): Promise<DemoSettings> {
  const path = environment['HOOKSWITCH_CONFIG'] ?? '';
  if (path === '') return { environment, file: null };
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new StartError([`HOOKSWITCH_CONFIG: ${error.message}`]);
  });
  return { environment, file: { text, name: path, folder: dirname(resolve(path)) } };
}
