import type { CallEvent } from '@hookswitch/core';
import { expect, test } from 'vitest';
import { CallFact } from '../../src/calls/call-fact.ts';
import { PhoneCalls } from '../../src/calls/phone-calls.ts';
import type { Call } from '../../src/model.ts';
import { call } from '../store/samples.ts';
import { range } from '../support/wait.ts';
import { step } from './facts.ts';

// Where one fact more looks plain and is not: the calls of the phone are more than its facts tell.

const id = (csta_id: string) => ({ vendorIds: { csta_id } });

/** A phone, and what whoever follows its changes knows of its calls. */
function phone(loaded: readonly Call[] = []) {
  const calls = new PhoneCalls('phone-1');
  const picture = new Map(loaded.map((one) => [one.id, one]));
  for (const one of loaded) calls.load(one, []);
  let sequence = 0;
  return {
    calls,
    open: () => [...picture.values()].filter(({ state }) => state !== 'ENDED').map((one) => one.id),
    tell(receivedAt: number, event: CallEvent, inferred = false) {
      sequence += 1;
      const change = calls.apply(new CallFact({ sequence, receivedAt, event, inferred }));
      for (const one of change.calls) picture.set(one.id, one);
    },
  };
}

test('a call whose events retention has dropped is not left open beside what its end tells', () => {
  const one = phone([call('c1', { ...id('7'), state: 'CONNECTED' })]);
  one.tell(20_000, step('ENDED', id('7')), true);
  expect(one.open()).toEqual([]);
  expect(one.calls.calls.every(({ state }) => state === 'ENDED')).toBe(true);
});

test('of a call that was told by more than is kept none stays open that the phone does not have', () => {
  const one = phone();
  one.tell(1_000, step('OUTGOING', { number: '101', ...id('7') }));
  for (const n of range(600)) one.tell(2_000 + n, step('CONNECTED', { number: String(n), ...id('7') }));
  expect(one.open()).toEqual(one.calls.calls.filter(({ state }) => state !== 'ENDED').map((open) => open.id));
  expect(one.open()).toHaveLength(1);
});

test('what a forgotten call did to another one is told anew, as by whoever did not know it', () => {
  const one = phone();
  one.tell(1_000, step('INCOMING', { number: '101', ...id('1') }));
  one.tell(2_000, step('CONNECTED', { number: '101', ...id('1') }));
  one.tell(3_000, step('HELD', { number: '101', ...id('1') }));
  one.tell(4_000, step('OUTGOING', { number: '102', ...id('2') }));
  one.tell(5_000, step('CONNECTED', { number: '102', ...id('2') }));
  one.tell(6_000, step('TRANSFER_ATTENDED', id('2')));
  one.tell(7_000, step('TRANSFER_FAILED', id('2')));
  one.tell(8_000, step('ENDED', id('1')));
  const transfer = () => one.calls.calls.find(({ vendorIds }) => vendorIds['csta_id'] === '2')?.transfer;
  expect(transfer()).toBeNull();
  one.tell(80_000, step('INCOMING', { number: '103', ...id('3') }));
  expect(transfer()).toMatchObject({ kind: 'ATTENDED', state: 'FAILED' });
});
