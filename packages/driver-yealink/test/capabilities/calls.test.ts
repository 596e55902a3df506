import { describe, expect, test } from 'vitest';
import { fakeContext, knownCall, profile } from '../support/fake-context.ts';
import { fixture } from '../support/fixture.ts';
import { firstRung, short } from '../support/ladders.ts';

const addressing = profile({ options: { callAddressedKeys: true } });
const ringing = knownCall({ state: 'RINGING' });
const connected = knownCall();
const held = knownCall({ id: 'call-2', state: 'HELD', vendorIds: { call_id: '33094' } });

describe('dial', () => {
  async function dialed(command: { to: string; from?: string }, phone = profile()): Promise<readonly string[]> {
    const context = fakeContext({ phone });
    const outcome = await firstRung('DIAL', context).dial(command, context);
    return outcome.status === 'ACCEPTED' ? context.trace : [short(outcome), ...context.trace];
  }

  test("the guide's example", async () => {
    const literal = fixture('action-uri/dial.txt');
    expect(await dialed({ to: '1234', from: '1006@10.3.5.199' })).toEqual([`GET ${literal}`]);
    expect(await dialed({ to: 'sip:1234', from: 'sip:1006@10.3.5.199' })).toEqual([`GET ${literal}`]);
  });

  test('without an account the phone chooses, or the first of its accounts is taken', async () => {
    expect(await dialed({ to: '1234' })).toEqual(['GET /servlet?key=number=1234']);
    const phone = profile({ options: { accountUris: ['101@pbx.example', '102@pbx.example'] } });
    expect(await dialed({ to: '1234' }, phone)).toEqual(['GET /servlet?key=number=1234&outgoing_uri=101@pbx.example']);
    expect(await dialed({ to: '1234', from: '102@pbx.example' }, phone)).toEqual([
      'GET /servlet?key=number=1234&outgoing_uri=102@pbx.example',
    ]);
  });

  test.each([
    ['+49301', 'number=%2B49301'],
    ['*21#', 'number=*21%23'],
    ['sips:bob@example.org:5061', 'number=bob@example.org:5061'],
    ['tel:+4930', 'number=%2B4930'],
    ['1&key=Reset', 'number=1%26key%3DReset'],
  ])('%s', async (to, key) => {
    expect(await dialed({ to })).toEqual([`GET /servlet?key=${key}`]);
  });

  test.each([
    [{ to: '' }, 'INVALID_ARGUMENT to'],
    [{ to: 'sip:' }, 'INVALID_ARGUMENT to'],
    [{ to: '+49 30 1' }, 'INVALID_ARGUMENT to'],
    [{ to: '1;Reset' }, 'INVALID_ARGUMENT to'],
    [{ to: 'sip:a@b;transport=tcp' }, 'INVALID_ARGUMENT to'],
    [{ to: '1\r\n2' }, 'INVALID_ARGUMENT to'],
    [{ to: '\ud800' }, 'INVALID_ARGUMENT to'],
    [{ to: '1'.repeat(257) }, 'INVALID_ARGUMENT to'],
    [{ to: '1', from: '101' }, 'INVALID_ARGUMENT from'],
    [{ to: '1', from: 'a@b;Reset' }, 'INVALID_ARGUMENT from'],
  ])('case %# is refused before any traffic', async (command, expected) => {
    expect(await dialed(command)).toEqual([expected]);
  });
});

describe('answer', () => {
  test.each([
    ['66.86.0.15', 'auto', 'ASW'],
    ['28.81.0.10', 'auto', 'ASW'],
    ['28.80.0.60', 'auto', 'ANSWER'],
    ['28.73.0.60', 'auto', 'OK'],
    [null, 'auto', 'ANSWER'],
    ['66.86.0.15', 'OK', 'OK'],
    ['66.86.0.15', 'ENTER', 'ENTER'],
    ['28.80.0.60', 'ASW', 'ASW'],
  ] as const)('firmware %s with answerKey=%s: %s', async (firmware, answerKey, key) => {
    const context = fakeContext({ phone: profile({ firmware, options: { answerKey } }), calls: [ringing] });
    expect(short(await firstRung('ANSWER', context).answer({}, context))).toBe('ACCEPTED');
    expect(context.trace).toEqual([`GET /servlet?key=${key}`]);
  });

  test('a key that the model has not is refused', async () => {
    const context = fakeContext({ phone: profile({ model: 'T57W', firmware: null, options: { answerKey: 'OK' } }) });
    expect(short(await firstRung('ANSWER', context).answer({}, context))).toBe('INVALID_ARGUMENT options.answerKey');
    expect(context.trace).toEqual([]);
  });

  test('names its call where that is allowed and the id is known', async () => {
    const calls = [ringing, knownCall({ id: 'call-9', state: 'RINGING', vendorIds: { call_id: '9' } })];
    const context = fakeContext({ phone: addressing, calls });
    await firstRung('ANSWER', context).answer({ call: ringing }, context);
    expect(context.trace).toEqual([`GET ${fixture('action-uri/answer-by-call-id.txt')}`]);
  });

  test.each(['1;Reset', '1&x', '', 'a b'])('an id such as %j is not put into a key', async (id) => {
    const call = knownCall({ state: 'RINGING', vendorIds: { call_id: id } });
    const context = fakeContext({ phone: addressing, calls: [call] });
    await firstRung('ANSWER', context).answer({ call }, context);
    expect(context.trace).toEqual(['GET /servlet?key=ASW']);
  });

  test('that call or none', async () => {
    const other = knownCall({ id: 'call-9', state: 'RINGING' });
    const two = fakeContext({ calls: [ringing, other] });
    expect(short(await firstRung('ANSWER', two).answer({ call: ringing }, two))).toBe('INVALID_CALL_STATE');
    const one = fakeContext({ calls: [ringing, held] });
    expect(short(await firstRung('ANSWER', one).answer({ call: ringing }, one))).toBe('ACCEPTED');
    const talking = fakeContext({ phone: addressing, calls: [connected] });
    expect(await firstRung('ANSWER', talking).answer({ call: connected }, talking)).toMatchObject({
      failure: { code: 'INVALID_CALL_STATE', actual: 'CONNECTED' },
    });
    expect([...two.trace, ...talking.trace]).toEqual([]);
  });
});

