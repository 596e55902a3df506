import type { CallEvent } from '@hookswitch/core';
import { describe, expect, test } from 'vitest';
import { CallFact } from '../../src/calls/call-fact.ts';
import { PhoneCalls } from '../../src/calls/phone-calls.ts';
import { reduceCalls } from '../../src/calls/reduce-calls.ts';
import type { Call } from '../../src/model.ts';
import { step } from './facts.ts';
import { permutations } from './permutations.ts';

type Told = readonly [second: number, kind: CallEvent['callEventKind'], number: string];

const A_CALL: readonly Told[] = [
  [0, 'INCOMING', '101'],
  [5, 'CONNECTED', '101'],
  [30, 'ENDED', '101'],
];

function factsOf(told: readonly Told[], idOf: (told: Told) => string | null = () => null): readonly CallFact[] {
  return told.map((one, index) => {
    const [second, kind, number] = one;
    const id = idOf(one);
    const event = step(kind, { number, ...(id === null ? {} : { vendorIds: { id } }) });
    return new CallFact({ sequence: index + 1, receivedAt: second * 1_000, event, inferred: false });
  });
}

/** Each call's party, and whether the facts leave open what it is about. */
function picture(facts: readonly CallFact[]): readonly string[] {
  return reduceCalls(facts).map(({ call, inferred }) => `${call.remote.number}${inferred ? '?' : ''}`);
}

describe('what the facts decide is not marked', () => {
  test.each<[string, readonly Told[], readonly string[]]>([
    ['a call', A_CALL, ['101']],
    ['a call of which the beginning was lost', A_CALL.slice(1), ['101']],
    ['a call of which the end was lost', A_CALL.slice(0, 2), ['101']],
    ['doubles', [...A_CALL, [1.5, 'INCOMING', '101'], [31.9, 'ENDED', '101']], ['101']],
    [
      'two calls with one party, one after the other',
      [...A_CALL, [34, 'OUTGOING', '101'], [40, 'CONNECTED', '101'], [50, 'ENDED', '101']],
      ['101', '101'],
    ],
    [
      'two calls with two parties at once',
      [...A_CALL, [7, 'HELD', '101'], [8, 'OUTGOING', '102'], [9, 'CONNECTED', '102'], [20, 'ENDED', '102']],
      ['101', '102'],
    ],
    [
      'a call that changed its party, alone',
      [...A_CALL.slice(0, 2), [20, 'REMOTE_HELD', '102'], [40, 'ENDED', '102']],
      ['101'],
    ],
  ])('%s', (_situation, told, expected) => {
    for (const facts of permutations(factsOf(told))) expect(picture(facts)).toEqual(expected);
  });
});

