import type { DriverView } from '../application.ts';
import type { Store } from '../store/ports.ts';
import type { Spool } from '../store/spool/spool.ts';

/** What the readiness check says. */
export interface Readiness {
  readonly isReady: boolean;
  /** A line for each part that can fail: `store: ok`. No secret stands in it. */
  readonly lines: readonly string[];
}

/** So long the store may take to answer: behind a lock it would hold whoever asks for longer than they wait. */
const PATIENCE_MS = 2_000;

/** Rejects with the reason where the store cannot write, or does not answer in time. */
export async function checkWithin(store: Pick<Store, 'check'>): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`The store has not answered for ${PATIENCE_MS} ms.`)), PATIENCE_MS);
  try {
    await Promise.race([store.check(), promise]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Ready is who can write to the store. With the store away reports of phones still count, but commands do not run; a
 * spool that fails takes nothing from a gateway whose store works.
 */
export async function readinessOf(parts: {
  readonly store: Pick<Store, 'check'>;
  readonly spool: Spool;
  readonly drivers: readonly DriverView[];
  readonly isStopping: boolean;
}): Promise<Readiness> {
  if (parts.isStopping) return { isReady: false, lines: ['the gateway stops'] };
  const fault = await checkWithin(parts.store).then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  const lines = [`store: ${fault ?? 'ok'}`, `spool: ${spoolLine(parts.spool)}`, ...driverLines(parts.drivers)];
  return { isReady: fault === null, lines };
}

function spoolLine({ fault, records, bytes, maxBytes }: Spool): string {
  const content = records === 0 ? 'empty' : `${records} reports wait in ${bytes} of ${maxBytes} bytes`;
  return fault === null ? `ok, ${content}` : `${fault.message} (${content})`;
}

/** Drivers that do not run: the gateway does, and says so. */
function driverLines(drivers: readonly DriverView[]): readonly string[] {
  return drivers.flatMap(({ vendor, health }) =>
    health.state === 'RUNNING' ? [] : [`driver ${vendor}: ${health.state}`],
  );
}
