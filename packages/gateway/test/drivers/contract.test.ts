import { fileURLToPath } from 'node:url';
import { CONTRACT_VERSION } from '@hookswitch/core';
import { expect, onTestFinished, test } from 'vitest';
import { judgeContract } from '../../src/drivers/judge-contract.ts';
import { testGateway } from '../support/gateway.ts';
import { scriptedPhone } from '../support/scripted-phone.ts';

const OLD = fileURLToPath(new URL('./fixtures/contract-1.0.mjs', import.meta.url));

test.each(['none', 'worker'] as const)(
  'a driver of contract 1.0 works, what it lacks filled in, isolation %s',
  async (isolation) => {
    await using device = await scriptedPhone((_request, response) => void response.end('ok'));
    const running = await testGateway({
      drivers: null,
      config: { drivers: [{ name: OLD, isolation }] },
    });
    onTestFinished(() => running[Symbol.asyncDispose]());
    const { application, caller } = running;
    expect(application.drivers.get('old')).toMatchObject({
      contractVersion: '1.0.0',
      models: [{ model: 'O1', capabilities: [{ capability: 'DIAL' }, { capability: 'LED' }] }],
      health: { state: 'RUNNING', fault: null },
    });
    const phone = await running.addPhone({ vendor: 'old', address: device.origin, model: 'O1' });
    expect(application.phones.capabilities(phone.id).map(({ capability }) => capability)).toEqual(['DIAL', 'LED']);
    expect(await running.run(phone, { name: 'dial', arguments: { to: '203' } })).toMatchObject({ failure: null });
    expect(device.requests.map(({ target }) => target)).toContain('/dial?203');
    expect(await running.report(phone, 'ring', 'id=7&who=201')).toEqual({ status: 200, body: '' });
    expect(application.calls.active(phone.id)).toMatchObject([{ state: 'RINGING', remote: { number: '201' } }]);
    const led = { key: 'FUNCTION_1', light: 'ON' };
    expect(await running.run(phone, { name: 'setLed', arguments: led })).toMatchObject({ status: 'ACCEPTED' });
    expect(await application.readings.diagnosis(phone.id, caller)).toContainEqual(
      expect.objectContaining({ code: 'ANSWERS' }),
    );
    expect(device.requests.map(({ target }) => target)).toContain('/led?FUNCTION_1=ON');
  },
  60_000,
);

test.each([
  ['1.0.0', true, '1.0.0'],
  [CONTRACT_VERSION, true, CONTRACT_VERSION],
  ['^1.2', true, '1.2.0'],
  ['^1.1 || ^2', true, '1.1.0'],
  ['>=1.0 <1.2', false, '1.0.0'],
  ['^2', false, '2.0.0'],
  ['1.99.0', false, '1.99.0'],
  ['0.9.0', false, null],
  ['*', false, null],
  ['latest', false, null],
  ['', false, null],
])('%j: fits %s, for %s', (stated, fits, builtFor) => {
  expect(judgeContract(stated)).toEqual({ fits, builtFor });
});
