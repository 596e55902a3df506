import type { LoggedEvent } from '../model.ts';
import type { Expectation } from './expectations.ts';

/** A command that waits for its proof. */
export interface Awaited {
  /** Fulfilled with the proof, or null when the window is over or nobody waits any more. */
  readonly proof: Promise<LoggedEvent | null>;
  /** The proof, if it has come already. */
  readonly found: () => LoggedEvent | null;
  stop(): void;
}

/** Matches events with the commands that wait for them. */
export interface Confirmations {
  /** From now on, for the expectation's window. Events may come before the phone's reply. */
  await(phoneId: string, expectation: Expectation): Awaited;
  /** Takes in an event of the log. One event proves one command, the oldest that waits for it. */
  apply(event: LoggedEvent): void;
  stopAll(): void;
}

interface Waiting {
  readonly expectation: Expectation;
  settle(event: LoggedEvent | null): void;
}

/** @returns confirmations that hold only what waits */
export function createConfirmations(): Confirmations {
  const byPhone = new Map<string, Set<Waiting>>();
  return {
    await(phoneId, expectation) {
      const waiting = byPhone.get(phoneId) ?? new Set<Waiting>();
      byPhone.set(phoneId, waiting);
      let found: LoggedEvent | null = null;
      const { promise, resolve } = Promise.withResolvers<LoggedEvent | null>();
      const timer = setTimeout(() => entry.settle(null), expectation.windowMs);
      const entry: Waiting = {
        expectation,
        settle(event) {
          found = event;
          clearTimeout(timer);
          waiting.delete(entry);
          if (waiting.size === 0 && byPhone.get(phoneId) === waiting) byPhone.delete(phoneId);
          resolve(event);
        },
      };
      waiting.add(entry);
      return { proof: promise, found: () => found, stop: () => entry.settle(null) };
    },
    apply(event) {
      for (const entry of byPhone.get(event.phoneId) ?? []) {
        if (entry.expectation.provenBy(event.event)) return entry.settle(event);
      }
    },
    stopAll() {
      for (const entry of [...byPhone.values()].flatMap((waiting) => [...waiting])) entry.settle(null);
    },
  };
}
