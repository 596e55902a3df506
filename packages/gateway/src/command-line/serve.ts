import { createGateway, type Gateway } from '../gateway.ts';
import { inheritedSocket } from '../http/inherited-socket.ts';
import { createLog } from '../observability/log.ts';
import { StartError } from '../start-error.ts';
import { prepareProcess } from './prepare-process.ts';
import { readConfig } from './read-config.ts';

/**
 * Runs a gateway as this process, until SIGTERM or SIGINT; a second one ends the process at once. Logs to standard output.
 * @returns the exit code: 0, 1 where it could not start or stop, which has been said
 */
export async function serve(environment: Readonly<Record<string, string | undefined>>): Promise<number> {
  prepareProcess();
  const stopSignal = nextStopSignal();
  const read = await readConfig(environment);
  if ('faults' in read) return refuse(read.faults);
  const { config } = read;
  const inherited = inheritedSocket(environment, process.pid);
  if ('fault' in inherited) return refuse([inherited.fault]);
  // It is meant for this process alone: no child takes it for its own.
  for (const name of ['LISTEN_PID', 'LISTEN_FDS', 'LISTEN_FDNAMES']) delete process.env[name];
  const log = createLog(config.logLevel, process.stdout, { maskNumbers: config.maskNumbersInLog });
  let gateway: Gateway;
  try {
    gateway = await createGateway({ config, log, listenFd: inherited.fd });
  } catch (error) {
    return refuse(
      error instanceof StartError ? error.faults : [error instanceof Error ? error.message : String(error)],
    );
  }
  if (gateway.newAdminKey !== null) {
    process.stdout.write(`\nAPI key (shown only now, keep it): ${gateway.newAdminKey}\n\n`);
  }
  log.info({ signal: await stopSignal }, 'stopping');
  try {
    await gateway.stop();
  } catch (error) {
    log.error({ err: error }, 'stopping failed');
    return 1;
  }
  return 0;
}

function refuse(faults: readonly string[]): number {
  process.stderr.write(`Hookswitch cannot start:\n${faults.map((fault) => `  - ${fault}\n`).join('')}`);
  return 1;
}

/** Heard from the beginning: a gateway that is told to stop while it starts does so once it can. */
function nextStopSignal(): Promise<NodeJS.Signals> {
  return new Promise((heard) => {
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
}
