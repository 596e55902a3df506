import { describe, expect, onTestFinished, test } from 'vitest';
import { ADMIN_KEY, type TestGateway, testGateway } from '../support/gateway.ts';
import { sendRaw, statusOf } from '../support/raw-http.ts';

async function gatewayAt(allowedHosts: readonly string[] | null): Promise<TestGateway> {
  const running = await testGateway({ config: { allowedHosts, publicUrl: 'http://phones.example:4000' } });
  onTestFinished(() => running[Symbol.asyncDispose]());
  return running;
}

/** Asks for that as somebody who names that host; null: none. */
function ask({ gateway }: TestGateway, path: string, host: string | null): Promise<string> {
  const head = [`GET ${path} HTTP/1.1`, `Authorization: Bearer ${ADMIN_KEY}`, 'Connection: close'];
  return sendRaw(gateway.url, [[...head, ...(host === null ? [] : [`Host: ${host}`]), '', ''].join('\r\n')]);
}

const QUERY = '/graphql?query=%7B__typename%7D';
const UPGRADE = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
  'Sec-WebSocket-Protocol: graphql-transport-ws',
];

describe('with allowedHosts', () => {
  test.each([
    'phones.example:4000',
    'PHONES.example.',
    'proxy.example',
    'localhost:4000',
    '127.0.0.1',
    '192.0.2.10:4000',
    '[::1]:4000',
    null,
  ])('a request to %s is answered', async (host) => {
    const running = await gatewayAt(['proxy.example']);
    expect(statusOf(await ask(running, QUERY, host))).toBe(200);
  });

  test.each([
    'attacker.example',
    'attacker.example:4000',
    'phones.example.attacker.example',
    'user@127.0.0.1',
    '127.0.0.1.attacker.example',
    '127.0.0.1:4000@attacker.example',
    '[attacker.example]',
    '2130706433',
  ])('a request to %s is refused, whatever it asks for', async (host) => {
    const running = await gatewayAt(['proxy.example']);
    for (const path of [QUERY, '/', '/metrics', '/no-such-page']) {
      const reply = await ask(running, path, host);
      expect([path, statusOf(reply)]).toEqual([path, 421]);
      expect(JSON.parse(reply.split('\r\n\r\n')[1] ?? '')).toMatchObject({
        errors: [{ message: expect.stringContaining(host), extensions: { code: 'HOST_NOT_ALLOWED' } }],
      });
    }
  });

  test('no WebSocket is opened for another host', async () => {
    const { gateway } = await gatewayAt([]);
    const open = (host: string) => [`GET /graphql HTTP/1.1`, `Host: ${host}`, ...UPGRADE, '', ''].join('\r\n');
    const foreign = await sendRaw(gateway.url, [open('attacker.example')]);
    expect(statusOf(foreign)).toBe(421);
    // A close frame right behind the request: the socket is opened, and closed.
    const close = Buffer.from([0x88, 0x80, 0, 0, 0, 0]);
    expect(statusOf(await sendRaw(gateway.url, [open('phones.example'), close]))).toBe(101);
  });

  test('phones report and machines ask for health under any name', async () => {
    const running = await gatewayAt([]);
    const phone = await running.addPhone();
    const report = await ask(running, `${running.actionUrlPath(phone)}/incoming?number=1`, 'old-name.example');
    expect(statusOf(report)).toBe(200);
    expect(statusOf(await ask(running, '/health/live', 'old-name.example'))).toBe(200);
  });
});

test('without allowedHosts any host will do', async () => {
  const running = await gatewayAt(null);
  expect(statusOf(await ask(running, QUERY, 'anything.example'))).toBe(200);
});
