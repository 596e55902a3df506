import type { CallState } from '@hookswitch/core';
import { describe, expect, test } from 'vitest';
import { fakeContext, knownCall, profile } from '../support/fake-context.ts';
import { firstRung, short } from '../support/ladders.ts';

const call = (state: CallState, id = 'call-1', muted: boolean | null = null) =>
  knownCall({ id, state, muted, vendorIds: { call_id: id === 'call-1' ? '33093' : '33094' } });

const PRESSED = ['ACCEPTED', 'GET /servlet?key=F_HOLD'];
const ALREADY = ['CONFIRMED'];
const WRONG = ['INVALID_CALL_STATE'];

describe('setHold, by a toggle', () => {
  test.each([
    ['hold: nothing known', true, [], undefined, PRESSED],
    ['hold: connected', true, [call('CONNECTED')], undefined, PRESSED],
    ['hold: held already', true, [call('HELD')], undefined, ALREADY],
    ['hold: one held, one connected', true, [call('HELD'), call('CONNECTED', 'call-2')], undefined, PRESSED],
    ['hold: that one, connected', true, [call('CONNECTED')], call('CONNECTED'), PRESSED],
    ['hold: that one, held already', true, [call('HELD')], call('HELD'), ALREADY],
    ['hold: that one, ringing', true, [call('RINGING')], call('RINGING'), WRONG],
    ['hold: that one, another rings', true, [call('CONNECTED'), call('RINGING', 'call-2')], call('CONNECTED'), WRONG],
    ['resume: nothing known', false, [], undefined, PRESSED],
    ['resume: held', false, [call('HELD')], undefined, PRESSED],
    ['resume: connected already', false, [call('CONNECTED')], undefined, ALREADY],
    ['resume: one held, one connected', false, [call('HELD'), call('CONNECTED', 'call-2')], undefined, WRONG],
    ['resume: that one beside a connected', false, [call('HELD'), call('CONNECTED', 'call-2')], call('HELD'), WRONG],
    ['resume: that one beside a held', false, [call('HELD'), call('HELD', 'call-2')], call('HELD'), WRONG],
  ])('%s', async (...[_name, held, calls, wanted, expected]) => {
    const context = fakeContext({ calls });
    const outcome = await firstRung('HOLD', context).setHold({ held, call: wanted }, context);
    expect([short(outcome), ...context.trace]).toEqual(expected);
    if (outcome.status === 'CONFIRMED') expect(outcome.changed).toBe(false);
  });

  test('by the id of the call', async () => {
    const phone = profile({ options: { callAddressedKeys: true } });
    const calls = [call('HELD'), call('CONNECTED', 'call-2')];
    const context = fakeContext({ phone, calls });
    const rung = firstRung('HOLD', context);
    await rung.setHold({ held: true, call: call('CONNECTED', 'call-2') }, context);
    await rung.setHold({ held: false, call: call('HELD') }, context);
    expect(context.trace).toEqual(['GET /servlet?key=HOLD:33094', 'GET /servlet?key=UNHOLD:33093']);
  });
});

describe('setMuted, by a toggle', () => {
  const pressed = ['ACCEPTED', 'GET /servlet?key=MUTE'];

  test.each([
    ['nothing known', true, [], pressed],
    ['never told, to be muted', true, [call('CONNECTED')], pressed],
    ['never told: a call begins with the microphone on', false, [call('CONNECTED')], ALREADY],
    ['muted already', true, [call('CONNECTED', 'call-1', true)], ALREADY],
    ['to be unmuted', false, [call('CONNECTED', 'call-1', true)], pressed],
    ['unmuted already', false, [call('CONNECTED', 'call-1', false)], ALREADY],
    ['still ringing', true, [call('RINGING')], WRONG],
  ])('%s', async (...[_name, muted, calls, expected]) => {
    const context = fakeContext({ calls });
    const outcome = await firstRung('MUTE', context).setMuted({ muted }, context);
    expect([short(outcome), ...context.trace]).toEqual(expected);
  });
});

describe('a toggle of which nobody knows how it stands, where policy is to refuse', () => {
  const refuse = { unknownState: 'refuse' } as const;
  const doubtful = new Set(['HOLD', 'MUTE'] as const);
  const stranger = { ...call('CONNECTED'), direction: null };

  test.each([
    ['hold: nothing known', [], new Set<never>()],
    ['hold: pressed before, and nobody knows whether it moved', [call('CONNECTED')], doubtful],
    ['hold: as wished, if that press moved nothing', [call('HELD')], doubtful],
  ] as const)('%s', async (_name, calls, doubts) => {
    const context = { ...fakeContext({ calls }), ...refuse, doubtful: doubts };
    const outcome = await firstRung('HOLD', context).setHold({ held: true }, context);
    expect([short(outcome), ...context.trace]).toEqual(['STATE_UNKNOWN']);
  });

  test.each([
    ['mute: nothing known', [], new Set<never>()],
    ['mute: a call whose beginning nobody saw', [stranger], new Set<never>()],
    ['mute: two calls that differ', [call('HELD', 'call-2', true), call('CONNECTED')], new Set<never>()],
    ['mute: pressed before', [call('CONNECTED')], doubtful],
  ] as const)('%s', async (_name, calls, doubts) => {
    const context = { ...fakeContext({ calls }), ...refuse, doubtful: doubts };
    const outcome = await firstRung('MUTE', context).setMuted({ muted: true }, context);
    expect([short(outcome), ...context.trace]).toEqual(['STATE_UNKNOWN']);
  });

  test('keys that name the call are no toggle', async () => {
    const phone = profile({ options: { callAddressedKeys: true } });
    const context = { ...fakeContext({ phone, calls: [call('CONNECTED')] }), ...refuse, doubtful };
    const outcome = await firstRung('HOLD', context).setHold({ held: true, call: call('CONNECTED') }, context);
    expect([short(outcome), ...context.trace]).toEqual(['ACCEPTED', 'GET /servlet?key=HOLD:33093']);
  });
});
