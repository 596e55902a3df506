import { expect, test } from 'vitest';
import { Recorder } from '../src/virtual/index.ts';

test('finds an entry that is already there, and one that is still to come', async () => {
  const recorder = new Recorder<string>();
  recorder.record('first');
  const coming = recorder.waitFor((entry) => entry === 'second');
  recorder.record('second');
  expect(await recorder.waitFor((entry) => entry === 'first')).toBe('first');
  expect(await coming).toBe('second');
  expect(recorder.all).toEqual(['first', 'second']);
  expect(recorder.last).toBe('second');
});

test('waits for a number of entries', async () => {
  const recorder = new Recorder<number>();
  const three = recorder.waitForCount(3);
  for (const entry of [1, 2, 3]) recorder.record(entry);
  expect(await three).toEqual([1, 2, 3]);
  expect(await recorder.waitForCount(2)).toEqual([1, 2, 3]);
});

test('can wait for the next one only', async () => {
  const recorder = new Recorder<number>();
  recorder.record(1);
  const next = recorder.waitForNext(() => true);
  recorder.record(2);
  expect(await next).toBe(2);
});

test('a wait that fails says what was recorded instead', async () => {
  const recorder = new Recorder<string>();
  recorder.record('something else');
  const waiting = recorder.waitFor(() => false, { timeoutMs: 1, what: 'the hang-up' });
  await expect(waiting).rejects.toThrow(/1 ms for the hang-up[\s\S]*"something else"/);
});

test('a wait ends with its signal, also one that was aborted before', async () => {
  const recorder = new Recorder<string>();
  const abort = new AbortController();
  const waiting = recorder.waitFor(() => false, { signal: abort.signal });
  abort.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  await expect(recorder.waitFor(() => false, { signal: abort.signal })).rejects.toThrow('enough');
});

test('forgets on clear, and tells listeners until they leave', () => {
  const recorder = new Recorder<string>();
  const heard: string[] = [];
  const stop = recorder.onEntry((entry) => heard.push(entry));
  recorder.record('a');
  recorder.clear();
  stop();
  recorder.record('b');
  expect(heard).toEqual(['a']);
  expect(recorder.all).toEqual(['b']);
});
