import { httpReply } from '@hookswitch/driver-kit';
import { expect, test } from 'vitest';
import { page, pushOf } from '../src/wire/document.ts';
import { readNotification } from '../src/wire/notification.ts';
import { readReply } from '../src/wire/reply.ts';
import {
  CALLS_REQUEST,
  callRequest,
  DEVICE_REQUEST,
  dialRequest,
  dtmfRequest,
  LINES_REQUEST,
  muteRequest,
  pushRequest,
  REBOOT_REQUEST,
  readSettingsRequest,
  transferRequest,
  writeSettingsRequest,
} from '../src/wire/requests.ts';
import { STATUS_WORDS } from '../src/wire/status.table.ts';
import { accountsOf, callsOf, deviceOf } from '../src/wire/told.ts';

test('requests are as the manual and public tools have them, to the octet', () => {
  const lines = [
    dialRequest({ Dest: '+49 30', Line: '2', Type: 'TEL' }),
    dialRequest({ Dest: '1007@pbx.example', Line: '1', Type: 'SIP' }),
    callRequest('endCall', '0x41aa9c00'),
    transferRequest('41aa9c00', '1008'),
    muteRequest(true),
    muteRequest(false),
    dtmfRequest('1*#'),
    REBOOT_REQUEST,
    DEVICE_REQUEST,
    LINES_REQUEST,
    CALLS_REQUEST,
    readSettingsRequest(['a', 'b']),
    writeSettingsRequest({ 'a.b': '1' }),
    pushRequest('<x/>', 'text/x'),
  ].map(({ method, target, body = '', headers }) =>
    `${method} ${target} ${headers?.['content-type'] ?? ''} ${body}`.trim(),
  );
  const json = 'application/json';
  expect(lines).toEqual([
    `POST /api/v1/callctrl/dial ${json} {"data":{"Dest":"+49 30","Line":"2","Type":"TEL"}}`,
    `POST /api/v1/callctrl/dial ${json} {"data":{"Dest":"1007@pbx.example","Line":"1","Type":"SIP"}}`,
    `POST /api/v1/callctrl/endCall ${json} {"data":{"Ref":"0x41aa9c00"}}`,
    `POST /api/v1/callctrl/transferCall ${json} {"data":{"Ref":"41aa9c00","TransferDest":"1008"}}`,
    `POST /api/v1/callctrl/mute ${json} {"data":{"state":"1"}}`,
    `POST /api/v1/callctrl/mute ${json} {"data":{"state":"0"}}`,
    `POST /api/v1/callctrl/sendDTMF ${json} {"data":{"Digits":"1*#"}}`,
    `POST /api/v1/mgmt/safeReboot ${json}`,
    'GET /api/v1/mgmt/device/info',
    'GET /api/v1/mgmt/lineInfo',
    'GET /api/v2/webCallControl/callStatus',
    `POST /api/v1/mgmt/config/get ${json} {"data":["a","b"]}`,
    `POST /api/v1/mgmt/config/set ${json} {"data":{"a.b":"1"}}`,
    'POST /push text/x <x/>',
  ]);
  expect([readSettingsRequest(['a']).readOnly, DEVICE_REQUEST.readOnly, writeSettingsRequest({}).readOnly]).toEqual([
    ...[true, true],
    undefined,
  ]);
  expect(pushRequest('<x/>', 'text/x').credentials).toBe('push');
});

test('HTTP 200 with a Status is what that Status says', () => {
  expect(readReply(httpReply(200, '{"Status":"2000","data":[1]}'))).toEqual({ status: 'ACCEPTED', value: [1] });
  expect(readReply(httpReply(200, '{"Status":2000}'))).toEqual({ status: 'ACCEPTED', value: undefined });
  const codes = ['4000', '4001', '4002', '4003', '4004', '4005', '4006', '4007', '4008', '4009', '4010', '5000'];
  expect(Object.keys(STATUS_WORDS)).toEqual(codes);
  const told = Object.keys(STATUS_WORDS).map((code) => {
    const read = readReply(httpReply(200, JSON.stringify({ Status: code })));
    const failure = read.status === 'FAILED' ? read.failure : null;
    return [code, failure?.code, failure?.message.includes(code), failure?.retryable];
  });
  for (const [code, failure, names, retryable] of told) {
    expect([code, failure, names, retryable]).toEqual([
      code,
      code === '4007' ? 'INVALID_CALL_STATE' : 'PHONE_REJECTED',
      true,
      false,
    ]);
  }
});

test.each([
  '',
  'done',
  '<html>',
  '[]',
  'null',
  '{}',
  '{"Status":"2001"}',
  '{"Status":["2000"]}',
  '{"Status":"toString"}',
])('HTTP 200 with %j is UNKNOWN', (text) => {
  const read = readReply(httpReply(200, text));
  expect(read.status).toBe('UNKNOWN');
});

test.each([
  [403, /busy/],
  [404, /no such API/],
  [500, /answered 500\./],
] as const)('HTTP %d is a refusal that says why', (status, words) => {
  const read = readReply(httpReply(status, '{"Status":"2000"}'));
  const failure = read.status === 'FAILED' ? read.failure : null;
  expect(failure).toMatchObject({ code: 'PHONE_REJECTED', phoneStatus: status, message: expect.stringMatching(words) });
});

