import { driver as snom } from '@hookswitch/driver-snom';
import { createVirtualSnomPhone } from '@hookswitch/driver-snom/virtual';
import { driver as yealink } from '@hookswitch/driver-yealink';
import { createVirtualYealinkPhone, openTo } from '@hookswitch/driver-yealink/virtual';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { NewPhone } from '../../src/application.ts';
import { testGateway } from '../support/gateway.ts';
import { scriptedPhone } from '../support/scripted-phone.ts';

const LOGIN = { username: 'admin', password: 'a pass:word' };

async function gateway() {
  const running = await testGateway({ drivers: [snom, yealink] });
  onTestFinished(() => running[Symbol.asyncDispose]());
  const { application, caller } = running;
  return {
    ...running,
    add: (input: Omit<NewPhone, 'name'>) => application.phones.add({ name: 'Desk', ...input }, caller),
  };
}

async function yealinkAt(model: string, settings = openTo('127.0.0.1')): Promise<string> {
  const phone = createVirtualYealinkPhone({ model, credentials: LOGIN, settings });
  await phone.start();
  onTestFinished(() => phone.stop());
  return phone.address;
}

describe('a phone that is added without a vendor', () => {
  test('is a Yealink by its challenge, with model and firmware, once it lets the gateway in', async () => {
    const { add } = await gateway();
    const result = await add({ address: await yealinkAt('T46U'), ...LOGIN });
    expect(result).toMatchObject({
      ok: true,
      value: { vendor: 'yealink', model: 'T46U', firmware: expect.stringMatching(/^108\./) },
    });
  });

  test('is a Yealink by its challenge, though nobody gave credentials', async () => {
    const { add } = await gateway();
    const result = await add({ address: await yealinkAt('T54W') });
    expect(result).toMatchObject({ ok: true, value: { vendor: 'yealink', model: 'T54W', firmware: null } });
  });

  test('is a Snom, with all that its pages tell', async () => {
    const phone = createVirtualSnomPhone({
      model: 'D785',
      mac: '000413aabbcc',
      login: { user: 'admin', password: LOGIN.password },
    });
    await phone.start();
    onTestFinished(() => phone.stop());
    const { add } = await gateway();
    const result = await add({ address: phone.address, ...LOGIN });
    expect(result).toMatchObject({ ok: true, value: { vendor: 'snom', model: 'D785', mac: '00:04:13:aa:bb:cc' } });
  });

  test('is not added with credentials that it refuses', async () => {
    const { add } = await gateway();
    const result = await add({ address: await yealinkAt('T46U'), ...LOGIN, password: 'wrong' });
    expect(result).toMatchObject({ ok: false, failure: { code: 'PHONE_UNAUTHORIZED' } });
  });

  test('that says nothing before a login asks for one', async () => {
    await using phone = await scriptedPhone(
      (_request, response) => void response.writeHead(401, { 'www-authenticate': 'Basic realm="device"' }).end(),
    );
    const { add } = await gateway();
    const result = await add({ address: phone.origin });
    expect(result).toMatchObject({
      ok: false,
      failure: { code: 'PHONE_UNAUTHORIZED', message: expect.stringContaining('name its vendor') },
    });
  });

  test('that no driver knows is refused with the way out', async () => {
    await using phone = await scriptedPhone((_request, response) => void response.end('<html>A printer</html>'));
    const { add } = await gateway();
    const result = await add({ address: phone.origin });
    expect(result).toMatchObject({ ok: false, failure: { code: 'VENDOR_UNIDENTIFIED', candidateVendors: [] } });
  });

  test('and without an address cannot be asked', async () => {
    const { add } = await gateway();
    expect(await add({ mac: '00:15:65:aa:bb:cc' })).toMatchObject({
      ok: false,
      failure: { code: 'VENDOR_UNIDENTIFIED' },
    });
  });
});

test('what a phone tells of itself fills in what nobody typed', async () => {
  const { add, application, caller } = await gateway();
  const added = await add({ vendor: 'yealink', model: 'T46U', address: await yealinkAt('T46U'), ...LOGIN });
  const id = added.ok ? added.value.id : '';
  expect(application.phones.get(id)?.firmware).toBeNull();
  expect(await application.readings.phoneInfo(id, caller)).toMatchObject({ ok: true });
  expect(application.phones.get(id)?.firmware).toMatch(/^108\./);
});

describe('a device that is only asked whose it is', () => {
  test('is told with score and reasons, and stays unknown', async () => {
    const { application, caller } = await gateway();
    const address = await yealinkAt('T46U');
    const result = await application.phones.identify({ address, ...LOGIN }, caller);
    expect(result).toMatchObject({
      ok: true,
      value: {
        candidates: [{ vendor: 'yealink', model: 'T46U', firmware: expect.stringMatching(/^108\./) }],
        match: { vendor: 'yealink', reason: 'Only the driver of yealink claims it.' },
      },
    });
    const [best] = result.ok ? result.value.candidates : [];
    expect(best?.score).toBeGreaterThan(50);
    expect(best?.reasons).not.toEqual([]);
    expect(application.phones.list({}, { first: 1 }).totalCount).toBe(0);
  });

  test('is a row of the audit with its host, and without what else was typed', async () => {
    const { application, caller } = await gateway();
    const refused = await application.phones.identify({ address: 'http://admin:a@secret@127.0.0.1:9/x?y=z' }, caller);
    expect(refused).toMatchObject({ ok: false, failure: { code: 'INVALID_ARGUMENT' } });
    const { items } = await application.audit.list({ actions: ['identifyDevice'] }, { first: 5 });
    expect(items.map(({ node }) => node)).toMatchObject([
      { outcome: 'FAILED', failureCode: 'INVALID_ARGUMENT' },
      { outcome: 'ASKED', details: { host: '127.0.0.1:9', login: false } },
    ]);
    expect(JSON.stringify(items)).not.toContain('secret');
  });

  test('is not asked at an address that the policy denies', async () => {
    const { application, caller } = await gateway();
    expect(await application.phones.identify({ address: '10.0.0.1' }, caller)).toMatchObject({
      ok: false,
      failure: { code: 'POLICY_DENIED', rule: 'allowedTargets' },
    });
  });
});
