import { httpReply } from '@hookswitch/driver-kit';
import { expect, test } from 'vitest';
import { readReply } from '../src/wire/reply.ts';
import {
  ACCOUNTS_REQUEST,
  DEVICE_REQUEST,
  dialRequest,
  keysRequest,
  LINES_REQUEST,
  operationRequest,
  REBOOT_REQUEST,
  RESET_REQUEST,
} from '../src/wire/requests.ts';
import { accountsOf, callsOf, deviceOf } from '../src/wire/told.ts';

test('requests are those of the guide, to the octet', () => {
  const targets = [
    dialRequest('3501', null),
    dialRequest('+49 30#1', 1),
    operationRequest('acceptcall'),
    operationRequest('cancel'),
    keysRequest(['1', 'STAR', 'POUND']),
    REBOOT_REQUEST,
    RESET_REQUEST,
    LINES_REQUEST,
    ACCOUNTS_REQUEST,
    DEVICE_REQUEST,
  ].map(({ method, target }) => `${method} ${target}`);
  expect(targets).toEqual([
    'GET /cgi-bin/api-make_call?passcode={password}&phonenumber=3501',
    'GET /cgi-bin/api-make_call?passcode={password}&phonenumber=%2B49%2030%231&account=1',
    'GET /cgi-bin/api-phone_operation?passcode={password}&cmd=acceptcall',
    'GET /cgi-bin/api-phone_operation?passcode={password}&cmd=cancel',
    'GET /cgi-bin/api-send_key?passcode={password}&keys=1:STAR:POUND',
    'GET /cgi-bin/api-sys_operation?passcode={password}&request=REBOOT',
    'GET /cgi-bin/api-sys_operation?passcode={password}&request=RESET',
    'GET /cgi-bin/api-get_line_status?passcode={password}',
    'GET /cgi-bin/api-get_accounts?passcode={password}',
    'GET /cgi-bin/api.values.get?request=phone_model:68:67',
  ]);
});

test('only requests that read say so, and only those with the passcode have it filled in', () => {
  expect([LINES_REQUEST, ACCOUNTS_REQUEST, DEVICE_REQUEST].map(({ readOnly }) => readOnly)).toEqual([true, true, true]);
  expect(REBOOT_REQUEST.readOnly).toBeUndefined();
  expect([REBOOT_REQUEST, DEVICE_REQUEST].map((one) => one.credentialsInTarget)).toEqual([true, undefined]);
});

/** What becomes of a reply, in short. */
function fate(status: number, text: string): string {
  const read = readReply(httpReply(status, text));
  if ('value' in read) return JSON.stringify(read.value);
  return read.status === 'FAILED' ? read.failure.code : read.status;
}

test.each([
  [200, '{"response":"success", "body": "complete"}', '"complete"'],
  [200, '{"response": "success", "body": true}', 'true'],
  [200, '{"response":"error", "body": "failed"}', 'PHONE_REJECTED'],
  [200, '{"response": "error", "body": false}', 'PHONE_REJECTED'],
  [200, '{"response":"error","body":"unauthorized"}', 'PHONE_UNAUTHORIZED'],
  [401, '', 'PHONE_UNAUTHORIZED'],
  [403, '', 'PHONE_REJECTED'],
  [500, '{"response":"success"}', 'PHONE_REJECTED'],
  [200, '<html>', 'UNKNOWN'],
  [200, '[]', 'UNKNOWN'],
  [200, '{"response":"maybe"}', 'UNKNOWN'],
])('%s %s is %s', (status, text, wanted) => expect(fate(status, text)).toBe(wanted));

test.each(['failed', 'unknown', 'Invalid Request'])('its own word %s is passed on', (word) => {
  const text = JSON.stringify({ response: 'error', body: word });
  expect(readReply(httpReply(200, text))).toMatchObject({ failure: { message: `The phone says: ${word}` } });
});

test('a no is told with what to do', () => {
  const forbidden = readReply(httpReply(403, ''));
  const refused = readReply(httpReply(200, '{"response":"error","body":"Invalid Request"}'));
  expect(JSON.stringify([forbidden, refused])).toContain('Action URI Allowed IP List');
  expect(refused).toMatchObject({
    failure: { message: 'The phone says: Invalid Request', phoneCode: 'Invalid Request', phoneStatus: 200 },
  });
});

test('what a phone says in other words is not passed on: it may repeat the passcode', () => {
  const told = JSON.stringify(readReply(httpReply(200, '{"response":"error","body":"bad passcode=hunter22"}')));
  expect(told).toContain('PHONE_REJECTED');
  expect(told).not.toContain('hunter22');
});

test("the guide's own sample of accounts is read", () => {
  const body = [
    { id: 1, sip_server: 'testsipserver.com', sip_id: '1234', name: 'test_account', reg: 1 },
    { id: 2, sip_server: '', sip_id: '', name: '', reg: 0 },
    { id: 0 },
    { id: '3' },
    null,
  ];
  const nothing = { displayName: null, enabled: null };
  expect(accountsOf(body)).toEqual([
    { account: 1, user: '1234', host: 'testsipserver.com', label: 'test_account', registered: true, ...nothing },
    { account: 2, user: null, host: null, label: null, registered: false, ...nothing },
  ]);
  expect(accountsOf([{ id: 1 }, { id: 1, reg: 2 }])?.map(({ registered }) => registered)).toEqual([null, null]);
  expect(accountsOf('x')).toBeNull();
});

test('lines become calls by the table of states, and what is not in it is left alone', () => {
  const line = (state: unknown, remotenumber = '3593') => ({
    line: 1,
    state,
    acct: 1,
    remotename: 'Zoë',
    remotenumber,
  });
  const states = ['idle', 'failed', 'dialing', 'calling', 'ringing', 'connected', 'onhold', 'constructor', 7];
  const told = callsOf([...states.map((state) => line(state)), 'x']);
  expect(told?.map(({ state, direction }) => [state, direction])).toEqual([
    ['DIALING', 'OUTGOING'],
    ['DIALING', 'OUTGOING'],
    ['RINGING', 'INCOMING'],
    ['CONNECTED', null],
    ['HELD', null],
  ]);
  expect(told?.[0]).toMatchObject({ vendorIds: {}, remote: { number: '3593', displayName: 'Zoë' } });
  expect(callsOf([line('ringing', '')])?.[0]?.remote.number).toBeNull();
  expect(callsOf([{ line: 1, state: 'ringing' }])?.[0]?.remote).toEqual({ number: null, uri: null, displayName: null });
  expect(callsOf({})).toBeNull();
});

test('who the phone is: what it does not know comes back empty', () => {
  expect(deviceOf({ phone_model: 'GXP2170', '68': '1.0.11.79', '67': '000B82AABBCC' })).toEqual({
    model: 'GXP2170',
    firmware: '1.0.11.79',
    mac: '00:0b:82:aa:bb:cc',
  });
  expect(deviceOf({ phone_model: '', '68': '', '67': '' })).toEqual({ model: null, firmware: null, mac: null });
  expect(deviceOf({ phone_model: 'HT812' }).model).toBe('HT812');
  expect(deviceOf('x').model).toBeNull();
});
