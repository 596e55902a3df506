import type { Commands, DriverContext, KnownCall, Outcome } from '@hookswitch/core';
import { checkedOptions, httpReply } from '@hookswitch/driver-kit';
import { expect, test } from 'vitest';
import { answer, dial, hangUp, reject, setHold } from '../src/calls.ts';
import { driver } from '../src/index.ts';
import type { GrandstreamOptions } from '../src/options.ts';
import { call, contextOf, DONE } from './support/context.ts';

/** What was sent, without what all have in common, and what came of it. */
async function tried(
  run: (context: DriverContext<GrandstreamOptions>) => Promise<Outcome>,
  calls: readonly KnownCall[] = [],
  more: Partial<Pick<DriverContext, 'unknownState' | 'doubtful'>> = {},
): Promise<readonly string[]> {
  const { context, sent } = contextOf([DONE], calls);
  const outcome = await run({ ...context, ...more });
  const end =
    outcome.status === 'FAILED'
      ? outcome.failure.code
      : outcome.status === 'CONFIRMED'
        ? `changed: ${outcome.changed}`
        : outcome.status;
  return [...sent.map(({ target }) => target.replace(/^.*\{password\}&/, '')), end];
}

const RINGS = call('RINGING');
const RINGS_TOO = call('RINGING', 'RINGING-2');
const TALKS = call('CONNECTED');
const HELD = call('HELD');
const HELD_TOO = call('HELD', 'HELD-2');
const DIALS = call('DIALING');

test('a number is dialled, from an account where the option has it', async () => {
  const options = checkedOptions(driver.options, { accounts: '1001@pbx.example, sip:1002@pbx.example' });
  const from = (command: Commands['dial']) => tried((context) => dial(options, command, context));
  expect(await from({ to: 'sip:2001@pbx.example' })).toEqual(['phonenumber=2001', 'ACCEPTED']);
  expect(await from({ to: '2001', from: 'sip:1002@pbx.example' })).toEqual(['phonenumber=2001&account=1', 'ACCEPTED']);
  expect(await from({ to: '2001', from: '1003@pbx.example' })).toEqual(['INVALID_ARGUMENT']);
  expect(await from({ to: 'sip:@pbx.example' })).toEqual(['INVALID_ARGUMENT']);
});

test.each([
  ['answer', 'acceptcall', answer],
  ['reject', 'rejectcall', reject],
] as const)('%s is for a call that rings, and for no other', async (_, operation, run) => {
  expect(await tried((context) => run({ call: RINGS }, context), [RINGS, TALKS])).toEqual([
    `cmd=${operation}`,
    'ACCEPTED',
  ]);
  expect(await tried((context) => run({}, context), [RINGS, RINGS_TOO])).toEqual([`cmd=${operation}`, 'ACCEPTED']);
  expect(await tried((context) => run({ call: RINGS }, context), [RINGS, RINGS_TOO])).toEqual(['STATE_UNKNOWN']);
  expect(await tried((context) => run({ call: TALKS }, context), [TALKS])).toEqual(['INVALID_CALL_STATE']);
});

test.each([
  ['ringing', { named: RINGS, calls: [RINGS, TALKS], wanted: 'cmd=rejectcall' }],
  ['dialling', { named: DIALS, calls: [DIALS, HELD], wanted: 'cmd=cancel' }],
  ['talking', { named: TALKS, calls: [TALKS, HELD, RINGS], wanted: 'cmd=endcall' }],
  ['held', { named: HELD, calls: [HELD], wanted: 'cmd=endcall' }],
  ['in focus, of two', { named: undefined, calls: [HELD, TALKS], wanted: 'cmd=endcall' }],
  ['in focus, and dials', { named: undefined, calls: [HELD, DIALS], wanted: 'cmd=cancel' }],
  ['in focus, and rings', { named: undefined, calls: [RINGS, RINGS_TOO], wanted: 'cmd=rejectcall' }],
  ['one of which nobody knows', { named: undefined, calls: [], wanted: 'cmd=endcall' }],
])('a call that is %s is ended by its operation', async (_, { named, calls, wanted }) => {
  expect(await tried((context) => hangUp({ call: named }, context), calls)).toEqual([wanted, 'ACCEPTED']);
});

test.each([
  ['rings beside another', { named: RINGS, calls: [RINGS, RINGS_TOO] }],
  ['dials while one rings: cancel may reject that', { named: DIALS, calls: [DIALS, RINGS] }],
  ['is held beside one that is connected', { named: HELD, calls: [HELD, TALKS] }],
  ['is held beside another', { named: HELD, calls: [HELD, HELD_TOO] }],
])('nothing is sent where the call %s', async (_, { named, calls }) => {
  expect(await tried((context) => hangUp({ call: named }, context), calls)).toEqual(['STATE_UNKNOWN']);
});

test('a call that has ended is not ended again', async () => {
  expect(await tried((context) => hangUp({ call: call('ENDED') }, context))).toEqual(['INVALID_CALL_STATE']);
});

const hold = (held: boolean, named?: KnownCall) => (context: DriverContext) => setHold({ call: named, held }, context);

test('hold is a toggle: it is sent only where it does what is wished', async () => {
  expect(await tried(hold(true, TALKS), [TALKS])).toEqual(['cmd=holdcall', 'ACCEPTED']);
  expect(await tried(hold(true), [TALKS, HELD])).toEqual(['cmd=holdcall', 'ACCEPTED']);
  expect(await tried(hold(true, HELD), [HELD])).toEqual(['changed: false']);
  expect(await tried(hold(false, HELD), [HELD])).toEqual(['cmd=holdcall', 'ACCEPTED']);
  expect(await tried(hold(false), [HELD])).toEqual(['cmd=holdcall', 'ACCEPTED']);
  expect(await tried(hold(false, TALKS), [TALKS])).toEqual(['changed: false']);
});

test('where it would hold another call than it should resume, nothing is sent', async () => {
  expect(await tried(hold(false, HELD), [HELD, TALKS])).toEqual(['STATE_UNKNOWN']);
  expect(await tried(hold(false), [HELD, TALKS])).toEqual(['STATE_UNKNOWN']);
  expect(await tried(hold(false), [HELD, HELD_TOO])).toEqual(['STATE_UNKNOWN']);
  expect(await tried(hold(true, RINGS), [RINGS])).toEqual(['INVALID_CALL_STATE']);
});

test('where nobody knows how it stands, policy decides', async () => {
  expect(await tried(hold(true))).toEqual(['cmd=holdcall', 'ACCEPTED']);
  expect(await tried(hold(true), [], { unknownState: 'refuse' })).toEqual(['STATE_UNKNOWN']);
  const doubtful = new Set(['HOLD'] as const);
  expect(await tried(hold(true, HELD), [HELD], { doubtful })).toEqual(['cmd=holdcall', 'ACCEPTED']);
  expect(await tried(hold(true, HELD), [HELD], { doubtful, unknownState: 'refuse' })).toEqual(['STATE_UNKNOWN']);
});

test('what the phone says no to has failed', async () => {
  const { context } = contextOf([httpReply(200, '{"response":"error","body":false}')], [RINGS]);
  expect(await answer({}, context)).toMatchObject({ status: 'FAILED', failure: { code: 'PHONE_REJECTED' } });
});
