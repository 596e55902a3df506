import type { EventLog } from '../store/ports.ts';
import type { Spool } from '../store/spool/spool.ts';
import type { EventDelivery } from './event-delivery.ts';
import type { KeeperLog } from './event-keeper.ts';
import { type Arrival, appendable, decodeArrival } from './spool-record.ts';

/** What the drain is made of. */
export interface SpoolDrainOptions {
  readonly log: EventLog;
  readonly spool: Spool;
  readonly delivery: EventDelivery;
  readonly checkStore: () => Promise<void>;
  readonly report: KeeperLog;
  readonly onDrained: (events: number) => void;
  /** Events always come by here: only what was complained of is reported as mended. */
  readonly isUsual: boolean;
  /** The spool is empty and the store writes: told in the same turn in which that is so. */
  readonly onEmpty: () => void;
}

/** Moves what lies in the spool into the log, oldest first. */
export interface SpoolDrain {
  /** Begins, unless it is at it. */
  run(): void;
  stop(): Promise<void>;
}

/** How often a store that is away is tried. */
const RETRY_MS = 250;
/** Records that go into the log in one commit. */
const PAGE = 256;

/** A crash between the commit and the end of the page doubles nothing: the log knows the receipts. */
export function createSpoolDrain(options: SpoolDrainOptions): SpoolDrain {
  const { log, spool, delivery, checkStore, report, onDrained, isUsual, onEmpty } = options;
  const stopped = new AbortController();
  let running: Promise<void> | null = null;
  let complained = '';

  const complain = (error: unknown): void => {
    const message = error instanceof Error ? error.message : String(error);
    if (message !== complained)
      report.warn({ err: error, records: spool.records }, 'the event spool cannot be drained yet');
    complained = message;
  };

  /** @returns how many events were moved */
  const movePage = async (): Promise<number> => {
    const page = await spool.read(PAGE);
    if (page === null) {
      await checkStore();
      return 0;
    }
    const arrivals = page.payloads.flatMap((payload) => readable(payload, report));
    const events = arrivals.flatMap((arrival) => arrival.events);
    const given = arrivals.flatMap((arrival) => appendable(log, arrival));
    const logged = await log.append(given, { mayBeThere: true });
    let place = 0;
    for (const { events: own, told } of arrivals) {
      await delivery.deliver(logged.slice(place, place + own.length), told);
      place += own.length;
    }
    await spool.drop(page);
    onDrained(events.length);
    return events.length;
  };

  const drain = async (): Promise<void> => {
    let moved = 0;
    while (!stopped.signal.aborted) {
      try {
        moved += await movePage();
        if (spool.records > 0) continue;
        // Whoever diverts from here on begins anew.
        running = null;
        onEmpty();
        if (complained !== '' || !isUsual) {
          report.info({ events: moved }, 'the store is back; the event spool is empty');
        }
        complained = '';
        return;
      } catch (error) {
        complain(error);
        await pause(stopped.signal);
      }
    }
  };

  return {
    run() {
      if (stopped.signal.aborted) return;
      running ??= drain();
    },
    async stop() {
      stopped.abort();
      await running;
    },
  };
}

function readable(payload: Buffer, report: KeeperLog): readonly Arrival[] {
  try {
    return [decodeArrival(payload)];
  } catch (error) {
    report.error({ err: error, bytes: payload.length }, 'a record of the event spool is none of ours; it is left out');
    return [];
  }
}

/** By a timer, so that a clock that is set does not matter. */
function pause(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, RETRY_MS);
  signal.addEventListener('abort', () => resolve(), { once: true });
  return promise.finally(() => clearTimeout(timer));
}
