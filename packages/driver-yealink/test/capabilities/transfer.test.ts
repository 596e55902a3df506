import { describe, expect, test } from 'vitest';
import { fakeContext, knownCall, profile } from '../support/fake-context.ts';
import { firstRung, short } from '../support/ladders.ts';

const connected = knownCall();
const held = knownCall({ id: 'call-2', state: 'HELD', vendorIds: { call_id: '33094' } });

describe('transfer', () => {
  test.each([
    ['TRANSFER_BLIND', 'BLIND', '+4930', 'BTrans=%2B4930'],
    ['TRANSFER_ATTENDED', 'ATTENDED', '102', 'ATrans=102'],
  ] as const)('%s', async (...[capability, kind, to, key]) => {
    const context = fakeContext({ calls: [connected] });
    const outcome = await firstRung(capability, context).transfer({ to, kind, call: connected }, context);
    expect([short(outcome), ...context.trace]).toEqual(['ACCEPTED', `GET /servlet?key=${key}`]);
  });

  test.each(['TRANSFER_BLIND', 'TRANSFER_ATTENDED'] as const)(
    '%s: neither of a ringing call nor to nobody',
    async (name) => {
      const ringing = knownCall({ state: 'RINGING' });
      const kind = name === 'TRANSFER_BLIND' ? 'BLIND' : 'ATTENDED';
      const context = fakeContext({ calls: [ringing] });
      const { transfer } = firstRung(name, context);
      expect(short(await transfer({ to: '1', kind, call: ringing }, context))).toBe('INVALID_CALL_STATE');
      expect(short(await transfer({ to: '1;X', kind }, context))).toBe('INVALID_ARGUMENT to');
      expect(context.trace).toEqual([]);
    },
  );

  test('attended by keys: the hold first, the number behind a pause', async () => {
    const phone = profile({ options: { attendedTransfer: 'keys' } });
    const context = fakeContext({ phone, calls: [connected] });
    await firstRung('TRANSFER_ATTENDED', context).transfer({ to: '10#', kind: 'ATTENDED' }, context);
    expect(context.trace).toEqual(['GET /servlet?key=F_TRANSFER', 'sleep 250', 'GET /servlet?key=1;0;POUND;OK']);
  });

  test('attended by keys on a model without an OK key, and a number that has no keys', async () => {
    const phone = profile({
      model: 'T57W',
      firmware: '96.86.0.70',
      options: { attendedTransfer: 'keys', stepPauseMs: 0 },
    });
    const context = fakeContext({ phone });
    const { transfer } = firstRung('TRANSFER_ATTENDED', context);
    await transfer({ to: '1', kind: 'ATTENDED' }, context);
    expect(context.trace).toEqual(['GET /servlet?key=F_TRANSFER', 'GET /servlet?key=1', 'GET /servlet?key=POUND']);
    expect(short(await transfer({ to: '+49', kind: 'ATTENDED' }, context))).toBe('INVALID_ARGUMENT to');
  });
});

describe('completeTransfer', () => {
  test.each([
    [{}, 'ACCEPTED'],
    [{ heldCall: held, consultationCall: connected }, 'ACCEPTED'],
    [{ heldCall: held, consultationCall: knownCall({ state: 'DIALING' }) }, 'ACCEPTED'],
    [{ heldCall: connected }, 'INVALID_CALL_STATE'],
    [{ consultationCall: held }, 'INVALID_CALL_STATE'],
  ])('case %#', async (command, expected) => {
    const context = fakeContext({ calls: [connected, held] });
    expect(short(await firstRung('TRANSFER_ATTENDED', context).completeTransfer(command, context))).toBe(expected);
    expect(context.trace).toEqual(expected === 'ACCEPTED' ? ['GET /servlet?key=F_TRANSFER'] : []);
  });
});

describe('cancelTransfer', () => {
  test('ends the consultation, then resumes', async () => {
    const context = fakeContext({ calls: [held, connected] });
    await firstRung('TRANSFER_ATTENDED', context).cancelTransfer({}, context);
    expect(context.trace).toEqual(['GET /servlet?key=CALLEND', 'sleep 250', 'GET /servlet?key=F_HOLD']);
  });

  test('by the ids of the calls', async () => {
    const phone = profile({ options: { callAddressedKeys: true, stepPauseMs: 0 } });
    const context = fakeContext({ phone, calls: [held, connected] });
    await firstRung('TRANSFER_ATTENDED', context).cancelTransfer({ consultationCall: connected }, context);
    expect(context.trace).toEqual(['GET /servlet?key=CANCEL:33093', 'GET /servlet?key=UNHOLD:33094']);
  });

  test('says in what state the call is left', async () => {
    const context = fakeContext({ calls: [held, connected], answers: [{}, { status: 500 }] });
    expect(await firstRung('TRANSFER_ATTENDED', context).cancelTransfer({}, context)).toMatchObject({
      status: 'FAILED',
      failure: { message: expect.stringContaining('the first call is still on hold') },
    });
  });

  test('not while it is not known which call to take back', async () => {
    const third = knownCall({ id: 'call-3', state: 'HELD' });
    const context = fakeContext({ calls: [held, third, connected] });
    const { cancelTransfer } = firstRung('TRANSFER_ATTENDED', context);
    expect(short(await cancelTransfer({}, context))).toBe('INVALID_CALL_STATE');
    expect(short(await cancelTransfer({ consultationCall: held }, context))).toBe('INVALID_CALL_STATE');
    expect(context.trace).toEqual([]);
  });
});

describe('conference', () => {
  test.each([
    ['all that the phone has', {}, 'ACCEPTED'],
    ['all of them by name', { calls: [connected, held] }, 'ACCEPTED'],
    ['one alone', { calls: [connected] }, 'INVALID_ARGUMENT callIds'],
  ])('%s', async (_name, command, expected) => {
    const context = fakeContext({ calls: [connected, held] });
    expect(short(await firstRung('CONFERENCE', context).conference(command, context))).toBe(expected);
    expect(context.trace).toEqual(expected === 'ACCEPTED' ? ['GET /servlet?key=F_CONFERENCE'] : []);
  });

  test('two of three cannot be chosen', async () => {
    const third = knownCall({ id: 'call-3', state: 'HELD' });
    const context = fakeContext({ calls: [connected, held, third] });
    expect(short(await firstRung('CONFERENCE', context).conference({ calls: [connected, held] }, context))).toBe(
      'INVALID_CALL_STATE',
    );
  });
});
