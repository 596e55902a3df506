import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { NewPhone } from '../../src/application.ts';
import { acme } from '../support/driver.ts';
import { testGateway } from '../support/gateway.ts';
import { says, scriptedPhone } from '../support/scripted-phone.ts';

const PRESS = { name: 'pressKeys', arguments: { keys: [{ key: 'OK' }] } } as const;

test('a phone is kept over a restart, its secrets sealed on disk and good to log in with', async () => {
  await using phone = await scriptedPhone(({ headers }, response) => {
    const isIn = headers.authorization === `Basic ${Buffer.from('admin:t0p-s3cret').toString('base64')}`;
    if (isIn) response.end();
    else response.writeHead(401, { 'www-authenticate': 'Basic realm="phone"' }).end();
  });
  await using running = await testGateway();
  const desk = await running.addPhone({
    name: ' Desk 1 ',
    address: ` ${phone.origin}/ `,
    mac: '00:04:13:00:00:01',
    model: 'One',
    tags: ['a', 'a', 'b'],
    username: 'admin',
    password: 't0p-s3cret',
    options: [
      { name: 'pushUser', value: 'push' },
      { name: 'pushPassword', value: 'al50-s3cret' },
    ],
  });
  expect(desk).toMatchObject({
    name: 'Desk 1',
    address: phone.origin,
    tags: ['a', 'b'],
    options: { pushUser: 'push' },
    origin: 'api',
  });
  const path = running.actionUrlPath(desk);
  await running.restart();
  expect(running.application.phones.get(desk.id)).toEqual(desk);
  expect(running.application.phones.byMac('00:04:13:00:00:01')).toEqual(desk);
  expect(running.actionUrlPath(desk)).toBe(path);
  expect(await running.run(desk, PRESS)).toMatchObject({ status: 'ACCEPTED' });
  await running.gateway.stop();
  const files = await Promise.all(
    ['', '-wal'].map((end) => readFile(join(running.dataDir, `hookswitch.db${end}`)).catch(() => Buffer.alloc(0))),
  );
  const written = Buffer.concat(files).toString('latin1');
  expect(written).toContain('Desk 1');
  for (const secret of ['t0p-s3cret', 'al50-s3cret', path.slice('/a/'.length)]) expect(written).not.toContain(secret);
  await running.restart();
});

test('the device is asked whose it is', async () => {
  await using phone = await scriptedPhone(
    ({ target }, response) => void response.end(target === '/who' ? 'an ACME One' : ''),
  );
  await using running = await testGateway();
  const { phones } = running.application;
  const added = await phones.add({ name: 'Desk', address: phone.origin }, running.caller);
  expect(added).toMatchObject({ ok: true, value: { vendor: 'acme', model: 'One' } });
  expect(phone.requests.map(({ target }) => target)).toEqual(['/', '/who']);
});

test.each<[string, Partial<NewPhone>, object]>([
  ['no vendor and no address', {}, { code: 'VENDOR_UNIDENTIFIED' }],
  ['a vendor without a driver', { vendor: 'other' }, { code: 'INVALID_ARGUMENT', argument: 'vendor' }],
  ['a blank name', { vendor: 'acme', name: ' ' }, { code: 'INVALID_ARGUMENT', argument: 'name' }],
  [
    'an address that is none',
    { vendor: 'acme', address: 'http://x/y' },
    { code: 'INVALID_ARGUMENT', argument: 'address' },
  ],
  [
    'an address that policy denies',
    { vendor: 'acme', address: '10.0.0.1' },
    { code: 'POLICY_DENIED', rule: 'allowedTargets' },
  ],
  ['a SIP URI that is none', { vendor: 'acme', sipUri: '101@pbx' }, { code: 'INVALID_ARGUMENT', argument: 'sipUri' }],
  [
    'an option that the driver has not',
    { vendor: 'acme', options: [{ name: 'color', value: 'red' }] },
    { code: 'INVALID_ARGUMENT', argument: 'options.color' },
  ],
  ['a device that is not there', { address: 'http://127.0.0.1:1' }, { code: 'PHONE_UNREACHABLE' }],
])('refused: %s', async (_what, input, failure) => {
  await using running = await testGateway({ config: { allowedPorts: ['1', '80', '443', '1024-65535'] } });
  const result = await running.application.phones.add({ name: 'Desk', ...input }, running.caller);
  expect(result).toMatchObject({ ok: false, failure });
  expect(running.application.phones.list({}, { first: 5 }).totalCount).toBe(0);
});

