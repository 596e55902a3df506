import { vi } from 'vitest';

/** The clock in the hand of a test; it goes on by itself once this is disposed of. */
export interface HeldTime extends Disposable {
  /** How many timers wait for their time. */
  readonly waiting: number;
  /** Milliseconds pass, and whatever was to be done in them is. */
  pass(ms: number): void;
  /** Resolves once something waits for its time. */
  isAwaited(): Promise<void>;
  /** Lets time pass until this is done. */
  passUntil(done: Promise<unknown>): Promise<void>;
}

/** Timers wait for the test from now on; sockets do not. */
export const holdTime = (): HeldTime => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const pass = (ms: number) => void vi.advanceTimersByTime(ms);
  return {
    get waiting() {
      return vi.getTimerCount();
    },
    pass,
    isAwaited: async () => {
      while (vi.getTimerCount() === 0) await new Promise(setImmediate);
    },
    passUntil: async (done) => {
      let isOver = false;
      const over = done.finally(() => {
        isOver = true;
      });
      while (!isOver) {
        pass(10);
        await new Promise(setImmediate);
      }
      await over;
    },
    [Symbol.dispose]: () => void vi.useRealTimers(),
  };
};
