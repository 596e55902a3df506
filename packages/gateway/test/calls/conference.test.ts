import type { CallEvent, JoinedCall } from '@hookswitch/core';
import { UNKNOWN_PARTY } from '@hookswitch/core';
import { describe, expect, test } from 'vitest';
import { CallFact } from '../../src/calls/call-fact.ts';
import { conferencedEvents } from '../../src/calls/conference.ts';
import { PhoneCalls } from '../../src/calls/phone-calls.ts';
import { reduceCalls } from '../../src/calls/reduce-calls.ts';
import type { Call } from '../../src/model.ts';
import { step } from './facts.ts';
import { permutations } from './permutations.ts';

const named = (id: string, number: string) => ({ vendorIds: { id }, number });
const byId = (id: string): JoinedCall => ({ vendorIds: { id }, remote: UNKNOWN_PARTY });
const byParty = (number: string): JoinedCall => ({ vendorIds: {}, remote: { ...UNKNOWN_PARTY, number } });

const TWO: readonly CallEvent[] = [
  step('INCOMING', named('1', '101')),
  step('CONNECTED', named('1', '101')),
  step('OUTGOING', named('2', '102')),
  step('CONNECTED', named('2', '102')),
];

function factsOf(events: readonly CallEvent[], from = 0): readonly CallFact[] {
  return events.map((event, index) => {
    const sequence = from + index + 1;
    return new CallFact({ sequence, receivedAt: sequence * 100, event, inferred: false });
  });
}

/** Each call's party, and those of the calls that it was joined with. */
function picture(facts: readonly CallFact[]): readonly string[] {
  return reduceCalls(facts)
    .map(({ call, conferencedWith }) => {
      const others = conferencedWith?.map((other) => other.call.remote.number).sort();
      return `${call.remote.number}: ${others?.join(' ') ?? '-'}`;
    })
    .sort();
}

describe('calls that an event tells to be joined', () => {
  test('name each other, in whichever order the events come', () => {
    const events = [...TWO, step('CONFERENCED', { vendorIds: { id: '1' }, conferencedWith: [byId('2')] })];
    for (const order of permutations(events)) expect(picture(factsOf(order))).toEqual(['101: 102', '102: 101']);
  });

  test('are told by party where they have no identifiers', () => {
    const events = TWO.map((event) => ({ ...event, call: { ...event.call, vendorIds: {} } }));
    const joined = step('CONFERENCED', { number: '101', conferencedWith: [byParty('102')] });
    expect(picture(factsOf([...events, joined]))).toEqual(['101: 102', '102: 101']);
  });

  test('are all that there are at the time: a party that calls again is not joined', () => {
    const [first, second] = [named('1', '101'), named('2', '102')];
    const facts = [
      ...factsOf([step('OUTGOING', named('0', '102')), step('ENDED', named('0', '102'))]),
      ...factsOf([step('INCOMING', first), step('OUTGOING', second)], 100),
      ...factsOf([step('CONFERENCED', { ...first, conferencedWith: [byParty('102')] })], 200),
    ];
    const [old, one, two] = reduceCalls(facts);
    expect(old?.conferencedWith).toBeNull();
    expect(one?.conferencedWith).toEqual([two]);
  });

  test('may be more than two, and what is none of the phone joins nothing', () => {
    const events = [...TWO, step('INCOMING', named('3', '103')), step('CONNECTED', named('3', '103'))];
    const joined = step('CONFERENCED', { vendorIds: { id: '3' }, conferencedWith: [byId('1'), byId('2'), byId('9')] });
    expect(picture(factsOf([...events, joined]))).toEqual(['101: 103', '102: 103', '103: 101 102']);
  });
});

test('what the gateway takes down of its own conference says so of each of its calls', () => {
  const phone = new PhoneCalls('phone');
  for (const fact of factsOf(TWO)) phone.apply(fact);
  const [one, two] = phone.calls;
  for (const fact of factsOf(conferencedEvents(phone.calls), 10))
    phone.apply(new CallFact({ ...fact, inferred: true }));
  expect(phone.calls.map(({ conferencedWithIds }) => conferencedWithIds)).toEqual([[two?.id], [one?.id]]);
  expect(conferencedEvents(one === undefined ? [] : [one])).toEqual([]);
});

test('a call that is long over stays one that another was joined with', () => {
  const phone = new PhoneCalls('phone');
  const ever = new Map<string, Call>();
  const take = (facts: readonly CallFact[]): void => {
    for (const fact of facts) for (const call of phone.apply(fact).calls) ever.set(call.id, call);
  };
  take(factsOf(TWO));
  take(factsOf(conferencedEvents(phone.calls), 10));
  const [first, second] = phone.calls;
  take(factsOf([step('ENDED', named('2', '102'))], 20));
  // It is forgotten by then.
  take(factsOf([step('ENDED', named('1', '101'))], 10_000));
  expect(phone.calls.map(({ id }) => id)).toEqual([first?.id]);
  expect(ever.get(first?.id ?? '')?.conferencedWithIds).toEqual([second?.id]);
});
