import { describe, expect, test } from 'vitest';
import { encodeId } from '../../src/graphql/ids.ts';
import { authorise } from '../../src/security/authorise/authorise.ts';
import type { Principal } from '../../src/security/principal.ts';
import { command } from '../graphql/fake-records.ts';
import { dialling } from '../policy/rules.ts';
import { temporaryStore } from '../store/temporary.ts';
import { ADMIN_KEY, type TestGateway, testGateway } from '../support/gateway.ts';
import { scriptedPhone } from '../support/scripted-phone.ts';

const AUDIT = `query ($filter: AuditFilter, $first: Int, $after: String) {
  audit(filter: $filter, first: $first, after: $after) {
    nodes { sequence action caller { id name } phone { name } command { status } numbers outcome failureCode rule details }
    pageInfo { hasNextPage endCursor }
  }
}`;

async function office() {
  const device = await scriptedPhone();
  const running = await testGateway({ config: { dialling: dialling({ area: undefined }) } });
  const phone = await running.addPhone({ address: device.origin, tags: ['lobby'] });
  return {
    ...running,
    running,
    device,
    phone,
    async audit(variables: object = {}, key = ADMIN_KEY) {
      const response = await fetch(`${running.gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
        body: JSON.stringify({ query: AUDIT, variables }),
      });
      return (await response.json()) as {
        data: { audit: { nodes: object[]; pageInfo: { endCursor: string } } | null };
      };
    },
    async [Symbol.asyncDispose]() {
      await running[Symbol.asyncDispose]();
      await device[Symbol.asyncDispose]();
    },
  };
}

describe('every change leaves its rows', () => {
  test('commands: who, which phone, which number, what became of it; a denial names the rule', async () => {
    await using desk = await office();
    await desk.run(desk.phone, { name: 'dial', arguments: { to: '030123456' } });
    await desk.run(desk.phone, { name: 'dial', arguments: { to: '0900123456' } });
    await desk.run(desk.phone, { name: 'pressKeys', arguments: { keys: [{ key: '2' }, { key: '0' }, { key: 'OK' }] } });
    const { data } = await desk.audit({ filter: { actions: ['dial', 'pressKeys'] } });
    const caller = { id: desk.caller.id, name: 'admin' };
    expect(data.audit?.nodes).toMatchObject([
      { action: 'pressKeys', caller, numbers: ['20'], outcome: 'DENIED', rule: 'dialling.unreadable' },
      {
        ...{ action: 'dial', caller, phone: { name: 'Desk' }, numbers: ['0900123456'], outcome: 'DENIED' },
        ...{ failureCode: 'POLICY_DENIED', rule: 'dialling.deny:+49900', command: { status: 'FAILED' } },
      },
      { action: 'dial', caller, phone: { name: 'Desk' }, numbers: ['030123456'], outcome: 'ASKED', rule: null },
    ]);
  });

  test('the registry and keys, without values that may be secrets; what was refused too', async () => {
    await using desk = await office();
    const { phones, apiKeys } = desk.application;
    await phones.update(desk.phone.id, { password: 'canary-secret', name: 'Lobby' }, desk.caller);
    await phones.update(desk.phone.id, { name: null }, desk.caller);
    await phones.rotateActionUrls(desk.phone.id, 60, desk.caller);
    const grant = { scopes: ['events:read'], tags: null, masksNumbers: false, expiresAt: null } as const;
    const { key, apiKey } = await apiKeys.create({ name: 'reader', ...grant }, desk.caller);
    await desk.audit({}, key);
    await apiKeys.revoke(apiKey.id, desk.caller);
    await phones.remove(desk.phone.id, desk.caller);
    await expect
      .poll(async () => (await desk.audit({ filter: { actions: ['forbidden'] } })).data.audit?.nodes.length)
      .toBe(1);
    const { data } = await desk.audit();
    const rows = (data.audit?.nodes ?? []) as { action: string; outcome: string }[];
    expect(rows.map(({ action, outcome }) => `${action} ${outcome}`).toReversed()).toEqual([
      ...['createApiKey ASKED', 'addPhone ASKED', 'addPhone DONE', 'updatePhone ASKED', 'updatePhone DONE'],
      ...['updatePhone ASKED', 'updatePhone FAILED', 'rotateActionUrls ASKED', 'rotateActionUrls DONE'],
      ...['createApiKey ASKED', 'createApiKey DONE', 'forbidden DENIED', 'revokeApiKey ASKED', 'revokeApiKey DONE'],
      ...['removePhone ASKED', 'removePhone DONE'],
    ]);
    expect(JSON.stringify(rows)).not.toContain('canary-secret');
    expect(JSON.stringify(rows)).not.toContain(key);
    expect(rows.find(({ action }) => action === 'forbidden')).toMatchObject({
      rule: 'scope:audit:read',
      caller: { name: 'reader' },
    });
  });
});

test('a caller cannot fill the audit with what is refused: 60 rows a minute, and the rest is counted', async () => {
  await using desk = await office();
  const grant = { scopes: ['audit:read'], tags: null, masksNumbers: false, expiresAt: null } as const;
  const { key } = await desk.application.apiKeys.create({ name: 'narrow', ...grant }, desk.caller);
  const refused = async () => {
    const response = await fetch(`${desk.running.gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ query: '{ phones { totalCount } }' }),
    });
    return await response.text();
  };
  for (const answer of await Promise.all(Array.from({ length: 100 }, refused))) expect(answer).toContain('FORBIDDEN');
  const metrics = await (await fetch(`${desk.running.gateway.url}/metrics`)).text();
  expect(metrics).toContain('hookswitch_security_events_total{kind="FORBIDDEN"} 100');
  const { items } = await desk.application.audit.list({ actions: ['forbidden'] }, { first: 500 });
  expect(items.length).toBeGreaterThanOrEqual(60);
  expect(items.length).toBeLessThan(75);
});

