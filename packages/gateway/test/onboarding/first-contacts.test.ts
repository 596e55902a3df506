import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { driver as snom } from '@hookswitch/driver-snom';
import { createVirtualSnomPhone } from '@hookswitch/driver-snom/virtual';
import { driver as yealink } from '@hookswitch/driver-yealink';
import { createVirtualYealinkPhone } from '@hookswitch/driver-yealink/virtual';
import { pino } from 'pino';
import { expect, onTestFinished, test, vi } from 'vitest';
import { ForbiddenError } from '../../src/application.ts';
import type { OnboardingUrl, UnknownDevice } from '../../src/onboarding/onboarding.ts';
import { hashActionUrlToken } from '../../src/security/action-url-tokens.ts';
import { authorise } from '../../src/security/authorise/authorise.ts';
import type { Scope } from '../../src/security/scopes.table.ts';
import { type TestGateway, type TestGatewayOptions, testGateway } from '../support/gateway.ts';
import { sendRaw, statusOf } from '../support/raw-http.ts';

async function office(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const running = await testGateway({ drivers: [snom, yealink], ...options });
  onTestFinished(() => running[Symbol.asyncDispose]());
  return running;
}

/** What is put into that setting of the vendor's phones, and the link that it belongs to. */
async function linked({ application, caller }: TestGateway, setting: string): Promise<{ url: string; id: string }> {
  const { link, urls } = await application.onboarding.createLink({}, caller);
  const found = urls.find((one: OnboardingUrl) => one.setting === setting);
  if (found === undefined) throw new Error(`no ${setting} among ${urls.map((one) => one.setting).join()}`);
  return { url: found.url, id: link.id };
}

const devicesOf = async ({ application }: TestGateway): Promise<readonly UnknownDevice[]> =>
  (await application.onboarding.unknownDevices()).devices;

/** A request as the phone at that address would send it. */
const from = async (address: string, url: string): Promise<number> => {
  const { pathname, search } = new URL(url);
  return statusOf(await sendRaw(url, [`GET ${pathname}${search} HTTP/1.1\r\nConnection: close\r\n\r\n`], address));
};

test('a Yealink phone that starts with the link is in the list, and gone once it is added from there', async () => {
  const running = await office();
  const { url } = await linked(running, 'action_url.setup_completed');
  const phone = createVirtualYealinkPhone({
    ...{ model: 'T54W', firmware: '96.86.0.70', mac: '805ec0100250', host: '127.0.0.41' },
    settings: { 'action_url.setup_completed': url },
  });
  await phone.start();
  onTestFinished(() => phone.stop());
  const [device] = await vi.waitFor(
    async () => {
      const devices = await devicesOf(running);
      expect(devices).toHaveLength(1);
      return devices;
    },
    { timeout: 20_000 },
  );
  expect(device).toMatchObject({
    ...{
      address: '127.0.0.41',
      mac: '80:5e:c0:10:02:50',
      firmware: '96.86.0.70',
      sipUri: null,
      seenBy: ['ACTION_URL'],
    },
    candidates: [{ vendor: 'yealink', model: 'T54W', mac: '80:5e:c0:10:02:50', firmware: '96.86.0.70' }],
    match: { vendor: 'yealink' },
  });
  expect(device?.candidates[0]?.reasons).toContain('its MAC address is one of Yealink');
  // It starts again: the same entry.
  await phone.stop();
  await phone.start();
  await vi.waitFor(
    async () => expect((await devicesOf(running))[0]?.timesSeen).toBeGreaterThan(device?.timesSeen ?? 0),
    {
      timeout: 20_000,
    },
  );
  expect((await devicesOf(running)).map(({ id }) => id)).toEqual([device?.id]);
  const [candidate] = device?.candidates ?? [];
  await running.addPhone({
    ...{ name: 'Hall', vendor: candidate?.vendor, address: device?.address, mac: device?.mac ?? '' },
    model: candidate?.model ?? '',
  });
  expect(await devicesOf(running)).toEqual([]);
  // Its URL is still the link's: that it is a phone now is known.
  expect(await from('127.0.0.41', url.replace(/\$mac/, '805ec0100250'))).toBe(200);
  expect(await devicesOf(running)).toEqual([]);
});

test('a Snom phone is known by its own words', async () => {
  const running = await office();
  const { url } = await linked(running, 'action_setup_url');
  const phone = createVirtualSnomPhone({
    ...{ model: 'D785', mac: '000413aabbcc', host: '127.0.0.42' },
    settings: { action_setup_url: url },
  });
  await phone.start();
  onTestFinished(() => phone.stop());
  await vi.waitFor(
    async () =>
      expect(await devicesOf(running)).toMatchObject([
        {
          ...{ address: '127.0.0.42', mac: '00:04:13:aa:bb:cc', seenBy: ['ACTION_URL'] },
          candidates: [{ vendor: 'snom', model: 'D785' }],
          match: { vendor: 'snom', reason: 'Only the driver of snom claims it.' },
        },
      ]),
    { timeout: 20_000 },
  );
});

