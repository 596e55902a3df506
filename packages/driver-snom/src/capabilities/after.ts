import type { DriverClock } from '@hookswitch/core';

/** Aborts after so many milliseconds; where the clock ends before, it never does: nobody waits any more. */
export function after(clock: DriverClock, ms: number): AbortSignal {
  const controller = new AbortController();
  clock.sleep(ms).then(
    () => controller.abort(new Error('it is time')),
    () => {},
  );
  return controller.signal;
}
