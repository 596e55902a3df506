import type { CallEventKind, CallFacts } from '@hookswitch/core';
import { expect, test } from 'vitest';
import { CallFact } from '../../src/calls/call-fact.ts';
import { PhoneCalls } from '../../src/calls/phone-calls.ts';
import { stepOf } from '../../src/events/state-steps.ts';
import { step } from '../calls/facts.ts';

type Told = readonly [CallEventKind, (Partial<CallFacts> & { readonly number?: string })?];

/** What the last one is taken for, as its phone's calls stand after the others. */
function kindAfter(before: readonly Told[], last: Told): CallEventKind | null {
  const phone = new PhoneCalls('phone');
  for (const [index, [kind, told]] of before.entries()) {
    const sequence = index + 1;
    phone.apply(new CallFact({ sequence, receivedAt: sequence * 20_000, event: step(kind, told), inferred: false }));
  }
  const open = phone.calls.filter(({ state }) => state !== 'ENDED');
  const device = { mac: null, model: null, firmware: null };
  const report = { event: step(...last), vendorEvent: 'talk', variables: [], device, tellsState: true };
  const event = stepOf(report, open);
  return event.type === 'CALL' ? event.callEventKind : null;
}

const ANNA = { number: '101' };
const BEN = { number: '102' };
const HELD: readonly Told[] = [
  ['INCOMING', ANNA],
  ['CONNECTED', ANNA],
  ['HELD', ANNA],
];

test.each([
  ['a call on hold, by its party', HELD, ['CONNECTED', ANNA], 'RESUMED'],
  ['the only call on hold, where no party is told', HELD, ['CONNECTED'], 'RESUMED'],
  ['a name that the phone leaves empty', HELD, ['CONNECTED', { ...ANNA, vendorIds: { ref: '' } }], 'RESUMED'],
  [
    'a call that the other side held',
    [...HELD.slice(0, 2), ['REMOTE_HELD', ANNA]],
    ['CONNECTED', ANNA],
    'REMOTE_RESUMED',
  ],
  ['another party', [...HELD, ['OUTGOING', BEN]], ['CONNECTED', BEN], 'CONNECTED'],
  ['the one on hold, while another rings', [...HELD, ['INCOMING', BEN]], ['CONNECTED', ANNA], 'RESUMED'],
  ['nobody, while another rings', [...HELD, ['INCOMING', BEN]], ['CONNECTED'], 'CONNECTED'],
  ['nobody, with two on hold', [...HELD, ['OUTGOING', BEN], ['HELD', BEN]], ['CONNECTED'], 'CONNECTED'],
  ['a call that is not on hold', HELD.slice(0, 2), ['CONNECTED', ANNA], 'CONNECTED'],
  ['a call with a name that is none of these', HELD, ['CONNECTED', { ...ANNA, vendorIds: { ref: 'a1' } }], 'CONNECTED'],
] satisfies readonly (readonly [string, readonly Told[], Told, CallEventKind])[])(
  'CONNECTED of a phone that tells states and does not name its calls: %s',
  (...[, before, last, kind]) => {
    expect(kindAfter(before, last)).toBe(kind);
  },
);