test('a link is worth nothing once it is revoked or over, and after a restart what it was', async () => {
  let time = Date.now();
  const running = await office({ now: () => time });
  const { url, id } = await linked(running, 'action_setup_url');
  const at = (address: string) => from(address, url);
  expect(await at('127.0.0.43')).toBe(200);
  await running.restart();
  expect(await devicesOf(running)).toEqual([]);
  const here = () => `${running.gateway.url}${new URL(url).pathname}`;
  expect(await from('127.0.0.43', here())).toBe(200);
  expect(await devicesOf(running)).toHaveLength(1);
  expect((await running.application.onboarding.revokeLink(id, running.caller)).revokedAt).toBe(time);
  expect(await from('127.0.0.44', here())).toBe(404);
  expect(await devicesOf(running)).toHaveLength(1);
  const second = await linked(running, 'action_setup_url');
  expect(await from('127.0.0.44', second.url)).toBe(200);
  time += 24 * 3_600_000 + 1;
  expect(await from('127.0.0.45', second.url)).toBe(404);
  expect(await running.application.onboarding.links()).toMatchObject([
    { id, revokedAt: expect.any(Number) },
    { id: second.id },
  ]);
  // Nobody is heard of for a day.
  expect(await devicesOf(running)).toEqual([]);
});

test('what is no token of a link, or comes from where no phone may be, leaves nothing and is answered alike', async () => {
  const running = await office({ config: { allowedTargets: ['127.0.0.64/26'] } });
  const { url } = await linked(running, 'action_setup_url');
  const wrong = url.replace(/\/a\/./, (start) => `/a/${start.endsWith('A') ? 'B' : 'A'}`);
  expect(await from('127.0.0.70', wrong)).toBe(404);
  expect(await from('127.0.0.5', url)).toBe(404);
  expect(await devicesOf(running)).toEqual([]);
  expect(await from('127.0.0.70', url)).toBe(200);
  expect(await devicesOf(running)).toHaveLength(1);
});

test('one that comes too often is told so, and others are heard', async () => {
  const running = await office();
  const { url } = await linked(running, 'action_setup_url');
  const answers = new Set<number>();
  for (let count = 0; count < 70; count += 1)
    answers.add(await from('127.0.0.46', `${url}&mac=0004130000${count + 10}`));
  expect([...answers]).toEqual([200, 429]);
  expect(await from('127.0.0.47', url)).toBe(200);
  // One address does not fill the list.
  expect((await devicesOf(running)).length).toBeLessThanOrEqual(51);
});

test('a few links may be open, none for ever', async () => {
  const { application, caller } = await office();
  for (let count = 0; count < 5; count += 1) await application.onboarding.createLink({}, caller);
  await expect(application.onboarding.createLink({}, caller)).rejects.toThrow('There are 5 open links');
  const [first] = await application.onboarding.links();
  await application.onboarding.revokeLink(first?.id ?? '', caller);
  const late = { expiresAt: Date.now() + 40 * 24 * 3_600_000 };
  await expect(application.onboarding.createLink(late, caller)).rejects.toThrow('30 days');
  await expect(application.onboarding.revokeLink('nobody', caller)).rejects.toThrow('no onboarding link');
});

test('whoever manages devices sees the list, whoever is narrowed to tags sees none, others are refused', async () => {
  const running = await office();
  const { url } = await linked(running, 'action_setup_url');
  expect(await from('127.0.0.49', url)).toBe(200);
  const as = (scope: Scope, tags: readonly string[] | null = null) => {
    const principal = { ...running.caller, kind: 'API_KEY', scopes: [scope], tags, masksNumbers: false } as const;
    return authorise(running.application, { ...principal, expiresAt: null }).onboarding;
  };
  expect((await as('device:manage').unknownDevices()).devices).toHaveLength(1);
  expect((await as('device:manage', ['sales']).unknownDevices()).devices).toEqual([]);
  await expect(as('phones:read').unknownDevices()).rejects.toThrow(ForbiddenError);
  await expect(as('device:manage').createLink({}, running.caller)).rejects.toThrow(ForbiddenError);
});

test('no token is on disk, in the log or in the audit', async () => {
  const lines: string[] = [];
  const running = await office({ log: pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) }) });
  const { url, id } = await linked(running, 'action_setup_url');
  expect(await from('127.0.0.48', url)).toBe(200);
  const rows = await running.application.audit.list({}, { first: 10 });
  expect(rows.items.map(({ node }) => `${node.action} ${node.outcome}`)).toContain('createOnboardingLink DONE');
  expect(JSON.stringify(rows)).toContain(id);
  const [, token = ''] = /\/a\/([^/]+)/.exec(url) ?? [];
  const files = await readdir(running.dataDir, { recursive: true, withFileTypes: true });
  const texts = await Promise.all(
    files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), 'latin1')),
  );
  // It is there, by its hash.
  expect(texts.some((text) => text.includes(hashActionUrlToken(token)))).toBe(true);
  expect([...texts, ...lines, JSON.stringify(rows)].filter((text) => text.includes(token))).toEqual([]);
  expect(lines.length).toBeGreaterThan(0);
});