describe('what they leave open is marked', () => {
  test.each<[string, readonly Told[], readonly string[]]>([
    [
      'one end of two calls with one party',
      [...A_CALL.slice(0, 2), [40, 'INCOMING', '101'], [45, 'CONNECTED', '101'], [50, 'ENDED', '101']],
      ['101?', '101?'],
    ],
    [
      'an answer between two calls with one party',
      [
        [0, 'INCOMING', '101'],
        [10, 'MISSED', '101'],
        [12.5, 'INCOMING', '101'],
        [11.5, 'CONNECTED', '101'],
        [20, 'ENDED', '101'],
      ],
      ['101?', '101?'],
    ],
    [
      'two calls with one party at once',
      [
        [0, 'OUTGOING', '101'],
        [1, 'INCOMING', '101'],
        [4, 'CONNECTED', '101'],
        [9, 'ENDED', '101'],
      ],
      ['101?', '101?'],
    ],
    [
      'one that is answered twice: the end of one and the beginning of another were lost',
      [...A_CALL.slice(0, 2), [25, 'CONNECTED', '101'], [30, 'ENDED', '101']],
      ['101?'],
    ],
    [
      'one that two parties answer: the beginning of one call and the end of another were lost',
      [...A_CALL.slice(0, 2), [6, 'CONNECTED', '102'], [12, 'ENDED', '102']],
      ['101?'],
    ],
    [
      'an end that a call may have got that has the same party by now: a rejected one may tell none',
      [
        [0, 'INCOMING', '102'],
        [70, 'OUTGOING', '101'],
        [76, 'CONNECTED', '101'],
        [90, 'ENDED', '102'],
      ],
      ['102?', '101?'],
    ],
    ['one that goes on after its end', [...A_CALL, [36, 'CONNECTED', '101'], [40, 'ENDED', '101']], ['101?']],
    [
      'a party that either of two calls may have got',
      [...A_CALL.slice(0, 2), [3, 'INCOMING', '102'], [20, 'ENDED', '103']],
      ['101?', '102?'],
    ],
    ['a new party while the call goes on', [...A_CALL.slice(0, 2), [20, 'CONNECTED', '102']], ['101?']],
    [
      'a new party of a call that only rang: it may have ended silently',
      [
        [0, 'INCOMING', '101'],
        [20, 'CONNECTED', '102'],
        [30, 'ENDED', '102'],
      ],
      ['101?'],
    ],
  ])('%s', (_situation, told, expected) => {
    for (const facts of permutations(factsOf(told))) expect(picture(facts)).toEqual(expected);
  });
});

test('an end may be that of a call that the gateway closed later, unless that one was heard of since', () => {
  const told: readonly Told[] = [
    [0, 'INCOMING', '102'],
    [5, 'CONNECTED', '102'],
    [70, 'OUTGOING', '101'],
    [76, 'CONNECTED', '101'],
    [90, 'ENDED', '102'],
  ];
  const closed = (from: readonly Told[]): readonly CallFact[] => {
    const facts = factsOf([...from, [120, 'ENDED', '101']]);
    return facts.map((fact, index) => new CallFact({ ...fact, inferred: index === facts.length - 1 }));
  };
  expect(picture(factsOf(told))).toEqual(['102', '101']);
  expect(picture(closed(told))).toEqual(['102?', '101?']);
  expect(picture(closed([...told, [100, 'HELD', '101']]))).toEqual(['102', '101']);
});

test('an identifier decides', () => {
  const told: readonly Told[] = [
    ...A_CALL.slice(0, 2),
    [40, 'INCOMING', '101'],
    [45, 'CONNECTED', '101'],
    [50, 'ENDED', '101'],
  ];
  expect(picture(factsOf(told, ([second]) => (second < 40 ? 'a' : 'b')))).toEqual(['101', '101']);
});

test('so does the line', () => {
  const facts = factsOf([...A_CALL, [1, 'INCOMING', '101'], [9, 'MISSED', '101']]).map((fact, index) => {
    const local = { number: index < 3 ? '11' : '12', uri: null, displayName: null };
    return new CallFact({ ...fact, event: { ...fact.event, call: { ...fact.event.call, local } } });
  });
  expect(picture(facts)).toEqual(['101', '101']);
});

test('the mark stays when the other call is forgotten', () => {
  const phone = new PhoneCalls('phone');
  const known = new Map<string, Call>();
  const told: readonly Told[] = [
    [0, 'INCOMING', '101'],
    [10, 'MISSED', '101'],
    [12.5, 'INCOMING', '101'],
    [13, 'CONNECTED', '101'],
    [90, 'HELD', '101'],
    [100, 'ENDED', '101'],
  ];
  const early: Told = [11.5, 'CONNECTED', '101'];
  for (const fact of factsOf([...told.slice(0, 2), early, ...told.slice(2)]))
    for (const call of phone.apply(fact).calls) known.set(call.id, call);
  expect(phone.calls).toMatchObject([{ remote: { number: '101' }, endReason: 'COMPLETED', inferred: true }]);
  expect([...known.values()].map(({ inferred }) => inferred)).toEqual([true, true]);
});
