import type { CallEvent } from '@hookswitch/core';
import { expect, test } from 'vitest';
import { correlate, LATE_EVENT_MS } from '../../src/calls/correlate.ts';
import type { Call } from '../../src/model.ts';
import { call } from '../store/samples.ts';
import { step } from './facts.ts';

const NOW = 100_000;
const party = (number: string): Call['remote'] => ({ number, uri: null, displayName: null });

const ringing = call('ringing', { remote: party('101'), vendorIds: { id: '1' } });
const talking = call('talking', {
  remote: party('102'),
  vendorIds: { id: '2' },
  state: 'CONNECTED',
  direction: 'OUTGOING',
});
const nameless = call('nameless', { remote: party('103'), vendorIds: {} });
const unbegun = call('unbegun', { remote: party('104'), vendorIds: {}, direction: null, state: 'CONNECTED' });
const over = call('over', { remote: party('105'), vendorIds: { id: '5' }, state: 'ENDED', endedAt: NOW - 1_000 });
const longOver = call('long over', {
  remote: party('106'),
  vendorIds: { id: '6' },
  state: 'ENDED',
  endedAt: NOW - LATE_EVENT_MS - 1,
});
const all = [ringing, talking, nameless, unbegun, over, longOver];

test.each<[string, readonly Call[], CallEvent, string | null]>([
  ['by id', all, step('CONNECTED', { vendorIds: { id: '2' } }), 'talking'],
  ['by id, even where the number is another', all, step('HELD', { vendorIds: { id: '1' }, number: '102' }), 'ringing'],
  [
    'the newest of that id',
    [ringing, { ...talking, vendorIds: { id: '1' } }],
    step('ENDED', { vendorIds: { id: '1' } }),
    'talking',
  ],
  ['by number', all, step('CONNECTED', { number: '102' }), 'talking'],
  ['not by number where the ids contradict', all, step('CONNECTED', { number: '102', vendorIds: { id: '9' } }), 'new'],
  [
    'by number where they speak of different ids',
    all,
    step('CONNECTED', { number: '102', vendorIds: { other: '9' } }),
    'talking',
  ],
  ['the only call, by default', [talking], step('HELD'), 'talking'],
  ['one of several: nobody can tell', all, step('HELD'), null],
  ['nobody’s', [], step('HELD'), null],
  ['an empty id is none', [talking], step('HELD', { vendorIds: { id: '' } }), 'talking'],
  ['a beginning is a new call', all, step('INCOMING', { number: '107', vendorIds: { id: '7' } }), 'new'],
  ['from the same number, with another id', all, step('INCOMING', { number: '101', vendorIds: { id: '7' } }), 'new'],
  ['from one who is talked to', all, step('INCOMING', { number: '102' }), 'new'],
  ['told twice, without ids', all, step('INCOMING', { number: '103' }), 'nameless'],
  ['told late', all, step('INCOMING', { number: '104' }), 'unbegun'],
  ['a connection that nobody knows of', all, step('CONNECTED', { number: '107' }), 'new'],
  ['of a call that is just over', all, step('MISSED', { vendorIds: { id: '5' } }), 'over'],
  ['an end by number of a call that is just over', all, step('MISSED', { number: '105' }), 'over'],
  ['of one that is long over', all, step('MISSED', { vendorIds: { id: '6' } }), 'new'],
  ['a question is no call', all, step('SCREENING_REQUESTED', { vendorIds: { id: '1' } }), null],
])('%s', (...[, calls, event, expected]) => {
  const found = correlate(calls, event, NOW);
  expect(typeof found === 'object' ? (found?.id ?? null) : found).toBe(expected);
});
