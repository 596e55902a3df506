import { expect, test } from 'vitest';
import { makeActionUrlToken } from '../../src/security/action-url-tokens.ts';
import { createRefusalLimiter } from '../../src/security/refusal-limiter.ts';
import { type TestGateway, testGateway } from '../support/gateway.ts';
import { sendRaw, statusOf } from '../support/raw-http.ts';

const stored = async ({ application }: TestGateway): Promise<number> =>
  (await application.events.list({}, { first: 1_000 })).items.length;

const withoutDate = (reply: string): string => reply.replace(/^Date: .*\r\n/im, '');

/** The whole reply to one GET, from an address of loopback. */
const ask = async ({ gateway }: TestGateway, target: string, from = '127.0.0.1'): Promise<string> => {
  const line = `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`;
  return withoutDate(await sendRaw(gateway.url, [line], from));
};

test('wrong, foreign, rotated-out and removed tokens are one 404, byte for byte, and store nothing', async () => {
  await using running = await testGateway();
  await using other = await testGateway();
  const { application, caller } = running;
  const [desk, gone] = [await running.addPhone(), await running.addPhone({ name: 'Gone' })];
  const foreign = other.actionUrlPath(await other.addPhone());
  const [rotated, removed] = [running.actionUrlPath(desk), running.actionUrlPath(gone)];
  await application.phones.rotateActionUrls(desk.id, 0, caller);
  await application.phones.remove(gone.id, caller);
  const good = running.actionUrlPath(desk);
  const reference = await ask(running, '/nothing/here');
  const forged = [
    `/a/${makeActionUrlToken()}/hello?id=1`,
    `${foreign}/hello?id=1`,
    `${rotated}/hello?id=1`,
    `${removed}/hello?id=1`,
    `${good}x/hello`,
    `${good.toUpperCase()}/hello`,
    `${good}/no-such-path?id=1`,
    '/a//hello',
  ];
  for (const target of forged) expect(await ask(running, target), target).toBe(reference);
  expect(await stored(running)).toBe(0);
  expect(statusOf(await ask(running, `${good}/hello?id=1`))).toBe(200);
  expect(await stored(running)).toBe(1);
});

test('500 forged requests a second: those of honest phones are all stored, at the same address too', async () => {
  await using running = await testGateway();
  const desk = await running.addPhone();
  const good = running.actionUrlPath(desk);
  const statuses = new Map<string, Map<number, number>>();
  const count = async (kind: string, target: string): Promise<void> => {
    const { status } = await fetch(`${running.gateway.url}${target}`, { headers: { connection: 'close' } });
    const seen = statuses.get(kind) ?? new Map<number, number>();
    statuses.set(kind, seen.set(status, (seen.get(status) ?? 0) + 1));
  };
  const started = Date.now();
  for (let wave = 0; wave < 10; wave += 1) {
    const forged = Array.from({ length: 100 }, () => count('forged', `/a/${makeActionUrlToken()}/hello?id=${wave}`));
    const honest = Array.from({ length: 10 }, (_, index) => count('honest', `${good}/hello?id=${wave}-${index}`));
    await Promise.all([...forged, ...honest]);
  }
  expect(statuses.get('honest')).toEqual(new Map([[200, 100]]));
  expect(await stored(running)).toBe(100);
  const forged = statuses.get('forged');
  const refilled = Math.ceil((Date.now() - started) / 1000) + 1;
  expect(forged?.get(404)).toBeGreaterThanOrEqual(60);
  expect(forged?.get(404)).toBeLessThanOrEqual(60 + refilled);
  expect((forged?.get(404) ?? 0) + (forged?.get(429) ?? 0)).toBe(1_000);
  const metrics = await (await fetch(`${running.gateway.url}/metrics`)).text();
  expect(metrics).toContain(`hookswitch_action_urls_refused_total{reason="unknown"} ${forged?.get(404)}`);
  expect(metrics).toContain(`hookswitch_action_urls_refused_total{reason="limited"} ${forged?.get(429)}`);
});

test('too many of one address are told 429 and to go; another address is told 404 as before', async () => {
  await using running = await testGateway({ config: { actionUrls: { bindAddress: false, refusedPerMinute: 3 } } });
  const forged = () => `/a/${makeActionUrlToken()}/hello`;
  const replies: string[] = [];
  for (let times = 0; times < 5; times += 1) replies.push(await ask(running, forged(), '127.0.0.2'));
  expect(replies.map(statusOf)).toEqual([404, 404, 404, 429, 429]);
  expect(replies[3]).toMatch(/^connection: close\r$/im);
  expect(statusOf(await ask(running, `${forged()}?name=John Doe`, '127.0.0.2'))).toBe(429);
  expect(statusOf(await ask(running, forged(), '127.0.0.3'))).toBe(404);
});

test('bound to the phone’s address, a replay from elsewhere is the same 404, stores nothing and is counted', async () => {
  await using running = await testGateway({ config: { actionUrls: { bindAddress: true, refusedPerMinute: 60 } } });
  const [desk, named, nowhere] = [
    await running.addPhone({ address: 'http://127.0.0.5:8080' }),
    await running.addPhone({ name: 'Named', address: 'http://localhost:8081' }),
    await running.addPhone({ name: 'Nowhere' }),
  ];
  const reference = await ask(running, '/nothing/here', '127.0.0.6');
  const target = `${running.actionUrlPath(desk)}/hello?id=1`;
  expect(await ask(running, target, '127.0.0.6')).toBe(reference);
  expect(await stored(running)).toBe(0);
  expect(statusOf(await ask(running, target, '127.0.0.5'))).toBe(200);
  expect(statusOf(await ask(running, `${running.actionUrlPath(named)}/hello`, '127.0.0.1'))).toBe(200);
  expect(statusOf(await ask(running, `${running.actionUrlPath(named)}/hello`, '127.0.0.9'))).toBe(404);
  expect(statusOf(await ask(running, `${running.actionUrlPath(nowhere)}/hello`, '127.0.0.9'))).toBe(200);
  const metrics = await (await fetch(`${running.gateway.url}/metrics`)).text();
  expect(metrics).toContain('hookswitch_action_urls_refused_total{reason="elsewhere"} 2');
});

test('the limiter: by /64 in IPv6, filled again with time, bounded in what it keeps', () => {
  let now = 0;
  const limiter = createRefusalLimiter({ perMinute: 2, now: () => now, maxAddresses: 2 });
  const many = (...addresses: readonly string[]) => addresses.map((address) => limiter.isTooMany(address));
  expect(many('fd00::1', 'fd00::2', 'fd00:0:0:0:1::3', 'fd00:0:0:1::1')).toEqual([false, false, true, false]);
  now += 30_000;
  expect(many('fd00::9', 'fd00::9')).toEqual([false, true]);
  now -= 30_000;
  expect(many('fd00::9')).toEqual([true]);
  // Two further ones push it out.
  expect(many('192.0.2.1', '::ffff:192.0.2.1', '192.0.2.1', '192.0.2.2')).toEqual([false, false, true, false]);
  expect(many('fd00::1')).toEqual([false]);
});
