import { type Failure, rateLimited } from '@hookswitch/core';
import { forThisRequest } from '../observability/request-scope.ts';
import { type Deadline, deadlineOf } from '../transport/deadline.ts';

/** More than that wait behind one phone only where something is wrong. */
const MAX_WAITING = 32;

/** Something to do on a phone. */
export interface LaneJob<Value> {
  /** Passes those that wait: hanging up must not wait behind a picture. */
  readonly urgent?: boolean;
  /** Milliseconds since 1970; a job that has not begun by then is given up. */
  readonly deadlineAt: number;
  /** Begins when the phone is free. `signal` aborts at the deadline, or when the lane is closed. */
  readonly run: (signal: AbortSignal) => Promise<Value>;
}

/** What became of a job: it ran, or it never began. */
export type LaneResult<Value> =
  | { readonly ran: true; readonly value: Value }
  | { readonly ran: false; readonly failure: Failure };

/** A phone's own queue: one request at a time, bounded, with deadlines. */
export interface Lane {
  run<Value>(job: LaneJob<Value>): Promise<LaneResult<Value>>;
  /** Jobs that wait do not begin any more; one that runs is aborted after `graceMs`. Resolves when none runs. */
  close(failure: Failure | Error, graceMs: number): Promise<void>;
  /** Another gateway has the phone: as {@link Lane.close}, but whoever waits is told of the error, and what runs is aborted now. */
  abandon(error: Error): void;
  /** How many wait or run. */
  readonly size: number;
}

interface Waiting {
  readonly urgent: boolean;
  begin(): Promise<void>;
  /** An error rejects: it is no answer, and somebody else may have one. */
  refuse(failure: Failure | Error): void;
}

/**
 * @param now milliseconds since 1970
 * @param ticks milliseconds of a clock that only runs forward: how long a job may wait does not hang on the other one
 * @param forbids asked before a job begins: why it must not; null: it may
 */
export function createLane(
  now: () => number,
  ticks: () => number = now,
  forbids: () => Error | null = () => null,
): Lane {
  const waiting: Waiting[] = [];
  let running: Promise<void> | null = null;
  let closed: Failure | Error | null = null;
  /** Of the job that runs. */
  let current: Deadline | null = null;

  const advance = (): void => {
    if (running !== null) return;
    const next = waiting.shift();
    if (next === undefined) return;
    running = next.begin().finally(() => {
      running = null;
      advance();
    });
  };

  return {
    get size() {
      return waiting.length + (running === null ? 0 : 1);
    },
    run<Value>({ urgent = false, deadlineAt, run }: LaneJob<Value>) {
      const refused = closed ?? forbids();
      if (refused instanceof Error) return Promise.reject(refused);
      if (refused !== null) return Promise.resolve<LaneResult<Value>>({ ran: false, failure: refused });
      if (waiting.length >= MAX_WAITING) {
        return Promise.resolve<LaneResult<Value>>({
          ran: false,
          failure: rateLimited(
            `${MAX_WAITING} commands wait for this phone already: it takes one at a time. Nothing was sent.`,
            1_000,
          ),
        });
      }
      const patienceMs = deadlineAt - now();
      const endsAt = ticks() + patienceMs;
      return new Promise<LaneResult<Value>>((resolve, reject) => {
        const expire = setTimeout(
          () => {
            waiting.splice(waiting.indexOf(entry), 1);
            resolve({ ran: false, failure: expired() });
          },
          Math.max(0, patienceMs),
        );
        const entry: Waiting = {
          urgent,
          refuse(failure) {
            clearTimeout(expire);
            if (failure instanceof Error) reject(failure);
            else resolve({ ran: false, failure });
          },
          // The job before this one calls it: it must not be taken for that one's request.
          begin: forThisRequest(async () => {
            clearTimeout(expire);
            const leftMs = endsAt - ticks();
            if (leftMs <= 0) return resolve({ ran: false, failure: expired() });
            const forbidden = forbids();
            if (forbidden !== null) return reject(forbidden);
            const deadline = deadlineOf(Math.ceil(leftMs));
            current = deadline;
            try {
              resolve({ ran: true, value: await run(deadline.signal) });
            } catch (error) {
              reject(error);
            } finally {
              deadline.clear();
              if (current === deadline) current = null;
            }
          }),
        };
        const place = urgent ? waiting.findIndex((other) => !other.urgent) : -1;
        if (place === -1) waiting.push(entry);
        else waiting.splice(place, 0, entry);
        advance();
      });
    },
    abandon(error) {
      closed = error;
      for (const entry of waiting.splice(0)) entry.refuse(error);
      current?.end(error);
    },
    async close(failure, graceMs) {
      closed = failure;
      for (const entry of waiting.splice(0)) entry.refuse(failure);
      if (running === null) return;
      const abort = setTimeout(() => current?.end(new Error('the gateway stops')), graceMs);
      await running;
      clearTimeout(abort);
    },
  };
}

function expired(): Failure {
  return {
    code: 'COMMAND_EXPIRED',
    message: 'Its time ran out while other commands kept the phone busy. Nothing was sent; give it again.',
    retryable: true,
  };
}
