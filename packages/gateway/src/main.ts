import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type Config, parseConfig } from './config/config.ts';
import { createGateway, StartError } from './gateway.ts';
import { createLog } from './observability/log.ts';

/** Reads what the environment names, and ends the process with every fault in words where it will not do. */
async function readConfig(): Promise<Config> {
  const path = process.env['HOOKSWITCH_CONFIG'];
  const file =
    path === undefined || path === ''
      ? null
      : await readFile(path, 'utf8').catch((error: Error) => fail([`HOOKSWITCH_CONFIG: ${error.message}`]));
  const result = parseConfig(
    process.env,
    file === null || path === undefined ? null : { text: file, name: path, folder: dirname(resolve(path)) },
  );
  return 'config' in result ? result.config : fail(result.faults);
}

function fail(faults: readonly string[]): never {
  process.stderr.write(`Hookswitch cannot start:\n${faults.map((fault) => `  - ${fault}\n`).join('')}`);
  process.exit(1);
}

const config = await readConfig();
const log = createLog(config.logLevel);
const gateway = await createGateway({ config, log }).catch((error: unknown) => {
  if (error instanceof StartError) return fail(error.faults);
  return fail([error instanceof Error ? error.message : String(error)]);
});
if (gateway.newAdminKey !== null) {
  process.stdout.write(`\nAPI key (shown only now, keep it): ${gateway.newAdminKey}\n\n`);
}

let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    // A second one means: now.
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, 'stopping');
    gateway.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  });
}
