import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { DemoOffice, DemoOfficeOptions } from '../src/office.ts';
import { PEOPLE } from '../src/people.ts';
import { ask } from './support/command.ts';
import { openOffice } from './support/open-office.ts';
import { PATIENCE } from './support/patience.ts';
import { overWebSocket, type Updates } from './support/updates.ts';

/** Snom with FireTest; Snom without, by its minibrowser; Yealink by an XML push. */
const ONE_OF_EACH = [
  ['101', 'Snom with FireTest'],
  ['102', 'Snom by its minibrowser'],
  ['202', 'Yealink'],
] as const;

const only = (number: string): DemoOfficeOptions => ({ people: PEOPLE.filter((person) => person.number === number) });

interface Verified {
  readonly status: string;
  readonly failure: { readonly hop?: string; readonly message: string } | null;
}

async function verify(office: DemoOffice, number: string, timeoutSeconds = 20): Promise<Verified> {
  const query = `mutation ($id: ID!, $seconds: Int!) {
    result: verifyEventPath(phoneId: $id, command: { timeoutSeconds: $seconds }) {
      status failure { message ... on EventPathBroken { hop } }
    }
  }`;
  const variables = { id: office.phone(number).id, seconds: timeoutSeconds };
  return (await ask<{ result: Verified }>(office, query, variables)).result;
}

async function rotate(office: DemoOffice, number: string): Promise<void> {
  const query = 'mutation ($id: ID!) { rotateActionUrls(phoneId: $id, overlapSeconds: 0) { __typename } }';
  expect(await ask(office, query, { id: office.phone(number).id })).toMatchObject({
    rotateActionUrls: { __typename: 'Phone' },
  });
}

/** Somebody calls, and the phone has tried to report it. */
async function callIn(office: DemoOffice, number: string): Promise<void> {
  const { history } = office.phone(number).phone.actionUrls;
  const { count } = history;
  office.exchange.addParty({ number: '900' }).dial(number);
  await history.waitForCount(count + 1, { ...PATIENCE, what: 'the report of the call' });
}

async function findingsOf(office: DemoOffice, number: string): Promise<readonly string[]> {
  const query = 'query ($id: ID!) { diagnosis(phoneId: $id) { findings { code } } }';
  const { diagnosis } = await ask<{ diagnosis: { findings: { code: string }[] } }>(office, query, {
    id: office.phone(number).id,
  });
  return diagnosis.findings.map(({ code }) => code);
}

describe('verifyEventPath', () => {
  test.each([...ONE_OF_EACH, ['104', 'Snom by NOTIFY'] as const])('%s, %s: the way is open', async (number) => {
    const office = await openOffice(only(number));
    const updates = await overWebSocket(office);
    onTestFinished(() => updates.close());
    expect(await verify(office, number)).toEqual({ status: 'CONFIRMED', failure: null });
    await updates.received.waitFor(({ deviceEventKind }) => deviceEventKind === 'EVENT_PATH_TESTED', {
      ...PATIENCE,
      what: 'the event of the test',
    });
    expect(office.phone(number).phone.handlerErrors).toEqual([]);
  });

  test.each(ONE_OF_EACH)('%s, %s: the phone cannot reach the gateway', async (number) => {
    // The port for "discard": nobody listens there.
    const office = await openOffice({
      ...only(number),
      environment: { HOOKSWITCH_PUBLIC_URL: 'http://127.0.0.1:9' },
    });
    const { status, failure } = await verify(office, number, 1);
    expect([status, failure?.hop]).toEqual(['FAILED', 'PHONE_TO_GATEWAY']);
  });

  test.each(ONE_OF_EACH)('%s, %s: the gateway cannot reach the phone', async (number) => {
    const office = await openOffice(only(number));
    await office.phone(number).phone.stop();
    const { status, failure } = await verify(office, number, 1);
    expect([status, failure?.hop]).toEqual(['FAILED', 'GATEWAY_TO_PHONE']);
  });

  test.each(ONE_OF_EACH)('%s, %s: the phone holds another token', async (number) => {
    const office = await openOffice(only(number));
    await rotate(office, number);
    await callIn(office, number);
    const { status, failure } = await verify(office, number);
    expect([status, failure?.hop]).toEqual(['FAILED', 'PHONE_SETTINGS']);
    expect(failure?.message).toContain('token');
  });

  test('101, Snom with FireTest: another token is read from the phone before it reports anything', async () => {
    const office = await openOffice(only('101'));
    await rotate(office, '101');
    const { failure } = await verify(office, '101');
    expect(failure).toMatchObject({ hop: 'PHONE_SETTINGS', message: expect.stringContaining('hold another token') });
  });

  test.each([
    ['http://127.0.0.1:1/a/AAAAAAAAAAAAAAAAAAAAAAAA/incoming', 'lead to another address (http://127.0.0.1:1)'],
    ['', 'action_incoming_url are empty'],
  ])('101: a URL that drifted to "%s" is named', async (url, words) => {
    const office = await openOffice(only('101'));
    office.phone('101').phone.settings.set('action_incoming_url', url);
    const { status, failure } = await verify(office, '101');
    expect([status, failure?.hop]).toEqual(['FAILED', 'PHONE_SETTINGS']);
    expect(failure?.message).toContain(words);
  });

  test.each(ONE_OF_EACH)('%s, %s: what arrived could not be stored', async (number) => {
    const office = await openOffice(only(number));
    const database = new DatabaseSync(join(office.dataDir, 'hookswitch.db'), { timeout: 5_000 });
    database.exec("CREATE TRIGGER full BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'no room'); END");
    database.close();
    const { status, failure } = await verify(office, number, 1);
    expect([status, failure?.hop]).toEqual(['FAILED', 'EVENT_LOG']);
  });
});

