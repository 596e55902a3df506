import { expect, test } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';
import { testGateway } from '../support/gateway.ts';
import { says, scriptedPhone } from '../support/scripted-phone.ts';
import { bodiesOf, scriptedSipPhone } from '../support/sip-phone.ts';
import { sipAcme } from './driver.ts';

const drivers = [sipAcme];
const light = { name: 'setLed', arguments: { key: 'FUNCTION_2', light: 'ON' } } as const;

/** A configuration with a Kamailio there. */
function withKamailio(port: number) {
  const text = `sip: { domain: pbx.example, registrars: [{ kind: kamailio, url: 'http://127.0.0.1:${port}' }] }`;
  const parsed = parseConfig({}, { text, name: 'x.yaml', folder: '.' });
  if ('faults' in parsed) throw new Error(parsed.faults.join());
  return { sip: parsed.config.sip };
}

const registered = (...contacts: readonly { readonly Address: string; readonly Received?: string }[]) =>
  says(JSON.stringify({ result: { Contacts: contacts.map((Contact) => ({ Contact })) } }));

test('a request goes to the registered contact by way of the address that the registrar saw', async () => {
  await using sip = await scriptedSipPhone(undefined, '127.0.0.7');
  const contact = { Address: 'sip:101@10.9.9.9:5060;line=x1', Received: `sip:127.0.0.7:${sip.port}` };
  await using registrar = await scriptedPhone(registered(contact));
  await using running = await testGateway({ drivers, config: withKamailio(registrar.port) });
  const phone = await running.addPhone({ sipUri: 'sip:101@pbx.example' });
  expect(await running.run(phone, light)).toMatchObject({ status: 'ACCEPTED' });
  expect(await running.run(phone, light)).toMatchObject({ status: 'ACCEPTED' });
  const { uri, from } = await sip.received('MESSAGE', 2);
  expect(uri).toBe(contact.Address);
  expect(from.uri).toBe('sip:hookswitch@pbx.example');
  // Asked once: the answer was still fresh.
  expect(registrar.requests).toHaveLength(1);
});

test('a registered phone that challenges in a realm of its own gets the login of the domain that was called', async () => {
  const challenge = { 'WWW-Authenticate': 'Digest realm="snom", nonce="abc", qop="auth", algorithm=MD5' };
  await using sip = await scriptedSipPhone(({ headers }) =>
    headers.get('authorization') === undefined ? { status: 401, headers: challenge } : { status: 200 },
  );
  await using registrar = await scriptedPhone(registered({ Address: sip.uri }));
  const { sip: config } = withKamailio(registrar.port);
  const credentials = [{ domain: 'pbx.example', username: 'gateway', password: 'secret' }];
  await using running = await testGateway({ drivers, config: { sip: { ...config, credentials } } });
  const phone = await running.addPhone({ sipUri: 'sip:101@pbx.example', username: 'ada', password: 'lovelace' });
  expect(await running.run(phone, light)).toMatchObject({ status: 'ACCEPTED' });
  expect(sip.requests.at(-1)?.headers.get('authorization')).toContain('username="gateway"');
});

test('of several contacts the one of the phone’s own address is meant', async () => {
  await using other = await scriptedSipPhone(undefined, '127.0.0.6');
  await using sip = await scriptedSipPhone(undefined, '127.0.0.7');
  await using registrar = await scriptedPhone(registered({ Address: other.uri }, { Address: sip.uri }));
  await using running = await testGateway({ drivers, config: withKamailio(registrar.port) });
  const phone = await running.addPhone({ sipUri: 'sip:101@pbx.example', address: '127.0.0.7' });
  expect(await running.run(phone, light)).toMatchObject({ status: 'ACCEPTED' });
  expect([bodiesOf(other, 'MESSAGE').length, bodiesOf(sip, 'MESSAGE').length]).toEqual([0, 1]);
});

test('a contact that is not where phones may be is not gone to', async () => {
  await using registrar = await scriptedPhone(registered({ Address: 'sip:101@192.0.2.1' }));
  await using running = await testGateway({ drivers, config: withKamailio(registrar.port) });
  const phone = await running.addPhone({ sipUri: 'sip:101@pbx.example' });
  expect(await running.run(phone, light)).toMatchObject({ failure: { code: 'POLICY_DENIED' } });
});

test('who is not registered is unreachable; so is everybody while the registrar is', async () => {
  await using registrar = await scriptedPhone(says('{"error":{"code":404,"message":"AOR not found"}}'));
  await using running = await testGateway({ drivers, config: withKamailio(registrar.port) });
  const phone = await running.addPhone({ sipUri: 'sip:101@pbx.example' });
  expect(await running.run(phone, light)).toMatchObject({
    failure: { code: 'PHONE_UNREACHABLE', message: expect.stringContaining('101@pbx.example is not registered') },
  });
  registrar.script = says('no JSON');
  expect(await running.run(phone, light)).toMatchObject({
    failure: { code: 'PHONE_UNREACHABLE', message: expect.stringContaining('registrar could not be asked') },
  });
});

test('phones are found as mod_snom names them', async () => {
  await using registrar = await scriptedPhone(registered({ Address: 'sip:300@10.9.9.9', Received: 'sip:127.0.0.30' }));
  await using running = await testGateway({ drivers, config: withKamailio(registrar.port) });
  const { phones } = running.application;
  const first = await running.addPhone({ name: 'First', sipUri: 'sip:101@pbx.example', address: '127.0.0.10' });
  const second = await running.addPhone({ name: 'Second', sipUri: 'sip:102@pbx.example' });
  const twin = await running.addPhone({ name: 'Twin', sipUri: 'sip:102@other.example' });
  const registeredOnly = await running.addPhone({ name: 'Registered', address: '127.0.0.30' });
  const nameOf = async (user: string) => (await phones.bySipUser(user))?.name ?? null;
  expect(await nameOf('101')).toBe(first.name);
  expect(await nameOf('*/101')).toBe(first.name);
  expect(await nameOf('internal/101@pbx.example')).toBe(first.name);
  expect(await nameOf('127.0.0.10')).toBe(first.name);
  await expect(phones.bySipUser('102')).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
    message: expect.stringContaining('2 phones fit "102": Second, Twin'),
  });
  for (const text of ['', 'a b', '101@']) {
    await expect(phones.bySipUser(text)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  }
  expect(await nameOf('102@pbx.example')).toBe(second.name);
  expect(await nameOf('sip:102@other.example')).toBe(twin.name);
  expect(registrar.requests).toHaveLength(0);
  expect(await nameOf('300')).toBe(registeredOnly.name);
  registrar.script = says('{"error":{"code":404,"message":"AOR not found"}}');
  expect(await nameOf('301')).toBeNull();
  registrar.script = says('nonsense');
  await expect(phones.bySipUser('302')).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
});
