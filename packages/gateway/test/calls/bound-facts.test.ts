import type { CallEvent } from '@hookswitch/core';
import { expect, test } from 'vitest';
import { boundFacts } from '../../src/calls/bound-facts.ts';
import { CallFact } from '../../src/calls/call-fact.ts';
import { PhoneCalls } from '../../src/calls/phone-calls.ts';
import { range } from '../support/wait.ts';
import { step } from './facts.ts';

const MOST = 50;

/** A phone that tells one thing after another. */
function talkative(everyMs: number): {
  readonly phone: PhoneCalls;
  tell(id: string, ...kinds: readonly CallEvent['callEventKind'][]): void;
} {
  const phone = new PhoneCalls('phone', MOST);
  let sequence = 0;
  return {
    phone,
    tell(id, ...kinds) {
      for (const kind of kinds) {
        sequence += 1;
        const event = step(kind, { number: `1${id}`, vendorIds: { id } });
        phone.apply(new CallFact({ sequence, receivedAt: sequence * everyMs, event, inferred: false }));
      }
    },
  };
}

const LONG = {
  id: expect.any(String),
  direction: 'INCOMING',
  startedAt: 2_000,
  answeredAt: 4_000,
  vendorIds: { id: 'long' },
};

test('a call that goes on keeps its beginning, however much its phone tells of others', () => {
  const { phone, tell } = talkative(100);
  tell('long', 'INCOMING', 'CONNECTED');
  const [before] = phone.calls;
  for (const id of range(60)) tell(`${id}`, 'INCOMING', 'CONNECTED', 'ENDED');
  expect(phone.calls.find(({ state }) => state !== 'ENDED')).toMatchObject({
    ...LONG,
    id: before?.id,
    startedAt: 100,
    answeredAt: 200,
  });
  expect(phone.calls.length).toBeLessThan(20);
});

test('a call that is held again and again keeps its beginning and how it stands', () => {
  const { phone, tell } = talkative(2_000);
  tell('long', 'INCOMING', 'CONNECTED');
  for (const _ of range(60)) tell('long', 'HELD', 'RESUMED');
  tell('long', 'MUTED');
  expect(phone.calls).toMatchObject([{ ...LONG, state: 'CONNECTED', muted: true }]);
  tell('long', 'HELD');
  expect(phone.calls).toMatchObject([{ ...LONG, state: 'HELD', muted: true }]);
});

test('of more open calls than there is room for the oldest are closed', () => {
  const { phone, tell } = talkative(100);
  const ever = new Set<string>();
  for (const id of range(60)) {
    tell(`${id}`, 'INCOMING');
    for (const call of phone.calls) ever.add(call.id);
  }
  expect(ever.size).toBe(60);
  expect(phone.calls.length).toBeLessThanOrEqual(MOST);
  expect(phone.calls.at(-1)).toMatchObject({ vendorIds: { id: '59' }, state: 'RINGING' });
});

test('no more are left than may be', () => {
  const facts: readonly CallFact[] = range(50).map((sequence) => {
    const event = step('INCOMING', { vendorIds: { id: `${sequence}` } });
    return new CallFact({ sequence, receivedAt: sequence, event, inferred: false });
  });
  expect(boundFacts(facts, [], 40)).toEqual(facts.slice(10));
});
