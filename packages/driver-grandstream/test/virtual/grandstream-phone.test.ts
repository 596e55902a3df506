import { VirtualExchange } from '@hookswitch/driver-kit/virtual';
import { expect, onTestFinished, test } from 'vitest';
import { type GrandstreamQuirks, VirtualGrandstreamPhone } from '../../src/virtual/index.ts';

const WEB = { username: 'admin', password: 'secret' };

async function office(quirks: Partial<GrandstreamQuirks> = {}) {
  const exchange = new VirtualExchange();
  const common = { model: 'GXP2170', firmware: '1.0.11.79', mac: '000b82aabbcc' };
  const phone = new VirtualGrandstreamPhone({ exchange, ...common, number: '1001', credentials: WEB, quirks });
  onTestFinished(async () => {
    await phone.stop();
    exchange[Symbol.dispose]();
    expect(phone.handlerErrors).toEqual([]);
  });
  await phone.start();
  const fetched = async (path: string) => {
    const reply = await fetch(`${phone.address}/cgi-bin/${path}`);
    const text = await reply.text();
    await exchange.settled();
    return reply.status === 200 ? (JSON.parse(text) as unknown) : reply.status;
  };
  const cti = (name: string, parameters = '') => fetched(`${name}?passcode=secret${parameters}`);
  return { exchange, phone, fetched, cti, caller: exchange.addParty({ number: '2003', displayName: 'Cora' }) };
}

const YES = { response: 'success', body: true };
const NO = { response: 'error', body: false };

test('a call from ringing to its end, as the guide answers', async () => {
  const { exchange, phone, cti, caller } = await office();
  const operate = (operation: string) => cti('api-phone_operation', `&cmd=${operation}`);
  expect(await operate('acceptcall')).toEqual(NO);
  caller.dial('1001');
  await exchange.settled();
  const line = { line: 1, acct: 1, remotename: 'Cora', remotenumber: '2003' };
  expect(await cti('api-get_line_status')).toMatchObject({
    body: [{ ...line, state: 'ringing' }, { state: 'idle' }, {}],
  });
  expect(await operate('acceptcall')).toEqual(YES);
  expect(await cti('api-get_line_status')).toMatchObject({
    body: [{ ...line, state: 'connected', active: 1 }, {}, {}],
  });
  expect(await operate('holdcall')).toEqual(YES);
  expect(await cti('api-get_line_status')).toMatchObject({ body: [{ ...line, state: 'onhold', active: 0 }, {}, {}] });
  expect(await operate('holdcall')).toEqual(YES);
  expect(await operate('endcall')).toEqual(YES);
  expect(await operate('endcall')).toEqual(NO);
  expect(await operate('nonsense')).toEqual(NO);
  expect(await cti('api-phone_operation')).toEqual(NO);
  expect(phone.calls).toEqual([]);
});

test('endcall ends the call in the ear first, and then one that is on hold', async () => {
  const { exchange, phone, cti, caller } = await office();
  const operate = (operation: string) => cti('api-phone_operation', `&cmd=${operation}`);
  const second = exchange.addParty({ number: '2004' });
  for (const party of [caller, second]) {
    party.dial('1001');
    await exchange.settled();
    expect(await operate('acceptcall')).toEqual(YES);
    if (party === caller) expect(await operate('holdcall')).toEqual(YES);
  }
  const called = () => phone.calls.map(({ remote, state }) => `${remote.number} ${state}`);
  expect(called()).toEqual(['2003 held', '2004 connected']);
  expect(await operate('endcall')).toEqual(YES);
  expect(called()).toEqual(['2003 held']);
  expect(await operate('endcall')).toEqual(YES);
  expect(called()).toEqual([]);
});

test('a call that goes out is cancelled, one that comes in rejected', async () => {
  const { exchange, phone, cti, caller } = await office({ dialingWord: 'calling' });
  expect(await cti('api-make_call', '&phonenumber=2003')).toEqual(YES);
  expect(await cti('api-get_line_status')).toMatchObject({ body: [{ state: 'calling' }, {}, {}] });
  expect(await cti('api-phone_operation', '&cmd=cancel')).toEqual(YES);
  caller.dial('1001');
  await exchange.settled();
  expect(await cti('api-phone_operation', '&cmd=rejectcall')).toEqual(YES);
  expect(phone.calls).toEqual([]);
  caller.dial('1001');
  await exchange.settled();
  expect(await cti('api-phone_operation', '&cmd=cancel')).toEqual(YES);
  expect(phone.calls).toEqual([]);
  const invalid = { response: 'error', body: 'Invalid Request' };
  expect(await cti('api-make_call', '&phonenumber=')).toEqual(invalid);
  expect(await cti('api-make_call')).toEqual(invalid);
  expect(await cti('api-make_call', '&phonenumber=2003&account=1')).toEqual(invalid);
});

