import { expect, test } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';
import { testGateway } from '../support/gateway.ts';
import { says, scriptedPhone } from '../support/scripted-phone.ts';
import { bodiesOf, scriptedSipPhone } from '../support/sip-phone.ts';
import { sipAcme } from './driver.ts';

const drivers = [sipAcme];
const light = { name: 'setLed', arguments: { key: 'FUNCTION_2', light: 'ON' } } as const;
const reboot = { name: 'reboot', arguments: {} } as const;
const quick = {
  policy: { deny: [], commandTimeoutMs: 5_000, replyTimeoutMs: 700, screening: 'allow' },
} as const;

test('a command goes out as SIP, to the octet, and its answer is the outcome', async () => {
  await using sip = await scriptedSipPhone();
  await using running = await testGateway({ drivers });
  const phone = await running.addPhone({ sipUri: sip.uri });
  const command = await running.run(phone, light);
  expect(command).toMatchObject({ status: 'ACCEPTED', transport: 'SIP_MESSAGE', failure: null });
  expect(command.sentAt).not.toBeNull();
  const message = await sip.received('MESSAGE');
  expect(message.uri).toBe(sip.uri);
  expect(message.headers.get('content-type')).toBe('application/x-buttons');
  expect(bodiesOf(sip, 'MESSAGE')).toEqual(['k=FUNCTION_2\r\nc=ON\r\n']);
  expect(running.application.phones.reachability(phone.id)).toBe('ONLINE');
});

test('"not here" leads on to the next transport; a refusal does not', async () => {
  await using sip = await scriptedSipPhone(() => ({ status: 489 }));
  await using web = await scriptedPhone(says(''));
  await using running = await testGateway({ drivers });
  const phone = await running.addPhone({ sipUri: sip.uri, address: web.origin });
  const first = await running.run(phone, reboot);
  expect(first).toMatchObject({
    status: 'ACCEPTED',
    transport: 'HTTP',
    skippedTransports: [{ transport: 'SIP_NOTIFY', reason: 'It said 489.' }],
  });
  expect((await running.application.commands.get(first.id))?.skippedTransports).toEqual(first.skippedTransports);
  sip.script = () => ({ status: 480 });
  expect(await running.run(phone, reboot)).toMatchObject({
    status: 'FAILED',
    transport: 'SIP_NOTIFY',
    skippedTransports: [],
    failure: { code: 'PHONE_REJECTED', phoneStatus: 480 },
  });
  expect(web.requests).toHaveLength(1);
});

test('a lost answer is UNKNOWN, was retransmitted, and is not sent anew', async () => {
  await using sip = await scriptedSipPhone(() => null);
  await using web = await scriptedPhone(says(''));
  await using running = await testGateway({ drivers, config: quick });
  const phone = await running.addPhone({ sipUri: sip.uri, address: web.origin });
  expect(await running.run(phone, reboot)).toMatchObject({ status: 'UNKNOWN', failure: null, repliedAt: null });
  expect(sip.requests.length).toBeGreaterThan(1);
  expect(new Set(sip.requests.map(({ callId, sequence }) => `${callId} ${sequence.number}`)).size).toBe(1);
  expect(web.requests).toHaveLength(0);
});

test('a lost first datagram does not matter', async () => {
  await using sip = await scriptedSipPhone(() => (sip.requests.length < 2 ? null : { status: 200 }));
  await using running = await testGateway({ drivers });
  const phone = await running.addPhone({ sipUri: sip.uri });
  expect(await running.run(phone, light)).toMatchObject({ status: 'ACCEPTED' });
  expect(sip.requests).toHaveLength(2);
});

test('reading without an answer is a plain failure', async () => {
  await using sip = await scriptedSipPhone(() => null);
  await using running = await testGateway({ drivers, config: quick });
  const phone = await running.addPhone({ sipUri: sip.uri });
  const reading = await running.application.readings.phoneInfo(phone.id, running.caller);
  expect(reading).toMatchObject({ ok: false, failure: { code: 'PHONE_UNREACHABLE' } });
  sip.script = () => ({ status: 200, headers: { 'User-Agent': 'acme 1.2' } });
  expect(await running.application.readings.phoneInfo(phone.id, running.caller)).toMatchObject({
    ok: true,
    value: { firmware: 'acme 1.2' },
  });
});

test('a phone without a SIP URI cannot be reached, and nothing counts against it', async () => {
  await using web = await scriptedPhone(says(''));
  await using running = await testGateway({ drivers });
  const phone = await running.addPhone({ address: web.origin });
  for (let tries = 0; tries < 4; tries += 1) {
    expect(await running.run(phone, light)).toMatchObject({
      status: 'FAILED',
      failure: { code: 'PHONE_UNREACHABLE', message: expect.stringContaining('no SIP URI') },
    });
  }
});

test.each(['sip:101@192.0.2.1', 'sip:101@127.0.0.1;maddr=192.0.2.1', 'sip:101@[2001:db8::1]:5060'])(
  '%s is not where phones may be: nothing is sent',
  async (sipUri) => {
    await using running = await testGateway({ drivers });
    const phone = await running.addPhone({ sipUri });
    expect(await running.run(phone, light)).toMatchObject({
      status: 'FAILED',
      failure: { code: 'POLICY_DENIED', rule: 'allowedTargets' },
    });
  },
);