/** An office whose gateway looks at the phones' URLs several times a second. */
async function watchedOffice(number: string, policy: 'report' | 'repair'): Promise<DemoOffice> {
  const folder = await mkdtemp(join(tmpdir(), 'hookswitch-drift-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const text = `dataDir: ${folder}\npolicy: { actionUrlDrift: ${policy}, actionUrlCheckHours: 0.00005 }\n`;
  return openOffice({ ...only(number), file: { text, name: 'hookswitch.yaml', folder } });
}

async function drifts(updates: Updates, count: number): Promise<void> {
  const seen = () => updates.received.all.filter((one) => one.deviceEventKind === 'ACTION_URLS_DRIFTED').length;
  while (seen() < count) {
    await updates.received.waitForCount(updates.received.count + 1, { ...PATIENCE, what: `drift ${count}` });
  }
  expect(seen()).toBe(count);
}

async function repairs(office: DemoOffice): Promise<number> {
  const query = '{ commands(filter: { names: ["configureActionUrls"] }) { nodes { requestedBy } } }';
  const { commands } = await ask<{ commands: { nodes: { requestedBy: string }[] } }>(office, query);
  return commands.nodes.filter(({ requestedBy }) => requestedBy.startsWith('gateway:')).length;
}

describe('action URLs that drift', () => {
  test('are an event, once, and a finding; by default nothing is written', async () => {
    const office = await watchedOffice('101', 'report');
    const updates = await overWebSocket(office);
    onTestFinished(() => updates.close());
    const { settings, requests } = office.phone('101').phone;
    settings.set('action_missed_url', '');
    await drifts(updates, 1);
    // Looked at again and again, it is the same drift.
    await requests.waitForCount(requests.count + 3, { ...PATIENCE, what: 'further looks at the phone' });
    await drifts(updates, 1);
    expect(await findingsOf(office, '101')).toContain('ACTION_URLS_DRIFTED');
    expect(await repairs(office)).toBe(0);
    expect(settings.get('action_missed_url')).toBe('');
  });

  test('are repaired where policy says so, once: two managers do not fight', async () => {
    const office = await watchedOffice('101', 'repair');
    const updates = await overWebSocket(office);
    onTestFinished(() => updates.close());
    const { settings, requests } = office.phone('101').phone;
    const url = settings.get('action_missed_url');
    const restored = settings.changes.waitForNext(({ key, after }) => key === 'action_missed_url' && after === url, {
      ...PATIENCE,
      what: 'the repair',
    });
    settings.set('action_missed_url', 'http://127.0.0.1:1/other-manager');
    await drifts(updates, 1);
    await restored;
    await requests.waitForCount(requests.count + 2, { ...PATIENCE, what: 'a look at the repaired phone' });
    settings.set('action_missed_url', 'http://127.0.0.1:1/other-manager');
    await drifts(updates, 2);
    await requests.waitForCount(requests.count + 3, { ...PATIENCE, what: 'further looks at the phone' });
    expect([await repairs(office), settings.get('action_missed_url')]).toEqual([1, 'http://127.0.0.1:1/other-manager']);
  });

  test('of a Yealink phone, which nobody can read, show when its reports are refused', async () => {
    const office = await watchedOffice('202', 'repair');
    const updates = await overWebSocket(office);
    onTestFinished(() => updates.close());
    const { settings } = office.phone('202').phone;
    await rotate(office, '202');
    const old = settings.get('action_url.incoming_call');
    const repaired = settings.waitFor('action_url.incoming_call', (url) => url !== old, {
      ...PATIENCE,
      what: 'the repair',
    });
    await callIn(office, '202');
    await drifts(updates, 1);
    await repaired;
    expect(await repairs(office)).toBe(1);
    expect(await verify(office, '202')).toEqual({ status: 'CONFIRMED', failure: null });
  });
});