test('without the passcode nothing is done, and it says so in one of two ways', async () => {
  const { phone, fetched } = await office();
  const target = 'api-sys_operation?passcode=wrong&request=REBOOT';
  expect(await fetched(target)).toBe(401);
  phone.quirks.deniesBy = 'body';
  expect(await fetched(target)).toEqual({ response: 'error', body: 'unauthorized' });
  expect(phone.effects).toEqual([]);
  expect(await fetched('api.values.get?request=phone_model:67:strange')).toMatchObject({
    body: { phone_model: 'GXP2170', '67': '000B82AABBCC', strange: '' },
  });
  expect(await fetched('api.values.get')).toEqual({ response: 'success', body: { '': '' } });
  expect(await fetched('api-nothing')).toBe(404);
});

test('keys are pressed, and those that it does not have are not', async () => {
  const { exchange, phone, cti, caller } = await office({ pound: '#' });
  caller.dial('1001');
  await exchange.settled();
  const done = { response: 'success', body: 'complete' };
  expect(await cti('api-send_key', '&keys=OFFHOOK')).toEqual(done);
  expect(await cti('api-send_key', '&keys=1:STAR:%23')).toEqual(done);
  expect(caller.legs[0]?.receivedDigits).toBe('1*#');
  expect(await cti('api-send_key', '&keys=MUTE:HOLD')).toEqual(done);
  expect(phone.features.isOn('mute')).toBe(true);
  expect(phone.calls[0]?.state).toBe('held');
  expect(await cti('api-send_key', '&keys=POUND')).toEqual({ response: 'error', body: 'unknown' });
  expect(phone.effects).toEqual(['pressed OFFHOOK', 'pressed MUTE', 'pressed HOLD']);
});

test('keys of the pad without a call are heard by nobody, and the handset goes back', async () => {
  const { exchange, phone, cti, caller } = await office();
  const done = { response: 'success', body: 'complete' };
  expect(await cti('api-send_key', '&keys=1:POUND')).toEqual(done);
  expect(await cti('api-send_key')).toEqual({ response: 'error', body: 'unknown' });
  caller.dial('1001');
  await exchange.settled();
  expect(await cti('api-send_key', '&keys=MUTE:OFFHOOK:ONHOOK')).toEqual(done);
  expect([phone.features.isOn('mute'), phone.calls]).toEqual([false, []]);
});

test('accounts as the guide has them, registered and not', async () => {
  const { phone, cti } = await office();
  const account = { id: 1, sip_server: 'pbx.example', sip_id: '1001', name: '1001' };
  expect(await cti('api-get_accounts')).toEqual({ response: 'success', body: [{ ...account, reg: 1 }] });
  phone.register(false);
  expect(await cti('api-get_accounts')).toEqual({ response: 'success', body: [{ ...account, reg: 0 }] });
});

test('a phone whose hold is no toggle does not resume by it', async () => {
  const { exchange, phone, cti, caller } = await office({ holdResumes: false });
  caller.dial('1001');
  await exchange.settled();
  phone.answerByHand();
  phone.holdByHand();
  expect(await cti('api-phone_operation', '&cmd=holdcall')).toEqual(NO);
});

test('a restart is told, and a reset forgets where to tell it', async () => {
  const { phone, cti } = await office();
  const unheard = 'http://127.0.0.1:9/a/token/setup_completed';
  phone.settings.set('Setup Completed', unheard);
  expect(await cti('api-sys_operation', '&request=REBOOT')).toEqual({ response: 'success', body: 'savereboot' });
  await phone.actionUrls.history.waitFor(({ event }) => event === 'Setup Completed', { timeoutMs: 10_000 });
  expect(await cti('api-sys_operation', '&request=RESET')).toEqual({ response: 'success', body: 'reset' });
  await phone.settings.waitFor('Setup Completed', (url) => url === '', { timeoutMs: 10_000 });
  expect(phone.effects).toEqual(['rebooted', 'reset']);
  expect(await cti('api-sys_operation', '&request=DANCE')).toEqual({ response: 'error', body: 'unknown' });
});
