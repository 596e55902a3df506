import { expect, test } from 'vitest';
import type { KeyedQuestion, LaneQuestion } from '../../src/cluster/lane-calls.ts';
import { createLaneRouter, LaneUnreached } from '../../src/cluster/lane-router.ts';

/** A router of a gateway that owns nothing. */
function routerAsking(ask: (question: KeyedQuestion) => unknown, timeoutMs = 10_000) {
  return createLaneRouter({
    isHere: () => false,
    calls: { ask: async <Value>(question: KeyedQuestion) => ask(question) as Value | null, close: () => {} },
    store: { get: () => Promise.reject(new Error('no command is carried here')) },
    runHere: () => Promise.reject(new Error('nothing runs here')),
    change: () => Promise.reject(new Error('no command is carried here')),
    timeoutMs,
    now: Date.now,
    ticks: () => performance.now(),
  });
}

const QUESTION: LaneQuestion = { phoneId: 'p', kind: 'settings', given: [['name']] };

test('a question that is asked again is the same one: its owner does not begin once more', async () => {
  const keys: (string | undefined)[] = [];
  const router = routerAsking(({ key }) => {
    keys.push(key);
    return keys.length < 3 ? null : 'told';
  });
  const notHere = () => Promise.reject(new Error('asked here'));
  expect(await router.ask(QUESTION, notHere)).toBe('told');
  expect(keys[0]).toEqual(expect.any(String));
  expect(new Set(keys).size).toBe(1);
  await router.ask(QUESTION, notHere);
  expect(new Set(keys).size).toBe(2);
});

test('a question that nobody answers in time says so', async () => {
  const router = routerAsking(() => null, 0);
  await expect(router.ask(QUESTION, () => Promise.resolve('here'))).rejects.toThrow(LaneUnreached);
});
