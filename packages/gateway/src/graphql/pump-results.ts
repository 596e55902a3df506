import type { ResultStream } from './executor.ts';
import type { Outlet, Running } from './followed-subscription.ts';
import { payloadOf } from './payload.ts';

/** Sends what a stream gives to an outlet, and takes the next when that takes one. */
export function pumpResults(results: ResultStream, outlet: Outlet, onError: (error: unknown) => void): Running {
  let isOver = false;
  const pump = async (): Promise<void> => {
    for await (const result of results) {
      const ready = Promise.withResolvers<void>();
      if (isOver) return;
      // Never called where the peer is gone: it is stopped then, and nobody waits for this.
      if (!outlet.send(payloadOf(result), ready.resolve)) await ready.promise;
    }
    if (!isOver) outlet.end();
  };
  pump().catch((error: unknown) => {
    onError(error);
    if (!isOver) outlet.end();
  });
  return {
    stop() {
      isOver = true;
      results.return?.().catch(onError);
    },
  };
}
