/** Time, as far as transactions need it. A test gives its own and moves it by hand. */
export interface SipClock {
  /** Milliseconds; only differences are used. */
  now(): number;
  /**
   * Calls `fire` once after `ms` milliseconds.
   * @returns a function that takes it back; calling it later, or twice, does nothing.
   */
  after(ms: number, fire: () => void): () => void;
}

/** The process's own timers and its monotonic clock. */
export const systemClock: SipClock = {
  now: () => performance.now(),
  after(ms, fire) {
    const timer = setTimeout(fire, ms);
    return () => clearTimeout(timer);
  },
};
