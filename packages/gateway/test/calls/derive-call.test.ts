import type { CallEndReason, CallEventKind, CallState } from '@hookswitch/core';
import { expect, test } from 'vitest';
import { CallFact } from '../../src/calls/call-fact.ts';
import { deriveCall } from '../../src/calls/derive-call.ts';
import { facts, step } from './facts.ts';
import { permutations } from './permutations.ts';

test.each<[readonly CallEventKind[], CallState, CallEndReason | null]>([
  [['INCOMING'], 'RINGING', null],
  [['OUTGOING'], 'DIALING', null],
  [['INCOMING', 'CONNECTED'], 'CONNECTED', null],
  [['INCOMING', 'CONNECTED', 'HELD'], 'HELD', null],
  [['INCOMING', 'CONNECTED', 'HELD', 'RESUMED'], 'CONNECTED', null],
  [['INCOMING', 'CONNECTED', 'HELD', 'RESUMED', 'HELD'], 'HELD', null],
  [['INCOMING', 'CONNECTED', 'ENDED'], 'ENDED', 'COMPLETED'],
  // Given up by the caller or declined here: the phone does not say.
  [['INCOMING', 'ENDED'], 'ENDED', null],
  [['INCOMING', 'MISSED'], 'ENDED', 'MISSED'],
  [['INCOMING', 'MISSED', 'ENDED'], 'ENDED', 'MISSED'],
  [['INCOMING', 'ENDED', 'MISSED'], 'ENDED', 'MISSED'],
  [['INCOMING', 'REMOTE_CANCELED'], 'ENDED', 'MISSED'],
  [['INCOMING', 'REJECTED', 'ENDED'], 'ENDED', 'REJECTED'],
  [['INCOMING', 'FORWARDED'], 'ENDED', 'FORWARDED'],
  [['OUTGOING', 'ENDED'], 'ENDED', null],
  [['OUTGOING', 'CANCELED'], 'ENDED', 'CANCELED'],
  [['OUTGOING', 'REMOTE_BUSY', 'ENDED'], 'ENDED', 'REMOTE_BUSY'],
  [['INCOMING', 'CONNECTED', 'TRANSFER_BLIND', 'ENDED'], 'ENDED', 'TRANSFERRED'],
  [['INCOMING', 'CONNECTED', 'TRANSFER_BLIND', 'TRANSFER_FAILED', 'ENDED'], 'ENDED', 'COMPLETED'],
  [['ENDED'], 'ENDED', null],
  // Late and out of order: an ending stays an ending, an answered call does not ring again.
  [['CONNECTED', 'INCOMING'], 'CONNECTED', null],
  [['ENDED', 'CONNECTED', 'INCOMING'], 'ENDED', 'COMPLETED'],
  [['HELD', 'INCOMING', 'CONNECTED'], 'HELD', null],
])('%j: %s, %s', (kinds, state, endReason) => {
  expect(deriveCall(facts(...kinds))).toMatchObject({ state, endReason });
});

test('what is told once stays, the beginning counts first, and a name stays with its number', () => {
  const call = deriveCall(
    facts(
      step('INCOMING', { number: '101', vendorIds: { id: '-18' } }),
      step('CONNECTED', {
        remote: { number: '101', uri: 'sip:101@pbx', displayName: 'Zoë' },
        local: { number: '200', uri: null, displayName: null },
        vendorIds: { 'call-id': 'abc' },
      }),
      step('MUTED', { remote: { number: '999', uri: 'sip:999@pbx', displayName: 'Ann' } }),
      'REMOTE_HELD',
      'REMOTE_RESUMED',
    ),
  );
  expect(call).toEqual({
    direction: 'INCOMING',
    state: 'CONNECTED',
    heldByRemote: false,
    muted: true,
    remote: { number: '101', uri: 'sip:101@pbx', displayName: 'Zoë' },
    local: { number: '200', uri: null, displayName: null },
    vendorIds: { id: '-18', 'call-id': 'abc' },
    transfer: null,
    startedAt: 1_000,
    answeredAt: 2_000,
    endedAt: null,
    endReason: null,
    endInferred: false,
  });
});

test('the last transfer, its kind and target wherever they were told', () => {
  const target = { number: '103', uri: null, displayName: null };
  const call = deriveCall(facts('CONNECTED', step('TRANSFER_ATTENDED', { target }), 'TRANSFER_FINISHED'));
  expect(call.transfer).toEqual({ kind: 'ATTENDED', state: 'FINISHED', target });
});

test('an end that the gateway inferred says so, until the phone itself says when and why', () => {
  const [ringing, end] = facts('INCOMING', 'ENDED');
  const inferred = new CallFact({ ...(end ?? ringing), inferred: true });
  expect(deriveCall([ringing, inferred])).toMatchObject({
    state: 'ENDED',
    endInferred: true,
    endReason: null,
    endedAt: 2_000,
  });
  const said = new CallFact({ ...ringing, sequence: 3, receivedAt: 9_000, event: step('REJECTED') });
  expect(deriveCall([ringing, inferred, said])).toMatchObject({
    endInferred: false,
    endReason: 'REJECTED',
    endedAt: 9_000,
  });
});

test.each<[string, [CallFact, ...CallFact[]]]>([
  ['talked through', facts(step('INCOMING', { number: '101' }), 'CONNECTED', 'HELD', 'RESUMED', 'ENDED')],
  ['rejected', facts('INCOMING', 'REJECTED', 'ENDED')],
  ['transferred', facts('OUTGOING', 'CONNECTED', 'HELD', 'TRANSFER_ATTENDED', 'ENDED')],
  ['muted', facts('INCOMING', 'CONNECTED', 'MUTED', 'UNMUTED', 'MUTED')],
])('%s: a function of the set, in every order and with every event twice', (_what, all) => {
  const expected = deriveCall(all);
  const orders = permutations(all);
  expect(orders).toHaveLength(all.length === 3 ? 6 : 120);
  for (const [first = all[0], ...rest] of orders) {
    expect(deriveCall([first, ...rest])).toEqual(expected);
    expect(deriveCall([first, ...rest, first, ...rest])).toEqual(expected);
  }
});

test.each<[readonly CallEventKind[], object]>([
  [['INCOMING', 'ANSWERED_WAITING'], { state: 'CONNECTED', answeredAt: 2_000 }],
  [['CONNECTED', 'REMOTE_HELD'], { state: 'CONNECTED', heldByRemote: true, muted: null }],
  [['CONNECTED', 'MUTED', 'UNMUTED'], { muted: false, heldByRemote: null }],
  [['INCOMING', 'REMOTE_CANCELED', 'MISSED'], { endedAt: 2_000, endReason: 'MISSED', answeredAt: null }],
])('%j: %j', (kinds, expected) => {
  expect(deriveCall(facts(...kinds))).toMatchObject(expected);
});
