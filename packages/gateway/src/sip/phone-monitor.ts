import {
  type CallMonitor,
  type DriverContext,
  failed,
  type Outcome,
  type ParsedReport,
  phoneUnreachable,
} from '@hookswitch/core';
import { outcomeOf } from '../commands/climb-ladder.ts';
import type { Instant } from '../model.ts';

/** What one phone's monitor works with. */
export interface PhoneMonitorOptions {
  readonly monitor: CallMonitor;
  /** The one before it, which the phone has to be rid of first. */
  readonly previous: Promise<void>;
  /** A context for one attempt. */
  readonly context: (signal: AbortSignal) => Promise<DriverContext>;
  /** Fulfilled when the event is on disk. */
  readonly receive: (report: ParsedReport) => Promise<void>;
  /** The phone's calls may be others than its events told: ask it. */
  readonly refresh: () => void;
  /** Told of each change of its state. */
  readonly onChange: (state: MonitorState) => void;
  /** Something threw that is no outcome. */
  readonly onError: (error: unknown) => void;
  readonly askEveryMs: number;
  readonly now: () => Instant;
  /** From 0 to below 1: phones that were lost together do not come back together. */
  readonly random: () => number;
}

/** Where a monitor stands. `fault` tells why the last attempt ended; null: none has yet, or it was meant to. */
export interface MonitorState {
  readonly phase: 'opening' | 'listening' | 'waiting' | 'stopped';
  readonly since: Instant;
  readonly fault: string | null;
}

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 5 * 60_000;
/** One that listened for so long begins with the first delay again. */
const STEADY_MS = 60_000;
/** A phone that registers several identities says so several times: it is opened once. */
const SETTLE_MS = 1_000;
/** How long a phone has for its responses when it is enough. */
const GRACE_MS = 2_000;

/** How long to wait before the next attempt: doubled each time up to a limit, and no two alike. */
export function delayOf(attempts: number, random: number): number {
  const most = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempts, 20));
  return most * (0.5 + random / 2);
}

/** Listens to one phone, for as long as it is not stopped. */
export class PhoneMonitor {
  readonly #options: PhoneMonitorOptions;
  readonly #running: Promise<void>;
  #state: MonitorState;
  #stopped = false;
  /** Somebody wants it to be opened anew, whatever it does now. */
  #isWanted = false;
  #attempts = 0;
  /** Ends what it does now: an attempt, or a pause. */
  #interrupt: () => void = () => {};

  constructor(options: PhoneMonitorOptions) {
    this.#options = options;
    this.#state = { phase: 'opening', since: options.now(), fault: null };
    options.onChange(this.#state);
    this.#running = this.#run();
  }

  get state(): MonitorState {
    return this.#state;
  }

  /** The phone may have forgotten it: it is opened again at once, and no attempt is waited for. */
  reopen(): void {
    this.#isWanted = true;
    if (this.#state.phase !== 'opening') this.#interrupt();
  }

  /** The phone is told that it is enough. Resolves when nothing is left, or the phone had its time. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#interrupt();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { now, onError, previous } = this.#options;
    await previous;
    while (!this.#stopped) {
      const begun = now();
      this.#become('opening', this.#state.fault);
      const outcome = await this.#attempt().catch((error: unknown) => {
        onError(error);
        return failed(phoneUnreachable('Something failed in the gateway; see its log.'));
      });
      if (this.#stopped) break;
      const lasted = now() - begun;
      if (this.#state.phase === 'listening' && lasted >= STEADY_MS) this.#attempts = 0;
      this.#become('waiting', faultOf(outcome));
      const delay = this.#isWanted ? SETTLE_MS - lasted : this.#delayAfter(outcome);
      if (this.#isWanted) this.#attempts = 0;
      // Once: a phone that is wanted back and does not come is not asked without end.
      this.#isWanted = false;
      if (delay > 0) await this.#pause(delay);
    }
    this.#become('stopped', null);
  }

  #delayAfter(outcome: Outcome): number {
    const isFinal = outcome.status === 'NOT_HERE' || (outcome.status === 'FAILED' && !outcome.failure.retryable);
    // A phone that says no may be set up in the meantime; one that refuses the password must not be asked often.
    const attempts = isFinal ? Number.POSITIVE_INFINITY : this.#attempts;
    this.#attempts += 1;
    return delayOf(attempts, this.#options.random());
  }

  async #attempt(): Promise<Outcome> {
    const { monitor, context, receive, refresh, askEveryMs } = this.#options;
    const enough = new AbortController();
    const over = new AbortController();
    let grace: NodeJS.Timeout | undefined;
    this.#interrupt = () => {
      if (enough.signal.aborted) return;
      enough.abort(new Error('it is enough'));
      grace = setTimeout(() => over.abort(new Error('the phone had its time')), GRACE_MS);
    };
    try {
      return await outcomeOf(
        async () =>
          monitor.watch(await context(over.signal), {
            listening: () => {
              this.#isWanted = false;
              this.#become('listening', null);
              refresh();
            },
            report: receive,
            unsure: refresh,
            askEveryMs,
            enough: enough.signal,
          }),
        over.signal,
      );
    } finally {
      clearTimeout(grace);
      this.#interrupt = () => {};
      // Whatever the driver still waits for is over.
      over.abort(new Error('the attempt is over'));
    }
  }

  /** Ends early where it is stopped, or wanted. */
  async #pause(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    this.#interrupt = resolve;
    await promise;
    clearTimeout(timer);
    this.#interrupt = () => {};
  }

  #become(phase: MonitorState['phase'], fault: string | null): void {
    this.#state = { phase, since: this.#options.now(), fault };
    this.#options.onChange(this.#state);
  }
}

function faultOf(outcome: Outcome): string | null {
  if (outcome.status === 'FAILED') return outcome.failure.message;
  return 'reason' in outcome ? outcome.reason : null;
}