test('it is paged newest first, and narrowed by every filter', async () => {
  await using desk = await office();
  for (const to of ['201', '202', '203']) await desk.run(desk.phone, { name: 'dial', arguments: { to } });
  const numbers = async (variables: object) => {
    const { data } = await desk.audit(variables);
    return ((data.audit?.nodes ?? []) as { numbers: string[] }[]).map((row) => row.numbers[0]);
  };
  const asked = { actions: ['dial'], outcomes: ['ASKED'] };
  expect(await numbers({ filter: asked })).toEqual(['203', '202', '201']);
  const first = await desk.audit({ filter: asked, first: 2 });
  expect(await numbers({ filter: asked, after: first.data.audit?.pageInfo.endCursor })).toEqual(['201']);
  expect(await numbers({ filter: { ...asked, callerIds: ['nobody'] } })).toEqual([]);
  expect(await numbers({ filter: { ...asked, callerIds: [desk.caller.id] } })).toHaveLength(3);
  expect(await numbers({ filter: { ...asked, until: '2020-01-01T00:00:00Z' } })).toEqual([]);
  expect(await desk.audit({ after: 'x' })).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
});

describe('an auditor who is no admin', () => {
  type Grant = Parameters<TestGateway['application']['apiKeys']['create']>[0];
  async function auditor(desk: Awaited<ReturnType<typeof office>>, changed: Partial<Grant>) {
    const grant = { scopes: ['audit:read'], tags: null, masksNumbers: false, expiresAt: null, ...changed } as const;
    return (await desk.application.apiKeys.create({ name: 'auditor', ...grant }, desk.caller)).key;
  }
  const ROWS = `{ audit(filter: { actions: ["dial", "pressKeys", "addPhone"] }) {
    nodes { action phoneId numbers details } } }`;
  const ask = async (desk: Awaited<ReturnType<typeof office>>, key: string, query = ROWS) => {
    const response = await fetch(`${desk.running.gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ query }),
    });
    return await response.text();
  };

  test('may be shown numbers cut short: no row has one, and nothing by which one could be found out', async () => {
    await using desk = await office();
    await desk.run(desk.phone, { name: 'dial', arguments: { to: '030123456' } });
    await desk.run(desk.phone, { name: 'pressKeys', arguments: { keys: [...'030123457'].map((key) => ({ key })) } });
    const masked = await ask(desk, await auditor(desk, { masksNumbers: true }));
    expect(masked).toContain('"numbers":["0301***"]');
    expect(masked).not.toMatch(/030123|23456|argumentsSha256/);
    const whole = await ask(desk, await auditor(desk, {}));
    expect(whole).toContain('"numbers":["030123456"]');
    expect(whole).toContain('argumentsSha256');
  });

  test('sees the rows of the phones that exist for them, and may do nothing else', async () => {
    await using desk = await office();
    const other = await desk.running.addPhone({ name: 'Elsewhere', tags: ['hr'] });
    await desk.run(desk.phone, { name: 'dial', arguments: { to: '030123456' } });
    await desk.run(other, { name: 'dial', arguments: { to: '030123499' } });
    const key = await auditor(desk, { tags: ['lobby'] });
    const seen = await ask(desk, key);
    expect(seen).toContain('030123456');
    expect(seen).not.toContain('030123499');
    expect(seen).not.toContain(encodeId('Phone', other.id));
    // The key's own making is about no phone.
    expect(await ask(desk, key, '{ audit { nodes { action } } }')).not.toContain('createApiKey');
    expect(await ask(desk, key, '{ phones { totalCount } }')).toContain('"scope":"phones:read"');
    expect(await ask(desk, key, '{ apiKeys { id } }')).toContain('"scope":"admin"');
  });
});

test('a caller to whom numbers are shown cut short sees them so here', async () => {
  await using desk = await office();
  await desk.run(desk.phone, { name: 'dial', arguments: { to: '030123456' } });
  // No key is both today; the rule holds should that change.
  const masked: Principal = {
    ...{ id: 'm', name: 'masked', kind: 'API_KEY', scopes: ['admin'], tags: null, masksNumbers: true, expiresAt: null },
  };
  const { items } = await authorise(desk.application, masked).audit.list({ actions: ['dial'] }, { first: 9 });
  expect(items.at(-1)?.node.numbers).toEqual(['0301***']);
});

describe('with a command its row is written, or neither', () => {
  test('where the command is refused by the store there is no row, and the chain goes on', async () => {
    await using files = await temporaryStore();
    const { commands, audit } = files.store;
    await commands.insert(command('1'), null);
    await expect(commands.insert(command('1'), null)).rejects.toMatchObject({ code: 'UNIQUE' });
    await expect(commands.update({ ...command('9'), settledAt: 5 })).rejects.toMatchObject({ code: 'MISSING_ROW' });
    await commands.insert(command('2'), null);
    const { items } = await audit.list({}, { limit: 9 });
    expect(items.map(({ sequence, commandId }) => [sequence, commandId])).toEqual([
      [2, '2'],
      [1, '1'],
    ]);
  });
});