test('a device that wants a login, that nobody knows, or that several claim', async () => {
  await using phone = await scriptedPhone(
    (_request, response) => void response.writeHead(401, { 'www-authenticate': 'Basic' }).end(),
  );
  const twin = { ...acme, vendor: 'twin', name: 'Twin' };
  await using running = await testGateway({ drivers: [acme, twin] });
  const add = () =>
    running.application.phones.add(
      { name: 'Desk', address: phone.origin, username: 'a', password: 'b' },
      running.caller,
    );
  expect(await add()).toMatchObject({ ok: false, failure: { code: 'PHONE_UNAUTHORIZED' } });
  expect(phone.requests).toHaveLength(2);
  phone.script = says('a coffee machine');
  expect(await add()).toMatchObject({ ok: false, failure: { code: 'VENDOR_UNIDENTIFIED', candidateVendors: [] } });
  phone.script = says('ACME');
  expect(await add()).toMatchObject({
    ok: false,
    failure: { code: 'VENDOR_UNIDENTIFIED', candidateVendors: ['acme', 'twin'] },
  });
});

test('two phones do not share a MAC address or an address, asked at once or later', async () => {
  await using running = await testGateway();
  const { phones } = running.application;
  const add = (input: Partial<NewPhone>) => phones.add({ name: 'Desk', vendor: 'acme', ...input }, running.caller);
  const results = await Promise.all([add({ mac: '00:04:13:00:00:01' }), add({ mac: '00:04:13:00:00:01' })]);
  expect(results.map(({ ok }) => ok).sort()).toEqual([false, true]);
  const [first] = phones.list({}, { first: 5 }).items;
  expect(results.find(({ ok }) => !ok)).toMatchObject({
    failure: { code: 'PHONE_CONFLICT', existingPhoneId: first?.node.id },
  });
  await add({ address: '127.0.0.7' });
  expect(await add({ address: 'http://127.0.0.7:80/' })).toMatchObject({
    ok: false,
    failure: { code: 'PHONE_CONFLICT' },
  });
  await phones.remove(first?.node.id ?? '', running.caller);
  expect(await add({ mac: '00:04:13:00:00:01' })).toMatchObject({ ok: true });
});

