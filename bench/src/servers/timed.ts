import { quantile } from '../table.ts';

/** How often something was done, and how long it took as a rule. */
export interface Taken {
  readonly times: number;
  /** The median, in microseconds. */
  readonly microseconds: number;
}

/** How long something takes that is done again and again. */
export interface Timed {
  count(work: () => void): void;
}

/**
 * A clock for what runs without a break. Of each run, for the median: on a machine that does other things too some runs are interrupted,
 * and no sum would be the work's own. The thread's processor time will not do, since the system counts it by its ticks. The parent is
 * told when it asks.
 */
export function createTimed(): Timed {
  let runs: number[] = [];
  process.on('message', (message) => {
    if (message !== 'timed') return;
    process.send?.({ times: runs.length, microseconds: quantile(runs, 0.5) } satisfies Taken);
    runs = [];
  });
  return {
    count(work) {
      const began = process.hrtime.bigint();
      work();
      runs.push(Number(process.hrtime.bigint() - began) / 1_000);
    },
  };
}
