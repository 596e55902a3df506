import { createSipUserAgent, type SipAnswered } from '@hookswitch/sip';
import { expect, test } from 'vitest';
import { type Config, parseConfig } from '../../src/config/config.ts';
import { type TestGateway, testGateway } from '../support/gateway.ts';
import { sipAcme } from './driver.ts';

const drivers = [sipAcme];

async function openGateway(
  config: Partial<Config> = {},
): Promise<{ readonly running: TestGateway; readonly uri: string }> {
  const parsed = parseConfig(
    { HOOKSWITCH_SIP_HOST: '127.0.0.1' },
    { text: 'sip: { domain: pbx.example }', name: 'x.yaml', folder: '.' },
  );
  if ('faults' in parsed) throw new Error(parsed.faults.join());
  const running = await testGateway({ drivers, config: { sip: parsed.config.sip, ...config } });
  const udp = running.gateway.sip.find(({ transport }) => transport === 'udp');
  return { running, uri: `sip:127.0.0.1:${udp?.port}` };
}

/** A press, sent by a user agent at that address. */
async function press(
  uri: string,
  {
    host,
    from,
    body = 'k=2\r\nc=on\r\nn=**\r\n',
    contentType = 'application/x-buttons',
    method = 'MESSAGE',
  }: {
    readonly host: string;
    readonly from: string;
    readonly body?: string;
    readonly contentType?: string;
    readonly method?: string;
  },
): Promise<number> {
  const agent = await createSipUserAgent({ host, transports: ['udp'], from });
  try {
    const outcome = await agent.request({ method, uri, body, contentType });
    expect(outcome.kind).toBe('answered');
    return (outcome as SipAnswered).status;
  } finally {
    await agent.close();
  }
}

async function pressesOf(running: TestGateway) {
  const { items } = await running.application.events.list({ types: ['USER'] }, { first: 100 });
  return items.map(({ phoneId, event, vendorEvent, variables }) => ({ phoneId, event, vendorEvent, variables }));
}

test('a press is an event of the phone at that address, on disk when 200 is said', async () => {
  const { running, uri } = await openGateway();
  await using _ = running;
  const phone = await running.addPhone({ address: '127.0.0.11' });
  expect(await press(uri, { host: '127.0.0.11', from: 'sip:whoever@there' })).toBe(200);
  expect(await press(uri, { host: '127.0.0.11', from: 'sip:x@y', method: 'NOTIFY', body: 'k=12\n' })).toBe(200);
  expect(await pressesOf(running)).toEqual([
    {
      phoneId: phone.id,
      event: { type: 'USER', userEventKind: 'KEY_PRESSED', key: 'FUNCTION_2' },
      vendorEvent: 'x-buttons',
      variables: [
        { name: 'k', value: '2' },
        { name: 'c', value: 'on' },
        { name: 'n', value: '**' },
      ],
    },
    expect.objectContaining({ event: { type: 'USER', userEventKind: 'KEY_PRESSED', key: 'FUNCTION_12' } }),
  ]);
  expect(running.application.phones.reachability(phone.id)).toBe('ONLINE');
});

test('phones behind one address are told apart by From, and one behind a proxy is known by it', async () => {
  const { running, uri } = await openGateway();
  await using _ = running;
  const first = await running.addPhone({ name: 'A', sipUri: 'sip:101@127.0.0.12:5061' });
  const second = await running.addPhone({ name: 'B', sipUri: 'sip:102@127.0.0.12:5062' });
  const behind = await running.addPhone({ name: 'C', sipUri: 'sip:103@pbx.example' });
  expect(await press(uri, { host: '127.0.0.12', from: 'sip:102@pbx.example' })).toBe(200);
  expect(await press(uri, { host: '127.0.0.12', from: 'sip:101@pbx.example' })).toBe(200);
  expect(await press(uri, { host: '127.0.0.5', from: 'sip:103@pbx.example' })).toBe(200);
  expect((await pressesOf(running)).map(({ phoneId }) => phoneId)).toEqual([second.id, first.id, behind.id]);
  // Neither of the two.
  expect(await press(uri, { host: '127.0.0.12', from: 'sip:999@pbx.example' })).toBe(403);
});

test('strangers, and what is no press, are refused, counted and not kept', async () => {
  const { running, uri } = await openGateway();
  await using _ = running;
  const phone = await running.addPhone({ sipUri: 'sip:101@127.0.0.13' });
  expect(await press(uri, { host: '127.0.0.14', from: 'sip:101@elsewhere.example' })).toBe(403);
  expect(await press(uri, { host: '127.0.0.13', from: 'sip:101@x', contentType: 'text/plain' })).toBe(415);
  expect(await press(uri, { host: '127.0.0.13', from: 'sip:101@x', body: 'n=**\r\n' })).toBe(415);
  expect(await press(uri, { host: '127.0.0.13', from: 'sip:101@x', body: 'k=0\r\n' })).toBe(415);
  await running.application.phones.remove(phone.id, running.caller);
  expect(await press(uri, { host: '127.0.0.13', from: 'sip:101@x' })).toBe(403);
  expect(await pressesOf(running)).toEqual([]);
  const metrics = await (await fetch(`${running.gateway.url}/metrics`)).text();
  expect(metrics).toContain('hookswitch_sip_inbox_total{result="refused"} 2');
  expect(metrics).toContain('hookswitch_sip_inbox_total{result="unreadable"} 3');
  expect(metrics).toMatch(/hookswitch_sip_messages_received_total\{kind="requests"\} 5/);
});

test('from outside the networks of phones nothing is taken', async () => {
  const { running, uri } = await openGateway({ allowedTargets: ['127.0.0.20/32'] });
  await using _ = running;
  await running.addPhone({ sipUri: 'sip:101@pbx.example' });
  expect(await press(uri, { host: '127.0.0.21', from: 'sip:101@pbx.example' })).toBe(403);
  expect(await press(uri, { host: '127.0.0.20', from: 'sip:101@pbx.example' })).toBe(200);
});
