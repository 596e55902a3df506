import type { CallEvent } from '@hookswitch/core';
import { expect, test } from 'vitest';
import { CallFact } from '../../src/calls/call-fact.ts';
import { reduceCalls } from '../../src/calls/reduce-calls.ts';
import { step } from './facts.ts';
import { permutations } from './permutations.ts';

const local = (number: string) => ({ number, uri: null, displayName: null });
const id = (csta_id: string) => ({ vendorIds: { csta_id } });

/** Steps as they come: one every 100 ms, or at the time that stands before them. */
function arrive(steps: readonly (CallEvent | number)[]): readonly CallFact[] {
  const facts: CallFact[] = [];
  let at = 0;
  for (const one of steps) {
    if (typeof one === 'number') at = one;
    else facts.push(new CallFact({ sequence: facts.length + 1, receivedAt: at, event: one, inferred: false }));
    if (typeof one !== 'number') at += 100;
  }
  return facts;
}

/** What is told of each call; times and order of no account. */
function told(facts: readonly CallFact[]): readonly string[] {
  return reduceCalls(facts)
    .map(({ call, consultationFor }) => {
      const { direction, state, endReason, remote, local: line } = call;
      const parts = [direction, remote.number, line.number, state, endReason, consultationFor?.call.remote.number];
      return parts.filter((part) => part !== null && part !== undefined).join(' ');
    })
    .sort();
}

