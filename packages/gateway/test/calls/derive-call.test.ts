import { describe, expect, test } from 'vitest';
import { type CallFact, deriveCall } from '../../src/calls/derive-call.ts';
import { facts } from './facts.ts';

describe('a call, by its events', () => {
  test.each([
    ['rings', facts('INCOMING'), { state: 'RINGING', direction: 'INCOMING', answeredAt: null, endedAt: null }],
    ['is dialled', facts('OUTGOING'), { state: 'DIALING', direction: 'OUTGOING' }],
    ['is answered', facts('INCOMING', 'CONNECTED'), { state: 'CONNECTED', answeredAt: 2_000 }],
    ['is answered as a second call', facts('INCOMING', 'ANSWERED_WAITING'), { state: 'CONNECTED', answeredAt: 2_000 }],
    ['is held', facts('OUTGOING', 'CONNECTED', 'HELD'), { state: 'HELD' }],
    ['is resumed', facts('OUTGOING', 'CONNECTED', 'HELD', 'RESUMED'), { state: 'CONNECTED' }],
    [
      'is held by the other end',
      facts('OUTGOING', 'CONNECTED', 'REMOTE_HELD'),
      { state: 'CONNECTED', heldByRemote: true },
    ],
    ['is muted', facts('OUTGOING', 'CONNECTED', 'MUTED'), { muted: true }],
    ['is not muted any more', facts('OUTGOING', 'CONNECTED', 'MUTED', 'UNMUTED'), { muted: false }],
    [
      'was talked through',
      facts('INCOMING', 'CONNECTED', 'ENDED'),
      { state: 'ENDED', endedAt: 3_000, endReason: 'COMPLETED' },
    ],
    ['ends unanswered, told only as an end', facts('INCOMING', 'ENDED'), { endReason: 'MISSED' }],
    ['is given up by its caller', facts('INCOMING', 'REMOTE_CANCELED'), { state: 'ENDED', endReason: 'MISSED' }],
    ['is missed, told twice', facts('INCOMING', 'REMOTE_CANCELED', 'MISSED'), { endedAt: 2_000, endReason: 'MISSED' }],
    ['is rejected', facts('INCOMING', 'REJECTED', 'ENDED'), { endedAt: 2_000, endReason: 'REJECTED' }],
    ['is forwarded', facts('INCOMING', 'FORWARDED'), { endReason: 'FORWARDED' }],
    ['is given up here', facts('OUTGOING', 'CANCELED'), { endReason: 'CANCELED' }],
    ['is given up here, told only as an end', facts('OUTGOING', 'ENDED'), { endReason: 'CANCELED' }],
    ['is found busy', facts('OUTGOING', 'REMOTE_BUSY'), { endReason: 'REMOTE_BUSY' }],
    [
      'is transferred',
      facts('INCOMING', 'CONNECTED', ['TRANSFER_BLIND', { target: '202' }], 'ENDED'),
      { endReason: 'TRANSFERRED' },
    ],
    [
      'fails to be transferred',
      facts('INCOMING', 'CONNECTED', 'TRANSFER_BLIND', 'TRANSFER_FAILED', 'ENDED'),
      { endReason: 'COMPLETED' },
    ],
    ['ends, and nobody told its direction', facts('ENDED'), { state: 'ENDED', direction: null, endReason: null }],
  ] as const)('%s', (_what, events, expected) => {
    expect(deriveCall(events)).toMatchObject(expected);
  });

  test('its transfer keeps kind and target while it goes on', () => {
    const call = deriveCall(
      facts('INCOMING', 'CONNECTED', ['TRANSFER_BLIND', { target: 'sip:202@pbx' }], 'TRANSFER_FINISHED'),
    );
    expect(call.transfer).toEqual({
      kind: 'BLIND',
      state: 'FINISHED',
      target: { number: '202', uri: 'sip:202@pbx', displayName: null },
    });
  });

  test('an end that the gateway noticed by itself is inferred and has no reason', () => {
    const call = deriveCall(facts('INCOMING', 'CONNECTED', ['ENDED', { inferred: true }]));
    expect(call).toMatchObject({ state: 'ENDED', endInferred: true, endReason: null, endedAt: 3_000 });
  });

  test("the phone's own end counts even where it comes after the inferred one", () => {
    const call = deriveCall(facts('INCOMING', 'CONNECTED', ['ENDED', { inferred: true }], 'ENDED'));
    expect(call).toMatchObject({ endInferred: false, endReason: 'COMPLETED', endedAt: 4_000 });
  });

  test('a party is put together from what each event tells', () => {
    const call = deriveCall(
      facts(['INCOMING', { remote: '202' }], ['CONNECTED', { remote: '"Elif" <sip:202@pbx.example>' }]),
    );
    expect(call.remote).toEqual({ number: '202', uri: 'sip:202@pbx.example', displayName: 'Elif' });
  });

  test('ids of all events are kept', () => {
    const call = deriveCall(
      facts(['INCOMING', { ids: { csta_id: '-18' } }], ['CONNECTED', { ids: { 'call-id': 'a@b' } }]),
    );
    expect(call.vendorIds).toEqual({ csta_id: '-18', 'call-id': 'a@b' });
  });
});

describe('every order and duplication of the same events', () => {
  test.each([
    ['talked through', facts('INCOMING', 'CONNECTED', 'HELD', 'RESUMED', 'ENDED')],
    ['rejected', facts('INCOMING', 'REJECTED', 'ENDED')],
    ['transferred', facts('OUTGOING', 'CONNECTED', 'HELD', ['TRANSFER_ATTENDED', { target: '203' }], 'ENDED')],
    ['muted', facts('INCOMING', 'CONNECTED', 'MUTED', 'UNMUTED', 'MUTED')],
  ] as const)('%s', (_what, events) => {
    const expected = deriveCall(events);
    const orders = permutations(events);
    expect(orders).toHaveLength(120 / (events.length === 3 ? 20 : 1));
    for (const order of orders) {
      expect(deriveCall(order)).toEqual(expected);
      expect(deriveCall([...order, order[0]])).toEqual(expected);
    }
  });
});

function permutations(all: readonly CallFact[]): readonly [CallFact, ...CallFact[]][] {
  return all.flatMap((fact, index) => {
    const rest = all.toSpliced(index, 1);
    return rest.length === 0
      ? [[fact]]
      : permutations(rest).map((order): [CallFact, ...CallFact[]] => [fact, ...order]);
  });
}
