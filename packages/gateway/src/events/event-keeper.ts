import type { EventLog } from '../store/ports.ts';
import type { Spool } from '../store/spool/spool.ts';
import { isStoreAway } from '../store/store-away.ts';
import type { EventDelivery } from './event-delivery.ts';
import { createSpoolDrain, type SpoolDrain } from './spool-drain.ts';
import { type Arrival, appendable, encodeArrival } from './spool-record.ts';

/** Who is told; pino's loggers fit. */
export interface KeeperLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What the keeper is made of. */
export interface EventKeeperOptions {
  readonly log: EventLog;
  readonly spool: Spool;
  /**
   * Every event goes to the spool, and from there to the log: for a log that is on other machines. Else only those do that
   * the log does not take. Left out: false.
   */
  readonly spoolFirst?: boolean | undefined;
  readonly delivery: EventDelivery;
  /** Whether the store can write; rejects with the reason. */
  readonly checkStore: () => Promise<void>;
  readonly report: KeeperLog;
  /** Told of each event that lies in the spool now, and of those that are in the log after all. */
  readonly onSpooled: (events: number) => void;
  readonly onDrained: (events: number) => void;
}

/** Keeps events: in the log, or in the spool while the log does not take them. */
export interface EventKeeper {
  /**
   * Fulfilled when the events are on disk: in the log, and delivered, or in the spool. Rejected where neither took them:
   * then nothing of them may be said to be kept.
   */
  keep(arrival: Arrival): Promise<void>;
  /** Begins to move into the log what an earlier process has left in the spool. */
  start(): void;
  /** Moves nothing any more; what lies in the spool stays for the next start. */
  stop(): Promise<void>;
}

/** So long the log may take for one event before it goes to the spool: a phone does not wait for long. */
const PATIENCE_MS = 1_000;

interface Waiting {
  readonly arrival: Arrival;
  readonly since: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
  /** Log and spool, as far as they have not answered. */
  open: number;
  isSpooled: boolean;
  isLogged: boolean;
  /** The log has answered. */
  isAnswered: boolean;
}

/** @returns the keeper; with something in the spool it begins there, so that the order stays */
export function createEventKeeper(options: EventKeeperOptions): EventKeeper {
  return new LogOrSpool(options);
}

class LogOrSpool implements EventKeeper {
  readonly #options: EventKeeperOptions;
  readonly #drain: SpoolDrain;
  /**
   * Given to the log, in the order in which they came, from the oldest that is not answered on. Not a Set: see `docs/performance.md`, "Sets,
   * maps and getters of what comes and goes".
   */
  readonly #waiting: Waiting[] = [];
  #spooling: boolean;
  #patience: NodeJS.Timeout | null = null;

  constructor(options: EventKeeperOptions) {
    this.#options = options;
    this.#spooling = options.spool.records > 0;
    this.#drain = createSpoolDrain({
      ...options,
      isUsual: options.spoolFirst === true,
      onEmpty: () => {
        this.#spooling = false;
      },
    });
  }

  keep(arrival: Arrival): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const asked = { open: 0, isSpooled: false, isLogged: false, isAnswered: false };
    const waiting: Waiting = { arrival, since: performance.now(), resolve, reject, ...asked };
    // Behind what lies in the spool, so that the order stays.
    if (this.#spooling || this.#options.spoolFirst === true) this.#toSpool(waiting);
    else this.#toLog(waiting);
    return promise;
  }

  start(): void {
    if (this.#spooling) this.#drain.run();
  }

  async stop(): Promise<void> {
    if (this.#patience !== null) clearTimeout(this.#patience);
    this.#patience = null;
    await this.#drain.stop();
  }

  #toLog(waiting: Waiting, mayBeThere = false): void {
    const { log, delivery } = this.#options;
    const { told } = waiting.arrival;
    waiting.open += 1;
    waiting.isLogged = true;
    this.#waiting.push(waiting);
    this.#patience ??= this.#waitFor(PATIENCE_MS);
    log.append(appendable(log, waiting.arrival), { mayBeThere }).then(
      async (logged) => {
        this.#answered(waiting);
        await delivery.deliver(logged, told);
        waiting.resolve();
      },
      (error: unknown) => {
        // First to the spool, with all that wait before and behind it, so that they stay in order.
        if (isStoreAway(error)) this.#divert(error);
        this.#answered(waiting);
        this.#failed(waiting, error);
      },
    );
  }

  #answered(waiting: Waiting): void {
    waiting.isAnswered = true;
    while (this.#waiting[0]?.isAnswered === true) this.#waiting.shift();
  }

  /** What only the log has, and has not answered. */
  #unanswered(): readonly Waiting[] {
    return this.#waiting.filter(({ isSpooled, isAnswered }) => !isSpooled && !isAnswered);
  }

  /** What the log has not answered yet may be in it or not: in the spool it has the same receipt, and counts once. */
  #divert(reason: unknown): void {
    if (!this.#spooling) this.#options.report.warn({ err: reason }, 'the store is away; events go to the spool');
    this.#spooling = true;
    for (const waiting of this.#unanswered()) this.#toSpool(waiting);
    this.#drain.run();
  }

  #toSpool(waiting: Waiting): void {
    const { spool, spoolFirst, onSpooled } = this.#options;
    waiting.open += 1;
    waiting.isSpooled = true;
    spool.append(encodeArrival(waiting.arrival)).then(
      () => {
        onSpooled(waiting.arrival.events.length);
        waiting.resolve();
        if (spoolFirst === true) this.#drain.run();
      },
      (error: unknown) => {
        // Out of its order, but the log may take it by now; it must not be lost because the spool fails. Of a group that the spool has refused some may
        // be in it, and on their way to the log.
        if (!waiting.isLogged) this.#toLog(waiting, true);
        this.#failed(waiting, error);
      },
    );
  }

  #failed(waiting: Waiting, error: unknown): void {
    waiting.open -= 1;
    if (waiting.open === 0) waiting.reject(error);
  }

  #waitFor(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => {
      // This process may have stood still, and the answer be there already.
      setImmediate(() => this.#judgePatience());
    }, milliseconds);
  }

  #judgePatience(): void {
    if (this.#patience === null) return;
    this.#patience = null;
    const [oldest] = this.#unanswered();
    if (oldest === undefined) return;
    const left = PATIENCE_MS - (performance.now() - oldest.since);
    if (left > 0) this.#patience = this.#waitFor(left);
    else this.#divert(new Error(`The store has not answered for ${PATIENCE_MS} ms.`));
  }
}
