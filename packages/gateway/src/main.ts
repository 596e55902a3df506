import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { runAudit } from './command-line/audit.ts';
import { runKeys } from './command-line/keys.ts';
import type { CommandOutput } from './command-line/output.ts';
import { runRotateSecretKey } from './command-line/rotate-secret-key.ts';
import { type Config, parseConfig } from './config/config.ts';
import { createGateway, type Gateway, StartError } from './gateway.ts';
import { createLog } from './observability/log.ts';

/** Reads what the environment names, and ends the process with every fault in words where it will not do. */
async function readConfig(): Promise<Config> {
  const path = process.env['HOOKSWITCH_CONFIG']?.trim() ?? '';
  const faults: string[] = [];
  const text = await (path === '' ? null : readFile(path, 'utf8'))?.catch((error: Error) => {
    faults.push(`HOOKSWITCH_CONFIG: ${error.message}`);
  });
  const file = text === undefined ? null : { text, name: path, folder: dirname(resolve(path)) };
  const result = parseConfig(process.env, file);
  if ('faults' in result) faults.push(...result.faults);
  return 'config' in result && faults.length === 0 ? result.config : fail(faults);
}

function fail(faults: readonly string[]): never {
  process.stderr.write(`Hookswitch cannot start:\n${faults.map((fault) => `  - ${fault}\n`).join('')}`);
  process.exit(1);
}

/** Heard from the beginning: a gateway that is told to stop while it starts does so once it can. */
const stopSignal = new Promise<NodeJS.Signals>((heard) => {
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      // A second one means: now.
      if (stopping) process.exit(1);
      stopping = true;
      heard(signal);
    });
  }
});

const config = await readConfig();
const [command, ...rest] = process.argv.slice(2);
const output: CommandOutput = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
};
if (command === 'keys') process.exit(await runKeys(rest, config.dataDir, output));
if (command === 'audit') process.exit(runAudit(rest, config.dataDir, output));
if (command === 'rotate-secret-key') process.exit(await runRotateSecretKey(rest, config, output));
if (command !== undefined) fail([`"${command}" is no command. There are: keys, audit, rotate-secret-key.`]);
const log = createLog(config.logLevel, process.stdout, { maskNumbers: config.maskNumbersInLog });
const gateway: Gateway = await createGateway({ config, log }).catch((error: unknown) => {
  if (error instanceof StartError) return fail(error.faults);
  return fail([error instanceof Error ? error.message : String(error)]);
});
if (gateway.newAdminKey !== null) {
  process.stdout.write(`\nAPI key (shown only now, keep it): ${gateway.newAdminKey}\n\n`);
}

log.info({ signal: await stopSignal }, 'stopping');
try {
  await gateway.stop();
} catch (error) {
  log.error({ err: error }, 'stopping failed');
  process.exit(1);
}
process.exit(0);