describe('reject', () => {
  test.each([
    ['66.86.0.15', 'CANCEL'],
    ['28.80.0.60', 'X'],
    [null, 'X'],
  ])('firmware %s: %s', async (firmware, key) => {
    const context = fakeContext({ phone: profile({ firmware }), calls: [ringing] });
    await firstRung('REJECT', context).reject({ call: ringing }, context);
    expect(context.trace).toEqual([`GET /servlet?key=${key}`]);
  });

  test('by the id of the call', async () => {
    const context = fakeContext({ phone: addressing, calls: [ringing] });
    await firstRung('REJECT', context).reject({ call: ringing }, context);
    expect(context.trace).toEqual(['GET /servlet?key=CANCEL:33093']);
  });

  test('not where another call rings: the key might meet that one', async () => {
    const context = fakeContext({ calls: [ringing, knownCall({ id: 'call-9', state: 'RINGING' })] });
    expect(short(await firstRung('REJECT', context).reject({ call: ringing }, context))).toBe('INVALID_CALL_STATE');
    expect(context.trace).toEqual([]);
  });

  test('not a call that was answered', async () => {
    const context = fakeContext({ calls: [connected] });
    expect(short(await firstRung('REJECT', context).reject({ call: connected }, context))).toBe('INVALID_CALL_STATE');
  });
});

describe('hangUp', () => {
  test.each([
    ['what is in focus', {}, [connected], 'CALLEND'],
    ['without known calls', {}, [], 'CALLEND'],
    ['a ringing call', {}, [ringing], 'CANCEL'],
    ['that one, the other being held', { call: connected }, [connected, held], 'CALLEND'],
  ])('%s', async (...[_name, command, calls, key]) => {
    const context = fakeContext({ calls });
    await firstRung('HANG_UP', context).hangUp(command, context);
    expect(context.trace).toEqual([`GET /servlet?key=${key}`]);
  });

  test('a held call beside a connected one: only by its id', async () => {
    const plain = fakeContext({ calls: [connected, held] });
    expect(short(await firstRung('HANG_UP', plain).hangUp({ call: held }, plain))).toBe('INVALID_CALL_STATE');
    const named = fakeContext({ phone: addressing, calls: [connected, held] });
    await firstRung('HANG_UP', named).hangUp({ call: held }, named);
    expect([...plain.trace, ...named.trace]).toEqual(['GET /servlet?key=CANCEL:33094']);
  });

  test('a call that has ended is not ended again', async () => {
    const call = knownCall({ state: 'ENDED' });
    const context = fakeContext({ phone: addressing });
    expect(short(await firstRung('HANG_UP', context).hangUp({ call }, context))).toBe('INVALID_CALL_STATE');
    expect(context.trace).toEqual([]);
  });
});

describe('hangUpAll', () => {
  const waiting = knownCall({ id: 'call-3', state: 'RINGING', vendorIds: { call_id: '33095' } });

  test.each([
    ['nothing known', {}, [], ['GET /servlet?key=CALLEND']],
    ['one', {}, [connected], ['GET /servlet?key=CALLEND']],
    [
      'each in turn, ringing ones first',
      {},
      [connected, held, waiting],
      ['GET /servlet?key=CANCEL', 'sleep 250', 'GET /servlet?key=CALLEND', 'sleep 250', 'GET /servlet?key=CALLEND'],
    ],
    ['only the ringing one', { calls: [waiting] }, [connected, waiting], ['GET /servlet?key=CANCEL']],
  ])('%s', async (...[_name, command, calls, trace]) => {
    const context = fakeContext({ calls });
    expect(short(await firstRung('HANG_UP_ALL', context).hangUpAll(command, context))).toBe('ACCEPTED');
    expect(context.trace).toEqual(trace);
  });

  test('none of the phone’s calls is wanted: it is as wished already', async () => {
    const context = fakeContext({ calls: [connected] });
    const outcome = await firstRung('HANG_UP_ALL', context).hangUpAll({ calls: [] }, context);
    expect(outcome).toMatchObject({ status: 'CONFIRMED', changed: false });
    expect(context.trace).toEqual([]);
  });

  test.each([
    ['some of those that one key may hit', [held], [connected, held]],
    ['one, with another ringing in focus', [connected], [connected, waiting]],
  ])('%s: refused, unless keys name their call', async (_name, wanted, calls) => {
    const plain = fakeContext({ calls });
    expect(short(await firstRung('HANG_UP_ALL', plain).hangUpAll({ calls: wanted }, plain))).toBe('INVALID_CALL_STATE');
    expect(plain.trace).toEqual([]);
    const named = fakeContext({ phone: addressing, calls });
    await firstRung('HANG_UP_ALL', named).hangUpAll({ calls: wanted }, named);
    expect(named.trace).toEqual([`GET /servlet?key=CANCEL:${wanted[0]?.vendorIds['call_id']}`]);
  });

  test('what is left is said where it breaks off', async () => {
    const context = fakeContext({ calls: [connected, held], answers: [{}, { status: 403 }] });
    expect(await firstRung('HANG_UP_ALL', context).hangUpAll({}, context)).toMatchObject({
      failure: { message: expect.stringContaining('ended 1 of 2 calls') },
    });
  });
});
