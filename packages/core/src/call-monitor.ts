import type { ParsedReport } from './action-urls.ts';
import type { DriverContext } from './context.ts';
import type { Outcome } from './outcome.ts';
import type { Evidence, Transport } from './vocabulary.ts';

/** What the gateway gives to a monitor, and how it is told what the phone says. */
export interface CallWatcher {
  /** The phone has agreed to tell its calls. What it did before is not known: the gateway asks for its calls. */
  listening(): void;
  /**
   * Takes an event in. Fulfilled when it is on disk: only then may the phone be told that it was taken.
   * Rejects where it could not be stored; then the phone must not be told so.
   */
  report(report: ParsedReport): Promise<void>;
  /** What the phone told cannot be put into events: the gateway asks for its calls. */
  unsure(): void;
  /** How often the phone is asked whether it still knows that it is listened to, in milliseconds. */
  readonly askEveryMs: number;
  /** Aborts when it is enough: the phone is told so, as far as the context's own signal leaves time for it. */
  readonly enough: AbortSignal;
}

/**
 * A phone that tells its calls as long as somebody listens, over a connection that the gateway opens. The gateway holds
 * one for each phone, and opens it again when it was lost.
 */
export interface CallMonitor<Options = unknown> {
  readonly transport: Transport;
  readonly evidence: Evidence;
  /** Where that is known from. */
  readonly source: string;
  /**
   * Listens until it is enough, or the phone is lost.
   * @returns ACCEPTED where it was enough; else why it ended
   * @throws TransportError as the context's transports
   */
  watch(context: DriverContext<Options>, watcher: CallWatcher): Promise<Outcome>;
}
