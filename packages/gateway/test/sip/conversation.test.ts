import { expect, test } from 'vitest';
import { testGateway } from '../support/gateway.ts';
import { bodiesOf, scriptedSipPhone } from '../support/sip-phone.ts';
import { sipAcme } from './driver.ts';

const drivers = [sipAcme];
const refresh = { name: 'refreshCalls', arguments: {} } as const;

test('a dialog is opened, talked in both ways, and ended with BYE', async () => {
  await using sip = await scriptedSipPhone();
  await using running = await testGateway({ drivers });
  const phone = await running.addPhone({ sipUri: sip.uri });
  const command = running.run(phone, refresh);
  await sip.received('INFO');
  const invite = await sip.received('INVITE');
  expect((await sip.inform(invite, '<Snapshot/>')).status).toBe(200);
  expect(await command).toMatchObject({ status: 'ACCEPTED', transport: 'UACSTA' });
  await sip.received('ACK');
  await sip.received('BYE');
  expect(bodiesOf(sip, 'INVITE')).toEqual(['<RequestSystemStatus/>']);
  expect(bodiesOf(sip, 'INFO')).toEqual(['<Ask/>']);
});

test('a phone that refuses the dialog has done nothing', async () => {
  await using sip = await scriptedSipPhone(() => ({ status: 488 }));
  await using running = await testGateway({ drivers });
  const phone = await running.addPhone({ sipUri: sip.uri });
  expect(await running.run(phone, refresh)).toMatchObject({ status: 'FAILED', failure: { phoneStatus: 488 } });
});

test('a phone that hangs up ends the talk, and is not told BYE', async () => {
  await using sip = await scriptedSipPhone();
  await using running = await testGateway({ drivers });
  const phone = await running.addPhone({ sipUri: sip.uri });
  const command = running.run(phone, refresh);
  await sip.received('INFO');
  expect((await sip.hangUp(await sip.received('INVITE'))).status).toBe(200);
  // The driver threw: what it came to is not known.
  expect(await command).toMatchObject({ status: 'UNKNOWN' });
  expect(sip.requests.some(({ method }) => method === 'BYE')).toBe(false);
});

test('where the time runs out the dialog is ended all the same', async () => {
  await using sip = await scriptedSipPhone();
  const policy = { deny: [], commandTimeoutMs: 400, replyTimeoutMs: 300, screening: 'allow' } as const;
  await using running = await testGateway({ drivers, config: { policy } });
  const phone = await running.addPhone({ sipUri: sip.uri });
  expect(await running.run(phone, refresh)).toMatchObject({ status: 'UNKNOWN' });
  await sip.received('BYE');
});

test('explainCommand shows the messages, in order, and sends none', async () => {
  await using sip = await scriptedSipPhone();
  await using running = await testGateway({ drivers });
  const uri = `sip:101@127.0.0.1:${sip.port}`;
  const phone = await running.addPhone({ sipUri: uri, username: 'ada', password: 'lovelace' });
  const { commands } = running.application;
  const talk = await commands.explain(phone.id, refresh, running.caller);
  expect(talk).toMatchObject({ allowed: true, transport: 'UACSTA' });
  expect(talk.exchanges.map((text) => text.split(' ')[0])).toEqual(['INVITE', 'INFO', 'BYE']);
  const led = await commands.explain(
    phone.id,
    { name: 'setLed', arguments: { key: 'FUNCTION_2', light: 'ON' } },
    running.caller,
  );
  expect(led.exchanges).toEqual([
    [
      `MESSAGE sip:101@127.0.0.1:${sip.port} SIP/2.0`,
      `To: <sip:101@127.0.0.1:${sip.port}>`,
      'Content-Type: application/x-buttons',
      'Content-Length: 20',
      '',
      'k=FUNCTION_2\r\nc=ON\r\n',
    ].join('\n'),
  ]);
  expect([...talk.exchanges, ...led.exchanges].join()).not.toMatch(/lovelace/);
  expect(sip.requests).toHaveLength(0);
});