const STORIES: readonly [string, readonly CallEvent[], readonly string[]][] = [
  [
    'one call, by its identifier alone',
    [
      step('INCOMING', { number: '101', ...id('1') }),
      step('CONNECTED', id('1')),
      step('HELD', id('1')),
      step('ENDED', id('1')),
    ],
    ['INCOMING 101 ENDED COMPLETED'],
  ],
  [
    'two calls of one party at once, by their identifiers',
    [
      step('INCOMING', { number: '101', ...id('1') }),
      step('INCOMING', { number: '101', ...id('2') }),
      step('CONNECTED', { number: '101', ...id('2') }),
      step('MISSED', { number: '101', ...id('1') }),
    ],
    ['INCOMING 101 CONNECTED', 'INCOMING 101 ENDED MISSED'],
  ],
  [
    'identifiers of two kinds that one event joins',
    [
      step('INCOMING', { number: '101', ...id('1') }),
      step('CONNECTED', { vendorIds: { csta_id: '1', 'call-id': 'abc' } }),
      step('ENDED', { vendorIds: { 'call-id': 'abc' } }),
    ],
    ['INCOMING 101 ENDED COMPLETED'],
  ],
  [
    'two calls that share the identifier that their phone names second',
    [
      step('INCOMING', { number: '101', vendorIds: { csta_id: '1', 'call-id': 'abc' } }),
      step('CONNECTED', { vendorIds: { csta_id: '1', 'call-id': 'abc' } }),
      step('INCOMING', { number: '101', vendorIds: { csta_id: '2', 'call-id': 'abc' } }),
      step('ENDED', { vendorIds: { csta_id: '1', 'call-id': 'abc' } }),
    ],
    ['INCOMING 101 ENDED COMPLETED', 'INCOMING 101 RINGING'],
  ],
  [
    'identifiers of two kinds that nothing joins: the party does',
    [
      step('INCOMING', { number: '101', ...id('1') }),
      step('CONNECTED', { number: '101', vendorIds: { 'call-id': 'abc' } }),
      step('INCOMING', { number: '102', ...id('2') }),
    ],
    ['INCOMING 101 CONNECTED', 'INCOMING 102 RINGING'],
  ],
  [
    'no identifiers: by party',
    [
      step('INCOMING', { number: '101' }),
      step('OUTGOING', { number: '102' }),
      step('CONNECTED', { number: '101' }),
      step('REMOTE_BUSY', { number: '102' }),
      step('ENDED', { number: '102' }),
    ],
    ['INCOMING 101 CONNECTED', 'OUTGOING 102 ENDED REMOTE_BUSY'],
  ],
  [
    'no identifiers: by line',
    [
      step('INCOMING', { number: '101', local: local('201') }),
      step('INCOMING', { number: '101', local: local('202') }),
      step('CONNECTED', { number: '101', local: local('202') }),
      step('MISSED', { number: '101', local: local('201') }),
    ],
    ['INCOMING 101 201 ENDED MISSED', 'INCOMING 101 202 CONNECTED'],
  ],
  [
    'an event without identifier in a call with one',
    [step('INCOMING', { number: '101', ...id('1') }), step('CONNECTED', { number: '101' }), step('ENDED', id('1'))],
    ['INCOMING 101 ENDED COMPLETED'],
  ],
  [
    'an event that tells nothing is about the only call',
    [step('OUTGOING', { number: '101' }), step('CONNECTED'), step('ENDED')],
    ['OUTGOING 101 ENDED COMPLETED'],
  ],
  [
    'one of several: nobody can tell',
    [step('INCOMING', { number: '101' }), step('INCOMING', { number: '102' }), step('CONNECTED')],
    ['INCOMING 101 RINGING', 'INCOMING 102 RINGING'],
  ],
  ['nobody’s', [step('HELD'), step('CONNECTED')], []],
  ['a beginning without a party', [step('INCOMING'), step('CONNECTED')], ['INCOMING CONNECTED']],
  [
    'an empty identifier is none',
    [step('INCOMING', { number: '101', ...id('') }), step('CONNECTED', id(''))],
    ['INCOMING 101 CONNECTED'],
  ],
  ['a question is no call', [step('SCREENING_REQUESTED', { number: '101', ...id('1') })], []],
  [
    'a second call while the first is held, which was placed on its behalf',
    [
      step('INCOMING', { number: '101', ...id('1') }),
      step('CONNECTED', id('1')),
      step('HELD', id('1')),
      step('OUTGOING', { number: '102', ...id('2') }),
      step('CONNECTED', id('2')),
    ],
    ['INCOMING 101 HELD', 'OUTGOING 102 CONNECTED 101'],
  ],
  [
    'handed over: the other side is somebody else from then on',
    [
      step('INCOMING', { remote: { number: '101', uri: null, displayName: 'Ann' }, ...id('1') }),
      step('CONNECTED', { number: '101', ...id('1') }),
      step('TRANSFER_RECEIVED', { number: '103', ...id('1') }),
    ],
    ['INCOMING 103 CONNECTED'],
  ],
];

test.each(STORIES)('%s, in every order and with every event twice', (_title, steps, expected) => {
  for (const order of permutations(steps)) {
    expect(told(arrive(order))).toEqual(expected);
    expect(told(arrive([...order, ...order]))).toEqual(expected);
  }
});

