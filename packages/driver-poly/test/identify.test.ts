import { expect, test } from 'vitest';
import { driver } from '../src/index.ts';
import { canonicalModel, isVvx, MODELS } from '../src/models.ts';

const SERVER = { server: 'Polycom SoundPoint IP Telephone HTTPd' };
const target = '/api/v1/mgmt/device/info';
const device = (data: object) => JSON.stringify({ data, Status: '2000' });

test('the name of its web server, without a login', () => {
  const replies = [{ target, status: 401, headers: SERVER, text: '' }];
  expect(driver.identify({ mac: '0004F2839AF9', model: null, replies })).toEqual({
    score: 100,
    reasons: ['its web server is "Polycom SoundPoint IP Telephone HTTPd"', 'its MAC address is one of Polycom'],
    model: null,
    firmware: null,
    mac: '00:04:f2:83:9a:f9',
  });
});

test('what it says of itself where it asks for no login', () => {
  const told = { ModelNumber: 'VVX 411', FirmwareRelease: '5.9.0.9373', MACAddress: '64167F000001' };
  const reply = (vendor: string) => ({
    target,
    status: 200,
    headers: {},
    text: device({ ...told, DeviceVendor: vendor }),
  });
  expect(driver.identify({ mac: null, model: null, replies: [reply('Polycom')] })).toMatchObject({
    score: 100,
    model: 'VVX 411',
    firmware: '5.9.0.9373',
    mac: '64:16:7f:00:00:01',
  });
  const nameless = { target, status: 200, headers: {}, text: device(told) };
  expect(driver.identify({ mac: null, model: null, replies: [nameless] })).toMatchObject({ score: 0 });
  expect(driver.identify({ mac: null, model: null, replies: [reply('Acme')] })).toMatchObject({
    score: 0,
    firmware: null,
  });
});

test.each([
  ['Poly Edge E350', 30, 'Edge E350'],
  ['vvx_450', 30, 'VVX 450'],
  ['Polycom', 30, null],
  ['D785', 0, null],
] as const)('said to be a %s', (model, score, found) => {
  expect(driver.identify({ mac: null, model, replies: [] })).toMatchObject({ score, model: found });
});

test('models by any of their names, and by their generation', () => {
  expect(MODELS).toHaveLength(28);
  const names = ['VVX 450', 'VVX_450', 'Polycom VVX-450', 'PolyEdge E350', 'Edge E 350', 'VVX 999', 'E350', null];
  expect(names.map(canonicalModel)).toEqual([
    ...['VVX 450', 'VVX 450', 'VVX 450'],
    ...['Edge E350', 'Edge E350', null, null, null],
  ]);
  expect(['VVX 101', 'Edge E100', null].map(isVvx)).toEqual([true, false, false]);
});
