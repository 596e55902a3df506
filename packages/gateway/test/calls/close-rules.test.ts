import { expect, test } from 'vitest';
import { type CloseReason, whyOver } from '../../src/calls/close-rules.ts';
import { NO_SIGNS, type PhoneSigns, readSign } from '../../src/calls/phone-signs.ts';
import type { Call } from '../../src/model.ts';
import { callEvent, deviceEvent, call as sample } from '../store/samples.ts';

const LIMITS = { ringMs: 180_000, callMs: 3_600_000 };
const ringing = sample('ringing', { startedAt: 10_000 });
const talking = sample('talking', { startedAt: 10_000, state: 'CONNECTED' });

test.each<[string, Call, Partial<PhoneSigns>, number, CloseReason | null]>([
  ['nothing is known', ringing, {}, 60_000, null],
  ['it rings for longer than anything does', ringing, {}, 190_001, 'RING_LIMIT'],
  ['a talk may take longer', talking, {}, 190_001, null],
  ['no talk takes that long', talking, {}, 3_610_001, 'CALL_LIMIT'],
  ['the phone has started since', talking, { startedAt: 20_000 }, 20_000, 'STARTED'],
  ['the phone had started before', talking, { startedAt: 9_000 }, 60_000, null],
  ['the phone is idle', talking, { idleAt: 20_000 }, 25_000, 'IDLE'],
  ['the phone was idle before', talking, { idleAt: 9_000 }, 60_000, null],
  ['events that are under way may still say otherwise', talking, { idleAt: 20_000 }, 24_999, null],
  ['it is busy again', talking, { idleAt: 20_000, busyAt: 20_500 }, 60_000, null],
  ['it was busy before', talking, { idleAt: 20_000, busyAt: 10_000 }, 60_000, 'IDLE'],
  ['it counts this one', ringing, { only: { callId: 'ringing', at: 30_000 } }, 60_000, null],
  ['it counts another one alone', ringing, { only: { callId: 'other', at: 30_000 } }, 60_000, 'COUNTED'],
  ['the count may be from before it rang', ringing, { only: { callId: 'other', at: 11_999 } }, 60_000, null],
  ['the count is from when it rang', ringing, { only: { callId: 'other', at: 12_000 } }, 60_000, 'COUNTED'],
  ['a count alone ends no talk', talking, { only: { callId: 'other', at: 30_000 } }, 60_000, null],
])('%s', (...[, call, signs, now, expected]) => {
  const known = { signs: { ...NO_SIGNS, ...signs }, now, limits: LIMITS };
  expect(whyOver({ call, heardAt: call.startedAt }, [], known)).toBe(expected);
});

test('a phone that goes on to report on a call is not idle', () => {
  const known = { signs: { ...NO_SIGNS, idleAt: 20_000 }, now: 60_000, limits: LIMITS };
  expect(whyOver({ call: talking, heardAt: 22_001 }, [], known)).toBeNull();
  expect(whyOver({ call: talking, heardAt: 22_000 }, [], known)).toBe('IDLE');
});

test('without call waiting a call that comes in means that the one before is over', () => {
  const newer = sample('newer', { startedAt: 40_000 });
  const known = { signs: { ...NO_SIGNS, callWaiting: false }, now: 60_000, limits: LIMITS };
  const open = { call: talking, heardAt: 10_000 };
  expect(whyOver(open, [newer], known)).toBe('REPLACED');
  expect(whyOver(open, [newer], { ...known, signs: NO_SIGNS })).toBeNull();
  // Own calls are placed beside another one that waits.
  expect(whyOver(open, [{ ...newer, direction: 'OUTGOING' }], known)).toBeNull();
  expect(whyOver({ call: newer, heardAt: 40_000 }, [talking], known)).toBeNull();
});

test('signs are read from what phones report beside their calls', () => {
  const sign = (
    event: Parameters<typeof deviceEvent>[0],
    ongoingCalls: number | null = null,
    call: Call | null = null,
  ) => ({
    event: { sequence: 1, ...deviceEvent({ receivedAt: 5_000, ...event }) },
    ongoingCalls,
    call,
  });
  const read = (...args: Parameters<typeof sign>) => readSign(NO_SIGNS, sign(...args));
  expect(read({ event: { type: 'DEVICE', deviceEventKind: 'IDLE' } })).toEqual({ ...NO_SIGNS, idleAt: 5_000 });
  expect(read({ event: { type: 'DEVICE', deviceEventKind: 'BUSY' } })).toEqual({ ...NO_SIGNS, busyAt: 5_000 });
  expect(read({ event: { type: 'DEVICE', deviceEventKind: 'STARTED' } })).toEqual({ ...NO_SIGNS, startedAt: 5_000 });
  expect(read({ event: { type: 'FEATURE', feature: 'CALL_WAITING', enabled: false, target: null } })).toEqual({
    ...NO_SIGNS,
    callWaiting: false,
  });
  expect(read({ event: { type: 'USER', userEventKind: 'ON_HOOK', key: null } }, 0)).toEqual({
    ...NO_SIGNS,
    idleAt: 5_000,
  });
  expect(read({ event: callEvent('INCOMING').event }, 1, ringing)).toEqual({
    ...NO_SIGNS,
    only: { callId: 'ringing', at: 5_000 },
  });
  expect(read({ event: callEvent('ENDED').event }, 1, { ...ringing, state: 'ENDED' })).toBe(NO_SIGNS);
  expect(read({ event: callEvent('INCOMING').event }, 2, ringing)).toBe(NO_SIGNS);
  expect(read({ event: callEvent('INCOMING').event })).toBe(NO_SIGNS);
});
