import { describe, expect, test } from 'vitest';
import { correlate, LATE_EVENT_MS } from '../../src/calls/correlate.ts';
import { type CallFact, deriveCall } from '../../src/calls/derive-call.ts';
import type { Call } from '../../src/model.ts';
import { callEvent, facts } from './facts.ts';

const NOW = 20_000;

function call(id: string, events: readonly [CallFact, ...CallFact[]]): Call {
  return { id, phoneId: 'p', consultationForId: null, conferencedWithIds: null, ...deriveCall(events) };
}

const ringing = call('ringing', facts(['INCOMING', { remote: '202', ids: { call_id: '7' } }]));
const talking = call('talking', facts(['OUTGOING', { remote: '203', ids: { call_id: '8' } }], 'CONNECTED'));
const nameless = call('nameless', facts(['CONNECTED', { remote: '202' }]));
const over = call('over', facts(['INCOMING', { remote: '202', ids: { call_id: '6' } }], 'ENDED'));

function of(calls: readonly Call[], ...event: Parameters<typeof callEvent>): string | null {
  const found = correlate(calls, callEvent(...event), NOW - LATE_EVENT_MS + over.startedAt);
  return found === null || found === 'new' ? found : found.id;
}

describe('which call an event belongs to', () => {
  test('the one with the same id, whatever else it tells', () => {
    expect(of([ringing, talking], 'CONNECTED', { ids: { call_id: '7' }, remote: '999' })).toBe('ringing');
  });

  test('never one whose id is another', () => {
    expect(of([ringing], 'CONNECTED', { ids: { call_id: '9' }, remote: '202' })).toBe('new');
  });

  test('without an id the one with that party', () => {
    expect(of([ringing, talking], 'CONNECTED', { remote: '203' })).toBe('talking');
  });

  test('without id and party the only open one', () => {
    expect(of([over, talking], 'HELD')).toBe('talking');
    expect(of([ringing, talking], 'HELD')).toBeNull();
  });

  test('a beginning begins a call of its own, though the party has another', () => {
    expect(of([talking], 'OUTGOING', { remote: '203', ids: { call_id: '9' } })).toBe('new');
    expect(of([], 'INCOMING', { remote: '202' })).toBe('new');
  });

  test('a beginning that comes late joins the call that was known without it', () => {
    expect(of([nameless], 'INCOMING', { remote: '202' })).toBe('nameless');
  });

  test('a beginning that comes twice is one', () => {
    expect(of([ringing], 'INCOMING', { remote: '202', ids: { call_id: '7' } })).toBe('ringing');
  });

  test('an end that comes after the end belongs to it, for a while', () => {
    expect(of([over], 'MISSED', { remote: '202' })).toBe('over');
    const later = correlate([over], callEvent('MISSED', { remote: '202' }), (over.endedAt ?? 0) + LATE_EVENT_MS + 1);
    expect(later).toBe('new');
  });

  test('an event that tells nothing of any call belongs to none', () => {
    expect(of([], 'HELD')).toBeNull();
    expect(of([talking], 'SCREENING_REQUESTED', { remote: '203' })).toBeNull();
  });
});
