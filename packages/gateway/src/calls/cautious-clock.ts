import type { Instant } from '../model.ts';

/** A step that is no drift: clocks that are kept in time are moved by less. */
const STEP_MS = 5_000;
/** So long a step is doubted: it may be taken back. */
const DOUBT_MS = 10 * 60_000;

/**
 * A clock for "is it over by now?". Where the system's clock is put forward or back it says, for ten minutes, the earlier of
 * what that clock says and what it would have said: nobody becomes old by a clock that was set. Afterwards the new time
 * counts.
 * @param now milliseconds since 1970
 * @param ticks milliseconds of a clock that only runs forward
 */
export function createCautiousClock(now: () => Instant, ticks: () => number): () => Instant {
  let offset = now() - ticks();
  let doubtedSince: number | null = null;
  return () => {
    const [wall, tick] = [now(), ticks()];
    const step = wall - tick - offset;
    if (Math.abs(step) < STEP_MS) {
      offset += step;
      doubtedSince = null;
      return wall;
    }
    doubtedSince ??= tick;
    if (tick - doubtedSince < DOUBT_MS) return Math.min(wall, tick + offset);
    offset += step;
    doubtedSince = null;
    return wall;
  };
}
