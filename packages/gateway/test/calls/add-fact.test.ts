import type { CallEventKind } from '@hookswitch/core';
import { expect, test } from 'vitest';
import { CallFact } from '../../src/calls/call-fact.ts';
import { ENDED_MS, PhoneCalls } from '../../src/calls/phone-calls.ts';
import { addFact, type ReducedCall, reduceCalls } from '../../src/calls/reduce-calls.ts';
import { createRandom } from '../support/random.ts';
import { range } from '../support/wait.ts';
import { step } from './facts.ts';

const next = createRandom(11);
const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(next() * items.length)] as Item;

const KINDS: readonly CallEventKind[] = [
  'INCOMING',
  'OUTGOING',
  'CONNECTED',
  'MUTED',
  'ENDED',
  'MISSED',
  'TRANSFER_BLIND',
];
const RARE_KINDS: readonly CallEventKind[] = ['HELD', 'RESUMED', 'CONFERENCED', 'SCREENING_REQUESTED', 'REMOTE_BUSY'];
/** How long after the one before it an event comes, in milliseconds; one that was overtaken comes before it. */
const PAUSES = [0, 50, 3_000, 20_000];
const RARE_PAUSES = [-5_000, 70_000];

const idsOf = (id: string): Readonly<Record<string, string>> => ({ csta_id: id });
const RARE_IDS: readonly ((id: string) => Readonly<Record<string, string>>)[] = [
  () => ({}),
  (id) => ({ 'call-id': id }),
  (id) => ({ csta_id: id, 'call-id': 'shared' }),
];

/** What a phone may tell, most of it as most phones do. @param rare how often not */
function story(rare: number): readonly CallFact[] {
  let at = 1_000_000;
  const isRare = () => next() < rare;
  return range(2 + Math.floor(next() * 10)).map((index) => {
    at += pick(isRare() ? RARE_PAUSES : PAUSES);
    const id = String(Math.floor(next() * 3));
    const vendorIds = (isRare() ? pick(RARE_IDS) : idsOf)(id);
    const others = isRare()
      ? { conferencedWith: [{ vendorIds: { csta_id: '1' }, remote: step('INCOMING').call.remote }] }
      : {};
    const event = step(pick(isRare() ? RARE_KINDS : KINDS), { number: `10${id}`, vendorIds, ...others });
    return new CallFact({ sequence: index + 1, receivedAt: at, event, inferred: isRare() });
  });
}

/** What is told, without the order in which the facts of a call are kept. */
function told(calls: readonly ReducedCall[]) {
  return calls.map(({ facts, call, alone, consultationFor, conferencedWith, inferred, name }) => ({
    facts: facts.map(({ sequence }) => sequence).sort((a, b) => a - b),
    ...{ call, alone, inferred, name },
    consultationFor: consultationFor === null ? null : calls.indexOf(consultationFor),
    conferencedWith: conferencedWith?.map((other) => calls.indexOf(other)) ?? null,
  }));
}

test.each([0, 0.02, 0.1])(
  'a fact that is added plainly tells what all of them do: %d of what comes is rare',
  (rare) => {
    let plain = 0;
    let all = 0;
    for (const _ of range(1_500)) {
      const facts = story(rare);
      for (const [index, fact] of facts.entries()) {
        const whole = reduceCalls(facts.slice(0, index + 1));
        const added = addFact(reduceCalls(facts.slice(0, index)), fact);
        all += 1;
        if (added === null) continue;
        plain += 1;
        expect(told(added.calls)).toEqual(told(whole));
        expect(added.call).toBe(added.calls.find((one) => one.facts.includes(fact)));
      }
    }
    expect(plain / all).toBeGreaterThan(rare === 0 ? 0.6 : 0.15);
  },
);

test.each([0, 0.02, 0.1])(
  'the calls of a phone are what all of its facts tell, and a change is told once: %d is rare',
  (rare) => {
    for (const _ of range(1_500)) {
      const facts = story(rare);
      const times = facts.map(({ receivedAt }) => receivedAt);
      // In a longer one calls are forgotten.
      if (Math.max(...times) - Math.min(...times) > ENDED_MS) continue;
      const phone = new PhoneCalls('phone');
      const picture = new Map<string, unknown>();
      const owners = new Map<number, string>();
      for (const [index, fact] of facts.entries()) {
        const change = phone.apply(fact);
        for (const call of change.calls) picture.set(call.id, call);
        for (const { sequence, callId } of change.owners) owners.set(sequence, callId);
        const whole = reduceCalls(facts.slice(0, index + 1));
        expect(
          phone.calls.map(({ id, phoneId, consultationForId, conferencedWithIds, inferred, ...call }) => call),
        ).toEqual(whole.map(({ call }) => call));
        expect(phone.calls.map(({ inferred }) => inferred)).toEqual(whole.map(({ inferred }) => inferred));
        for (const call of phone.calls) expect(picture.get(call.id)).toEqual(call);
        for (const [place, { facts: its }] of whole.entries())
          for (const { sequence } of its) expect(owners.get(sequence)).toBe(phone.calls[place]?.id);
      }
    }
  },
);

test.each([0, 0.1, 0.4])('what a phone tells and drops leaves the calls that it has: %d is rare', (rare) => {
  let dropped = 0;
  for (const _ of range(600)) {
    const phone = new PhoneCalls('phone', 8);
    const picture = new Map<string, unknown>();
    for (const fact of story(rare)) {
      const change = phone.apply(fact);
      for (const call of change.calls) picture.set(call.id, call);
      for (const id of change.dropped) picture.delete(id);
      dropped += change.dropped.length;
      expect([...picture.values()]).toEqual(expect.arrayContaining([...phone.calls]));
      expect(picture.size).toBe(phone.calls.length);
      expect(phone.active).toEqual(phone.calls.filter(({ state }) => state !== 'ENDED'));
    }
  }
  expect(dropped).toBeGreaterThan(0);
});
