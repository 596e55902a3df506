import { expect, test } from 'vitest';
import type { KeyedQuestion, LaneQuestion } from '../../src/cluster/lane-calls.ts';
import { createLaneRouter, type Errand, LaneUnreached } from '../../src/cluster/lane-router.ts';
import type { Command } from '../../src/model.ts';
import { command } from '../store/samples.ts';

/** A router of a gateway that owns nothing. @param stored what the store has of each command */
function routerAsking(ask: (question: KeyedQuestion) => unknown, timeoutMs = 10_000, stored?: Command) {
  return createLaneRouter({
    isHere: () => false,
    calls: { ask: async <Value>(question: KeyedQuestion) => ask(question) as Value | null, close: () => {} },
    store: {
      get: async () => {
        if (stored === undefined) throw new Error('no command is carried here');
        return stored;
      },
    },
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

test('a command goes to its owner as it was recorded, so that it need not be read; asked again, the owner has to read it', async () => {
  const recorded = command('c1');
  const errand: Errand = {
    command: recorded,
    request: { name: recorded.name, arguments: {} },
    caller: { id: 'key-1', name: 'frontend' },
  };
  const notHere = () => Promise.reject(new Error('begun here'));
  const given: (readonly unknown[])[] = [];
  const router = routerAsking(
    (question) => {
      given.push(question.given);
      return given.length < 3 ? null : { ...recorded, status: 'ACCEPTED' };
    },
    10_000,
    recorded,
  );
  await router.carry(errand, notHere);
  const { request, caller } = errand;
  expect(given).toEqual([
    ['c1', request, caller, recorded],
    ['c1', request, caller],
    ['c1', request, caller],
  ]);
  // One that was not recorded just now: somebody may have done it.
  await router.carry(errand);
  expect(given[3]).toEqual(['c1', request, caller]);
});
