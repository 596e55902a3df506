import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createClient, operations } from '@hookswitch/client';
import { type DemoOffice, startDemoOffice, WEB_LOGIN } from '@hookswitch/demo';
import { createVirtualYealinkPhone, openTo } from '@hookswitch/driver-yealink/virtual';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type Office, openOffice } from './support/office.ts';
import { hookswitch } from './support/program.ts';

const HOST = '127.0.0.1';
const DAY_MS = 24 * 3_600_000;

let desk: Office;
let folder: string;
beforeAll(async () => {
  [desk, folder] = await Promise.all([openOffice(), mkdtemp(join(tmpdir(), 'hookswitch-doctor-'))]);
});
afterAll(async () => {
  await desk.office.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Found {
  readonly about: string;
  readonly code: string;
  readonly severity: 'OK' | 'NOTICE' | 'PROBLEM';
  readonly fix: string | null;
}

/** What doctor finds, and how it ends. Whatever is not well has something to do below it. */
async function doctor(
  given: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number | null; readonly found: readonly Found[] }> {
  const { code, out } = await hookswitch(['doctor', '--json', ...given], { ...desk.environment, ...environment });
  const found = out
    .trim()
    .split('\n')
    .map((line): Found => JSON.parse(line));
  for (const { severity, fix } of found)
    expect(severity === 'OK' ? '' : fix).toEqual(severity === 'OK' ? '' : expect.stringMatching(/\w{3}/));
  return { code, found };
}

const problem = (code: string, fix: RegExp) =>
  expect.objectContaining({ code, severity: 'PROBLEM', fix: expect.stringMatching(fix) });

/** Starts a Yealink phone and registers it. @returns its name */
async function addYealink(
  name: string,
  settings: Readonly<Record<string, string>>,
  {
    office = desk.office,
    password = WEB_LOGIN.password,
  }: { readonly office?: DemoOffice; readonly password?: string } = {},
): Promise<string> {
  const phone = createVirtualYealinkPhone({
    model: 'T46U',
    firmware: '108.86.0.45',
    mac: `805ec0${name.length.toString(16).padStart(6, '0')}`,
    exchange: office.exchange,
    host: HOST,
    number: `29${name.length}`,
    displayName: name,
    credentials: WEB_LOGIN,
    settings,
  });
  await phone.start();
  onTestFinished(() => phone.stop());
  await using client = createClient({ url: office.gateway.url, token: office.apiKey });
  const input = { name, vendor: 'yealink', model: 'T46U', firmware: '108.86.0.45', address: phone.address };
  const added = await client.addPhone({ ...input, username: WEB_LOGIN.username, password });
  if (!added.ok) throw new Error(added.failure.message);
  return name;
}

test('a gateway that does not answer', async () => {
  const { code, found } = await doctor(['--url', `http://${HOST}:9`]);
  expect([code, found]).toEqual([1, [problem('GATEWAY_UNREACHABLE', /hookswitch serve/)]]);
});

test('a key that is not taken, and one that ends soon', async () => {
  const refused = await doctor([], { HOOKSWITCH_KEY: 'hsk_wrong' });
  expect([refused.code, refused.found.at(-1)]).toEqual([1, problem('UNAUTHENTICATED', /keys create/)]);
  const expiresAt = new Date(Date.now() + 2 * DAY_MS).toISOString();
  await using client = createClient({ url: desk.office.gateway.url, token: desk.office.apiKey });
  const soon = { name: 'soon', scopes: ['PHONES_READ'], expiresAt } as const;
  const made = await client.request(operations.createApiKey, soon);
  const key = made.ok ? (made.value.createApiKey?.key ?? '') : '';
  const ending = await doctor(['Anna Ritter'], { HOOKSWITCH_KEY: key });
  expect(ending.found).toContainEqual(expect.objectContaining({ code: 'KEY_EXPIRES', severity: 'NOTICE' }));
  expect(ending.code).toBe(0);
});

test('a store that cannot be written to', async () => {
  const lock = new DatabaseSync(join(desk.office.dataDir, 'hookswitch.db'), { timeout: 5_000 });
  lock.exec('BEGIN IMMEDIATE');
  try {
    const { code, found } = await doctor(['Anna Ritter']);
    expect([code, found]).toEqual([1, expect.arrayContaining([problem('STORE_NOT_READY', /disk/)])]);
  } finally {
    lock.close();
  }
});

test('a clock that is wrong', async () => {
  const slow = 'const now = Date.now; Date.now = () => now() - 3_600_000;';
  const { code, found } = await doctor(['Anna Ritter'], {
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(slow)}`,
  });
  expect([code, found]).toEqual([1, expect.arrayContaining([problem('CLOCK_OFF', /NTP/)])]);
});

test('a configuration that is none, and one that sends phones nowhere', async () => {
  const file = join(folder, 'hookswitch.yaml');
  await writeFile(file, 'port: many\n');
  const broken = await doctor(['Anna Ritter', '--config', file]);
  expect([broken.code, broken.found[0]]).toEqual([1, problem('CONFIG_FAULT', /configuration\.md/)]);
  await writeFile(file, `publicUrl: http://localhost:4000\nallowedTargets: [127.0.0.0/8]\n`);
  const { found } = await doctor(['Anna Ritter', '--config', file]);
  expect(found).toContainEqual(expect.objectContaining({ code: 'PUBLIC_URL_LOOPBACK', severity: 'NOTICE' }));
});

test('an address outside of the allowed networks', async () => {
  const file = join(folder, 'narrow.yaml');
  await writeFile(file, 'allowedTargets: [192.0.2.0/24]\n');
  const { code, found } = await doctor(['Anna Ritter', '--config', file]);
  expect([code, found]).toEqual([1, expect.arrayContaining([problem('ADDRESS_NOT_ALLOWED', /allowedTargets/)])]);
});

test('a phone with another password', async () => {
  const phone = await addYealink('Locked', openTo(HOST), { password: 'not-this-one' });
  const { code, found } = await doctor([phone]);
  expect([code, found]).toEqual([1, expect.arrayContaining([problem('CREDENTIALS_REFUSED', /user and password/)])]);
});

test('a phone that asks on its display', async () => {
  const phone = await addYealink('Asking', { ...openTo(HOST), 'features.show_action_uri_option': '1' });
  const { code, found } = await doctor([phone]);
  expect([code, found]).toEqual([1, expect.arrayContaining([problem('APPROVAL_PENDING', /Press OK/)])]);
});

/** A gateway of its own, with no phones. */
async function emptyOffice(environment: Readonly<Record<string, string>> = {}): Promise<DemoOffice> {
  const office = await startDemoOffice({
    people: [],
    registrar: false,
    environment: { HOOKSWITCH_PORT: '0', HOOKSWITCH_LOG_LEVEL: 'error', ...environment },
  });
  onTestFinished(() => office.stop());
  return office;
}

test('a phone whose reports go where no gateway is', async () => {
  const office = await emptyOffice({ HOOKSWITCH_PUBLIC_URL: `http://${HOST}:9` });
  const phone = await addYealink('Astray', openTo(HOST), { office });
  const environment = { HOOKSWITCH_URL: office.gateway.url, HOOKSWITCH_KEY: office.apiKey };
  const { code, found } = await doctor([phone, '--events'], environment);
  expect([code, found]).toEqual([
    1,
    expect.arrayContaining([problem('EVENT_PATH_BROKEN', /phones verify PHONE --configure/)]),
  ]);
});

test('a gateway without phones', async () => {
  const empty = await emptyOffice();
  const { code, found } = await doctor([], { HOOKSWITCH_URL: empty.gateway.url, HOOKSWITCH_KEY: empty.apiKey });
  expect([code, found.at(-1)]).toEqual([0, expect.objectContaining({ code: 'NO_PHONES', severity: 'NOTICE' })]);
});
