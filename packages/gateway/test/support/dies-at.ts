// Loaded before the gateway's own main: ends the process, as kill -9 does, at one of the places where the gateway's code
// awaits something. The places are found by running it once with nobody to kill.
import { createHook } from 'node:async_hooks';
import { isMainThread } from 'node:worker_threads';

/** What the process is told: from now on places count; the one at which it dies, as `file:line`. */
export interface Arm {
  readonly diesAt: string | null;
}

// The way of a command: not the API in front of it nor the log of events, which others use at the same time.
const ON_THE_WAY =
  /packages\/gateway\/(?:dist\/(?:commands\/|phones\/phone-links|transport\/|store\/sqlite\/(?:command|phone)-store)|test\/support\/)/;
const seen = new Set<string>();
let armed: Arm | null = null;

function placeOf(stack: string): string | null {
  const frame = stack.split('\n').find((line) => line.includes('file:') && !line.includes('dies-at'));
  if (frame === undefined || !ON_THE_WAY.test(frame)) return null;
  return /packages\/(.*?:\d+):\d+/.exec(frame)?.[1] ?? null;
}

if (isMainThread && process.send !== undefined) {
  Error.stackTraceLimit = 12;
  createHook({
    init(_id, type) {
      if (armed === null || type !== 'PROMISE') return;
      const place = placeOf(new Error('here').stack ?? '');
      if (place === null) return;
      if (place === armed.diesAt) process.kill(process.pid, 'SIGKILL');
      seen.add(place);
    },
  }).enable();
  process.on('message', (message: Arm | 'places') => {
    if (message === 'places') {
      armed = null;
      process.send?.([...seen]);
    } else {
      armed = message;
      process.send?.('armed');
    }
  });
}