test('the phone’s own account of itself, in both forms', () => {
  const facts = { vendor: 'Polycom', model: 'VVX 350', firmware: '5.9.3.2857', mac: '64:16:7f:39:59:ca' };
  const about = { ModelNumber: 'VVX 350', DeviceVendor: 'Polycom', MACAddress: '64167f3959ca' };
  expect(deviceOf({ ...about, FirmwareRelease: '5.9.3.2857' })).toEqual(facts);
  expect(deviceOf({ ...about, Firmware: { Application: '5.9.3.2857 02-Jul-19 06:14' } })).toEqual(facts);
  expect(deviceOf({ ModelNumber: 'Trio 8800' })).toEqual({
    vendor: null,
    model: 'Trio 8800',
    firmware: null,
    mac: null,
  });
  expect(deviceOf('nothing')).toEqual({ vendor: null, model: null, firmware: null, mac: null });
});

test('lines: one bare, one under another name, one that is none', () => {
  const line = { LineNumber: '1', Label: 'Anna', RegistrationStatus: 'Registered', SIPAddress: 'anna@pbx.example' };
  const account = { account: 1, user: 'anna', host: 'pbx.example', displayName: null, label: 'Anna', enabled: null };
  expect(accountsOf(line)).toEqual([{ ...account, registered: true }]);
  expect(
    accountsOf([
      { LineNumber: '2', Username: 'bert', ProxyAddress: 'proxy.example', RegistrationStatus: 'unregistered' },
      { LineNumber: '0' },
      { LineNumber: 'x' },
      {},
      { LineNumber: '3' },
    ]),
  ).toEqual([
    { ...account, account: 2, user: 'bert', host: 'proxy.example', label: null, registered: false },
    { ...account, account: 3, user: null, host: null, label: null, registered: null },
  ]);
});

test('calls of callStatus: handles in both forms, parties, states that are none', () => {
  const told = { Type: 'Incoming', RemotePartyNumber: 'sip:1007@pbx.example', RemotePartyName: 'Bert' };
  expect(
    callsOf([
      { ...told, CallHandle: '0x41AA9C00', CallState: 'CallHold' },
      { CallHandle: '41c2c008', CallState: 'Offering', RemotePartyNumber: '1008', RemotePartyName: '1008' },
      { CallHandle: '41c2c009', CallState: 'Held', Type: 'Outgoing' },
      { ...told, CallHandle: '1', CallState: 'Dialtone' },
      { ...told, CallHandle: '2', CallState: 'Disconnected' },
      { ...told, CallState: 'Connected' },
      { ...told, CallHandle: '3' },
    ]),
  ).toMatchObject([
    {
      vendorIds: { CallReference: '41aa9c00' },
      state: 'HELD',
      direction: 'INCOMING',
      remote: { number: '1007', displayName: 'Bert' },
    },
    { vendorIds: { CallReference: '41c2c008' }, state: 'RINGING', direction: null, remote: { displayName: null } },
    { vendorIds: { CallReference: '41c2c009' }, state: 'CONNECTED', direction: 'OUTGOING' },
  ]);
});

test('of several calls in a notification only its own is told, its own values first', () => {
  const info = (reference: string, name: string) =>
    `<CallInfo><CallState>CallHold</CallState><CalledPartyName>${name}</CalledPartyName><CallReference>${reference}</CallReference></CallInfo>`;
  const lines = `<CallLineInfo><LineKeyNum>1</LineKeyNum>${info('a', 'Ada')}${info('b', 'Bert & Co')}</CallLineInfo>`;
  const event = (reference: string) =>
    `<CallStateChangeEvent CallReference="${reference}" CallState="Connected">${lines}</CallStateChangeEvent>`;
  const valuesOf = (body: string) => readNotification(body)?.values.map(({ name, value }) => `${name}=${value}`);
  const own = ['CallReference=b', 'CallState=Connected', 'CalledPartyName=Bert & Co', 'LineKeyNum=1'];
  expect(valuesOf(event('b'))).toEqual(own);
  expect(valuesOf(event('c'))).toEqual(['CallReference=c', 'CallState=Connected']);
});

const DATA = '<PolycomIPPhone><Data priority="Critical"><p>x</p></Data></PolycomIPPhone>';

test.each([
  [DATA, { contentType: 'application/xhtml+xml' }],
  [
    '<PolycomIPPhone><URL priority="Normal">/a.xhtml</URL></PolycomIPPhone>',
    { contentType: 'application/x-com-polycom-spipx' },
  ],
  [page('a<b', 'c&d'), { contentType: 'application/xhtml+xml' }],
  [`<!DOCTYPE x>${DATA}`, { objection: 'it has a DOCTYPE' }],
  [DATA.replace('x', 'x'.repeat(2048)), { objection: 'it has more than 2048 bytes' }],
  ['<PolycomIPPhone/>', { objection: 'it must be a PolycomIPPhone with Data or URL' }],
  ['<PolycomIPPhone>x</PolycomIPPhone>', { objection: 'it must be a PolycomIPPhone with Data or URL' }],
  ['<constructor/>', { objection: 'it must be a PolycomIPPhone with Data or URL' }],
  ['<Data/>', { objection: 'it must be a PolycomIPPhone with Data or URL' }],
  ['no document', { objection: expect.stringMatching(/^it is not well-formed/) }],
  ['<PolycomIPPhone><Data>', { objection: expect.stringMatching(/^it is not well-formed/) }],
  [DATA.replace('<p>x</p>', ' Tel:1007'), { objection: expect.stringMatching(/a command of its own/) }],
  [DATA.replace('<p>x</p>', 'Key:Hold'), { objection: expect.stringMatching(/a command of its own/) }],
])('a push of %s', (document, expected) => {
  expect(pushOf(document)).toEqual(expected);
});