test('a name is looked up by the gateway, and its address is what counts', async () => {
  await using sip = await scriptedSipPhone();
  await using running = await testGateway({ drivers });
  const phone = await running.addPhone({ sipUri: `sip:101@localhost:${sip.port}` });
  expect(await running.run(phone, light)).toMatchObject({ status: 'ACCEPTED' });
  expect((await sip.received('MESSAGE')).uri).toBe(`sip:101@localhost:${sip.port}`);
  const private_ = parseConfig({ HOOKSWITCH_ALLOWED_TARGETS: '10.0.0.0/8' }, null);
  const config = 'config' in private_ ? { allowedTargets: private_.config.allowedTargets } : {};
  await using guarded = await testGateway({ drivers, config });
  const same = await guarded.addPhone({ sipUri: `sip:101@localhost:${sip.port}` });
  expect(await guarded.run(same, light)).toMatchObject({ failure: { code: 'POLICY_DENIED' } });
  expect(bodiesOf(sip, 'MESSAGE')).toHaveLength(1);
});

const CHALLENGE = 'Digest realm="pbx.example", nonce="abc", qop="auth", algorithm=MD5';
const challenges = (name: 'WWW-Authenticate' | 'Proxy-Authenticate') => ({
  status: name === 'WWW-Authenticate' ? 401 : 407,
  headers: { [name]: CHALLENGE },
});

test('a challenge is answered with the phone’s own credentials', async () => {
  await using sip = await scriptedSipPhone(({ headers }) =>
    headers.get('authorization')?.includes('username="ada"') === true
      ? { status: 200 }
      : challenges('WWW-Authenticate'),
  );
  await using running = await testGateway({ drivers });
  const phone = await running.addPhone({ sipUri: sip.uri, username: 'ada', password: 'lovelace' });
  expect(await running.run(phone, light)).toMatchObject({ status: 'ACCEPTED' });
});

test('those of the domain come first, and a proxy is given no others', async () => {
  await using sip = await scriptedSipPhone(({ headers }) =>
    headers.get('proxy-authorization') === undefined ? challenges('Proxy-Authenticate') : { status: 200 },
  );
  const login = { username: 'ada', password: 'lovelace' };
  await using without = await testGateway({ drivers });
  const first = await without.addPhone({ sipUri: sip.uri, ...login });
  expect(await without.run(first, light)).toMatchObject({ failure: { code: 'PHONE_UNAUTHORIZED' } });
  const parsed = parseConfig(
    {},
    {
      name: 'x.yaml',
      folder: '.',
      text: 'sip: { credentials: [{ domain: pbx.example, username: gateway, password: secret }] }',
    },
  );
  const config = 'config' in parsed ? { sip: parsed.config.sip } : {};
  await using running = await testGateway({ drivers, config });
  const phone = await running.addPhone({ sipUri: sip.uri, ...login });
  expect(await running.run(phone, light)).toMatchObject({ status: 'ACCEPTED' });
  expect(sip.requests.at(-1)?.headers.get('proxy-authorization')).toContain('username="gateway"');
});

test('refused credentials are not tried again', async () => {
  await using sip = await scriptedSipPhone(() => challenges('WWW-Authenticate'));
  await using running = await testGateway({ drivers });
  const phone = await running.addPhone({ sipUri: sip.uri, username: 'ada', password: 'wrong' });
  expect(await running.run(phone, light)).toMatchObject({ failure: { code: 'PHONE_UNAUTHORIZED' } });
  const sent = sip.requests.length;
  expect(await running.run(phone, light)).toMatchObject({ failure: { code: 'PHONE_UNAUTHORIZED' }, sentAt: null });
  expect(sip.requests).toHaveLength(sent);
});

test('an earlier step that was taken makes a later failure UNKNOWN', async () => {
  await using sip = await scriptedSipPhone();
  await using running = await testGateway({ drivers });
  const phone = await running.addPhone({ sipUri: sip.uri });
  // Its second step has a line end in a header, which is never sent.
  expect(await running.run(phone, { name: 'hangUp', arguments: {} })).toMatchObject({ status: 'UNKNOWN' });
  // Asked for its calls first, the phone opened a dialog and said nothing in it.
  expect(sip.requests.filter(({ method }) => method === 'NOTIFY')).toHaveLength(1);
});

test('a request goes by way of the outbound proxy, which must be an allowed address as well', async () => {
  await using proxy = await scriptedSipPhone(undefined, '127.0.0.9');
  const parsed = parseConfig({ HOOKSWITCH_SIP_PROXY: `sip:127.0.0.9:${proxy.port}` }, null);
  if ('faults' in parsed) throw new Error(parsed.faults.join());
  const { sip } = parsed.config;
  await using running = await testGateway({ drivers, config: { sip } });
  const phone = await running.addPhone({ sipUri: 'sip:101@pbx.example' });
  expect(await running.run(phone, light)).toMatchObject({ status: 'ACCEPTED' });
  const { uri, headers } = await proxy.received('MESSAGE');
  expect(uri).toBe('sip:101@pbx.example');
  expect(headers.get('route')).toBe(`<sip:127.0.0.9:${proxy.port};lr>`);
  await using denied = await testGateway({ drivers, config: { sip, allowedTargets: ['127.0.0.1/32'] } });
  const same = await denied.addPhone({ sipUri: 'sip:101@pbx.example' });
  expect(await denied.run(same, light)).toMatchObject({ failure: { code: 'POLICY_DENIED' } });
});

test('an unopenable SIP address keeps the gateway from starting', async () => {
  await using sip = await scriptedSipPhone();
  const parsed = parseConfig({ HOOKSWITCH_SIP_HOST: '127.0.0.1', HOOKSWITCH_SIP_PORT: String(sip.port) }, null);
  if ('faults' in parsed) throw new Error(parsed.faults.join());
  await expect(testGateway({ drivers, config: { sip: parsed.config.sip } })).rejects.toThrow(/SIP cannot be opened/);
});
