import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { disconnectable } from '../../src/graphql/disconnectable.ts';
import { createInterruption } from '../../src/graphql/interruption.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes of what is reachable. */
function heapUsed(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

const TOLD = 50_000;
/** Per event; what a race with a promise that stays pending leaves behind is several hundred. */
const MOST_BYTES = 20;

test('a stream that has told much is no larger than one that has just begun', async () => {
  async function* source() {
    for (;;) yield 'told';
  }
  const stream = disconnectable(source);
  await stream.next();
  const before = heapUsed();
  for (let count = 0; count < TOLD; count++) await stream.next();
  expect((heapUsed() - before) / TOLD).toBeLessThan(MOST_BYTES);
  expect(await stream.next()).toEqual({ done: false, value: 'told' });
});

test('the end is heard by all that wait, and by those that come later', async () => {
  const interruption = createInterruption<'end'>();
  const never = new Promise<string>(() => {});
  const waits = [interruption.race(never), interruption.race(never)];
  expect(await interruption.race(Promise.resolve('done'))).toBe('done');
  await expect(interruption.race(Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  interruption.end('end');
  expect(await Promise.all(waits)).toEqual(['end', 'end']);
  expect(await interruption.race(Promise.reject(new Error('too late')))).toBe('end');
});
