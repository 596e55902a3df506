import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { StartError } from '@hookswitch/gateway';
import type { DemoSettings } from './demo-config.ts';
import { type DemoOffice, startDemoOffice } from './office.ts';
import { describeOffice } from './print.ts';

/** A gateway whose clients do not let go is not waited for any longer: Ctrl-C means now. */
const PATIENCE_MS = 1500;

async function readSettings(): Promise<DemoSettings> {
  const path = process.env['HOOKSWITCH_CONFIG'] ?? '';
  if (path === '') return { environment: process.env, file: null };
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new StartError([`HOOKSWITCH_CONFIG: ${error.message}`]);
  });
  return { environment: process.env, file: { text, name: path, folder: dirname(resolve(path)) } };
}

function fail(error: unknown): never {
  const faults = error instanceof StartError ? error.faults : [error instanceof Error ? error.message : String(error)];
  process.stderr.write(`The demo cannot start:\n${faults.map((fault) => `  - ${fault}\n`).join('')}`);
  process.exit(1);
}

let isStopping = false;
const starting: Promise<DemoOffice> = readSettings().then(startDemoOffice);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (isStopping) return;
    isStopping = true;
    starting.then((office) => office.stop(PATIENCE_MS)).then(() => process.exit(0), fail);
  });
}

try {
  const office = await starting;
  if (!isStopping) process.stdout.write(describeOffice(office));
} catch (error) {
  fail(error);
}