test.each<[string, readonly (CallEvent | number)[], readonly string[]]>([
  [
    'the same party again, without identifiers, a minute later',
    [
      step('INCOMING', { number: '101' }),
      step('CONNECTED', { number: '101' }),
      step('ENDED', { number: '101' }),
      60_000,
      step('INCOMING', { number: '101' }),
    ],
    ['INCOMING 101 ENDED COMPLETED', 'INCOMING 101 RINGING'],
  ],
  [
    'without identifiers, an earlier call of the party that another call has come to have',
    [
      step('OUTGOING', { number: '102' }),
      step('REMOTE_BUSY', { number: '102' }),
      15_000,
      step('INCOMING', { number: '106' }),
      step('CONNECTED', { number: '106' }),
      41_000,
      step('HELD', { number: '102' }),
      step('ENDED', { number: '102' }),
    ],
    ['INCOMING 106 ENDED COMPLETED', 'OUTGOING 102 ENDED REMOTE_BUSY'],
  ],
  [
    'an identifier that is used again after a restart',
    [
      step('INCOMING', { number: '101', ...id('1') }),
      step('ENDED', id('1')),
      120_000,
      step('OUTGOING', { number: '102', ...id('1') }),
    ],
    ['INCOMING 101 ENDED', 'OUTGOING 102 DIALING'],
  ],
  [
    'an end that comes long after',
    [step('INCOMING', { number: '101', ...id('1') }), 900_000, step('ENDED', { number: '101', ...id('1') })],
    ['INCOMING 101 ENDED'],
  ],
  [
    'without identifiers, the same party again at once',
    [
      step('INCOMING', { number: '101' }),
      5_000,
      step('MISSED', { number: '101' }),
      9_000,
      step('INCOMING', { number: '101' }),
      12_000,
      step('CONNECTED', { number: '101' }),
    ],
    ['INCOMING 101 CONNECTED', 'INCOMING 101 ENDED MISSED'],
  ],
  [
    'without identifiers, the same party again, whose call is answered before its beginning comes',
    [
      step('OUTGOING', { number: '101' }),
      5_000,
      step('REMOTE_BUSY', { number: '101' }),
      10_000,
      step('CONNECTED', { number: '101' }),
      11_000,
      step('OUTGOING', { number: '101' }),
    ],
    ['OUTGOING 101 CONNECTED', 'OUTGOING 101 ENDED REMOTE_BUSY'],
  ],
  [
    'without identifiers, the same party again, though no end was told',
    [
      step('INCOMING', { number: '101' }),
      30_000,
      step('INCOMING', { number: '101' }),
      step('CONNECTED', { number: '101' }),
    ],
    ['INCOMING 101 CONNECTED', 'INCOMING 101 RINGING'],
  ],
  [
    'without identifiers, called back at once: what tells no direction is about the call of its time',
    [
      step('OUTGOING', { number: '101' }),
      8_000,
      step('CONNECTED', { number: '101' }),
      12_000,
      step('ENDED', { number: '101' }),
      20_000,
      step('INCOMING', { number: '101' }),
    ],
    ['INCOMING 101 RINGING', 'OUTGOING 101 ENDED COMPLETED'],
  ],
  [
    'without identifiers, the party of the only call changes',
    [
      step('INCOMING', { number: '101' }),
      step('CONNECTED', { number: '101' }),
      30_000,
      step('HELD', { number: '103' }),
      60_000,
      step('ENDED', { number: '103' }),
    ],
    ['INCOMING 101 ENDED COMPLETED'],
  ],
  [
    'without identifiers, a call whose beginning was lost, beside one that goes on',
    [
      step('INCOMING', { number: '101' }),
      30_000,
      step('CONNECTED', { number: '103' }),
      60_000,
      step('ENDED', { number: '103' }),
      90_000,
      step('CONNECTED', { number: '101' }),
    ],
    ['103 ENDED COMPLETED', 'INCOMING 101 CONNECTED'],
  ],
  [
    'without identifiers, the party of one of two calls changes: nobody can tell of which',
    [
      step('INCOMING', { number: '101' }),
      step('OUTGOING', { number: '102' }),
      30_000,
      step('CONNECTED', { number: '103' }),
    ],
    ['INCOMING 101 RINGING', 'OUTGOING 102 DIALING'],
  ],
])('%s', (_title, steps, expected) => {
  expect(told(arrive(steps))).toEqual(expected);
});

test('what the gateway ends by itself without identifiers is the oldest call of the party', () => {
  const steps = arrive([
    step('INCOMING', { number: '101' }),
    30_000,
    step('INCOMING', { number: '101' }),
    step('CONNECTED', { number: '101' }),
    40_000,
    step('ENDED', { number: '101' }),
  ]).map((fact) => new CallFact({ ...fact, inferred: fact.receivedAt === 40_000 }));
  expect(told(steps)).toEqual(['INCOMING 101 CONNECTED', 'INCOMING 101 ENDED']);
});
