import { expect, test } from 'vitest';
import { disconnectable } from '../../src/graphql/disconnectable.ts';

test('the source does not start before it is asked', async () => {
  let starts = 0;
  const stream = disconnectable(async function* () {
    starts += 1;
    yield 'one';
  });
  expect(starts).toBe(0);
  expect(await stream.next()).toEqual({ done: false, value: 'one' });
  expect(await stream.next()).toEqual({ done: true, value: undefined });
  expect(starts).toBe(1);
});

test('return ends a next() that waits, and aborts the signal', async () => {
  const aborted = Promise.withResolvers<void>();
  const stream = disconnectable(async function* (signal): AsyncGenerator<string> {
    signal.addEventListener('abort', () => aborted.resolve());
    await new Promise(() => {});
    yield 'never';
  });
  const waiting = stream.next();
  expect(await stream.return?.()).toEqual({ done: true, value: undefined });
  expect(await waiting).toEqual({ done: true, value: undefined });
  await aborted.promise;
  expect((await stream.next()).done).toBe(true);
});

test('the signal is aborted too where the source ends by itself or fails', async () => {
  const signals: AbortSignal[] = [];
  const sourceOf = (next: () => Promise<IteratorResult<string>>) =>
    disconnectable((signal) => {
      signals.push(signal);
      return { [Symbol.asyncIterator]: () => ({ next }) };
    });
  await sourceOf(async () => ({ done: true, value: undefined })).next();
  await expect(sourceOf(() => Promise.reject(new Error('no'))).next()).rejects.toThrow('no');
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
});
