import { setTimeout as wait } from 'node:timers/promises';

/** What is given, and how fast. */
export interface OpenLoop {
  readonly perSecond: number;
  readonly count: number;
}

/**
 * Gives each at its time, whether those before have come to their end or not. Who measures from `dueAt` counts the wait of what came late
 * because of others, as whoever gives it would.
 * @param give `dueAt`: as `performance.now()`
 */
export async function openLoop(
  { perSecond, count }: OpenLoop,
  give: (index: number, dueAt: number) => Promise<void>,
): Promise<void> {
  // Where nothing is given nothing ends; NaN is what `--events abc` comes to.
  if (!(count > 0)) return;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  // Awaited below: the others go on.
  promise.catch(() => {});
  // Counted and not kept: there may be a million, and collecting their garbage would be measured too.
  let given = 0;
  let ended = 0;
  const onEnded = (): void => {
    ended += 1;
    if (ended === count) resolve();
  };
  const began = performance.now();
  while (given < count) {
    const due = Math.min(count, Math.ceil(((performance.now() - began) / 1_000) * perSecond));
    for (; given < due; given += 1) {
      give(given, began + (given * 1_000) / perSecond).then(onEnded, reject);
    }
    await wait(1);
  }
  await promise;
}

/** As many at once as `inFlight`, until `count` are done. @returns how many a second */
export async function closedLoop(
  { inFlight, count }: { readonly inFlight: number; readonly count: number },
  once: (index: number) => Promise<void>,
): Promise<number> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) await once(next++);
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: inFlight }, lane));
  return (count * 1_000) / (performance.now() - began);
}