test('updating: left out stays, null clears, a list replaces', async () => {
  await using running = await testGateway();
  const { phones } = running.application;
  const { caller } = running;
  const desk = await running.addPhone({
    address: '127.0.0.7',
    username: 'admin',
    mac: '00:04:13:00:00:01',
    tags: ['a'],
    options: [{ name: 'pushUser', value: 'x' }],
  });
  expect(await phones.update(desk.id, {}, caller)).toEqual({ ok: true, value: desk });
  const changed = await phones.update(
    desk.id,
    { name: 'New', address: null, username: null, tags: null, options: [] },
    caller,
  );
  expect(changed).toEqual({
    ok: true,
    value: { ...desk, name: 'New', address: null, username: null, tags: [], options: {} },
  });
  expect(phones.capabilities(desk.id)).toEqual([]);
  expect(await phones.update(desk.id, { name: null }, caller)).toMatchObject({
    ok: false,
    failure: { argument: 'name' },
  });
  await expect(phones.update('nothing', {}, caller)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await phones.remove(desk.id, caller);
  await expect(phones.update(desk.id, {}, caller)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a removed phone keeps its history and is in no list', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway();
  const { application, caller } = running;
  const desk = await running.addPhone({ address: phone.origin });
  await running.report(desk, 'hello');
  await application.phones.remove(desk.id, caller);
  await running.restart();
  const { phones, events, readings } = running.application;
  expect(phones.get(desk.id)?.removedAt).toEqual(expect.any(Number));
  expect(phones.list({}, { first: 5 }).totalCount).toBe(0);
  expect((await events.list({ phoneIds: [desk.id] }, {})).items).toHaveLength(1);
  expect(await readings.phoneInfo(desk.id, caller)).toMatchObject({
    ok: false,
    failure: { code: 'PHONE_UNREACHABLE', retryable: false },
  });
  expect((await readings.diagnosis(desk.id, caller)).map(({ code }) => code)).toContain('REMOVED');
  expect(await phones.provisioning(desk.id, caller)).toBeNull();
  expect(phone.requests).toEqual([]);
});

test('action URLs and the provisioning text hold the same token; too long ones are refused in words', async () => {
  await using running = await testGateway();
  const { phones } = running.application;
  const desk = await running.addPhone();
  const urls = phones.actionUrls(desk.id, running.caller) ?? [];
  expect(urls.map(({ setting }) => setting)).not.toContain('url_test');
  expect(urls[0]).toEqual({
    setting: 'url_incoming',
    url: `${running.gateway.url}${running.actionUrlPath(desk)}/incoming?id=$id&remote=$remote`,
  });
  const file = await phones.provisioning(desk.id, running.caller);
  expect(await (await fetch(file?.url ?? '')).text()).toBe(file?.text);
  expect(file?.text).toContain(`url_incoming=${urls[0]?.url}\n`);

  const publicUrl = `http://${'long.'.repeat(40)}example`;
  await using far = await testGateway({ config: { publicUrl } });
  const other = await far.addPhone();
  expect(() => far.application.phones.actionUrls(other.id, far.caller)).toThrow(
    /url_incoming has \d+ characters and the phone takes 255/,
  );
  expect(await far.run(other, { name: 'pressKeys', arguments: { keys: [{ key: '1' }] } })).toMatchObject({
    failure: { code: 'CAPABILITY_UNSUPPORTED' },
  });
});

test('phones are listed by name, page by page, whatever is removed meanwhile', async () => {
  await using running = await testGateway();
  const { phones } = running.application;
  const added = [];
  for (const name of ['Zoë', 'Anna', 'Bert', 'Anna']) added.push(await running.addPhone({ name }));
  const page = phones.list({}, { first: 2 });
  expect([page.items.map(({ node }) => node.name), page.hasNextPage, page.totalCount]).toEqual([
    ['Anna', 'Anna'],
    true,
    4,
  ]);
  const after = page.items[1]?.cursor;
  await phones.remove(page.items[1]?.node.id ?? '', running.caller);
  const rest = phones.list({}, { first: 5, after });
  expect([rest.items.map(({ node }) => node.name), rest.hasNextPage]).toEqual([['Bert', 'Zoë'], false]);
  expect(phones.list({ search: 'zO' }, { first: 5 }).totalCount).toBe(1);
  expect(phones.list({ ids: [added[2]?.id ?? ''] }, { first: 5 }).items[0]?.node.name).toBe('Bert');
  for (const cursor of ['x', Buffer.from('[1]').toString('base64url')]) {
    expect(() => phones.list({}, { first: 5, after: cursor })).toThrow(
      expect.objectContaining({ code: 'BAD_USER_INPUT' }),
    );
  }
});

test('what a phone tells of itself fills in what nobody typed', async () => {
  const talkative = {
    ...acme,
    actionUrls: {
      ...acme.actionUrls,
      parse: (...given: Parameters<typeof acme.actionUrls.parse>) => {
        const parsed = acme.actionUrls.parse(...given);
        return parsed && { ...parsed, device: { mac: '00:04:13:00:00:09', model: 'Two', firmware: '2.0' } };
      },
    },
  };
  await using running = await testGateway({ drivers: [talkative] });
  const desk = await running.addPhone({ model: 'One', firmware: '1.0' });
  await running.report(desk, 'hello');
  const filled = { mac: '00:04:13:00:00:09', model: 'One', firmware: '2.0' };
  await expect.poll(() => running.application.phones.get(desk.id)).toMatchObject(filled);
  await running.restart();
  expect(running.application.phones.get(desk.id)).toMatchObject(filled);
});
