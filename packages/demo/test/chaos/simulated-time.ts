import { channel } from 'node:diagnostics_channel';
import { setImmediate as turn } from 'node:timers/promises';
import { vi } from 'vitest';

/**
 * Time that stands still while a request is under way: gateway, drivers and virtual phones live by `setTimeout`,
 * `setInterval` and `Date`, which only {@link SimulatedTime.pass} moves. Sockets, the store and its thread are the real
 * ones, so a busy machine makes a run slower and changes nothing else.
 */
export interface SimulatedTime {
  /** Lets that many milliseconds pass, in small steps; waits after each until nothing is under way. */
  pass(durationMs: number): Promise<void>;
  /** Passes time until a promise is settled. */
  until<Value>(promise: Promise<Value>): Promise<Value>;
  /** Something that takes real time and that the clock waits for, as long as it does not itself wait for the clock. */
  track<Value>(promise: Promise<Value>): Promise<Value>;
  stop(): void;
}

/** What else must come to rest before the clock goes on. */
export interface Quiet {
  /** How many requests are under way that never wait for the clock. */
  readonly underWay: () => number;
  /** Whose own requests are left out: a client's may wait for the clock. */
  readonly notTo: () => string;
  /** Resolves when what was written so far is on disk. Waited for once a second of simulated time. */
  readonly written: () => Promise<unknown>;
}

const STEP_MS = 50;
const STEPS_A_SECOND = 1_000 / STEP_MS;
/** Turns of the event loop without anything under way after which nothing comes any more. */
const QUIET_TURNS = 4;
/** Real milliseconds after which a client's request that has not come back is taken to wait for the clock. */
const PATIENCE_MS = 25;

/** Stops the clock. */
export function simulateTime({ underWay, notTo, written }: Quiet): SimulatedTime {
  const realNow = performance.now.bind(performance);
  const requests = watchRequests(notTo);
  const tracked = new Set<Promise<unknown>>();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });

  const quiet = async (): Promise<void> => {
    const since = realNow();
    for (let calm = 0; calm < QUIET_TURNS; ) {
      await turn();
      const waits = tracked.size > 0 && realNow() - since < PATIENCE_MS;
      calm = requests.count === 0 && underWay() === 0 && !waits ? calm + 1 : 0;
    }
  };
  let steps = 0;
  const step = async (): Promise<void> => {
    vi.advanceTimersByTime(STEP_MS);
    await quiet();
    steps += 1;
    if (steps % STEPS_A_SECOND !== 0) return;
    await written();
    await quiet();
  };
  const track = <Value>(promise: Promise<Value>): Promise<Value> => {
    const done = (): void => void tracked.delete(promise);
    tracked.add(promise);
    promise.then(done, done);
    return promise;
  };
  return {
    track,
    async pass(durationMs) {
      for (let passed = 0; passed < durationMs; passed += STEP_MS) await step();
    },
    async until(promise) {
      let isSettled = false;
      const settle = (): void => {
        isSettled = true;
      };
      track(promise).then(settle, settle);
      await quiet();
      while (!isSettled) await step();
      return promise;
    },
    stop() {
      requests.stop();
      vi.useRealTimers();
    },
  };
}

interface UndiciMessage {
  readonly request: { readonly origin: string };
}

/** Counts the requests that this process has under way by undici, as it tells on its diagnostics channels. */
function watchRequests(notTo: () => string): { readonly count: number; stop(): void } {
  const open = new Set<unknown>();
  const begin = (message: unknown): void => {
    const { request } = message as UndiciMessage;
    if (String(request.origin) !== notTo()) open.add(request);
  };
  const end = (message: unknown): void => void open.delete((message as UndiciMessage).request);
  const listeners = [
    ['undici:request:create', begin],
    ['undici:request:trailers', end],
    ['undici:request:error', end],
  ] as const;
  for (const [name, listener] of listeners) channel(name).subscribe(listener);
  return {
    get count() {
      return open.size;
    },
    stop() {
      for (const [name, listener] of listeners) channel(name).unsubscribe(listener);
    },
  };
}
