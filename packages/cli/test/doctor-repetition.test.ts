import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@hookswitch/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Office, openOffice } from './support/office.ts';
import { hookswitch } from './support/program.ts';

let desk: Office;
let folder: string;
beforeAll(async () => {
  [desk, folder] = await Promise.all([openOffice(), mkdtemp(join(tmpdir(), 'hookswitch-doctor-'))]);
  await using client = createClient({ url: desk.office.gateway.url, token: desk.office.apiKey });
  for (const [name, vendor, model, address] of [
    ['Away One', 'snom', 'D785', 'http://127.0.0.1:1024'],
    ['Away Two', 'snom', 'D785', 'http://127.0.0.1:1025'],
    ['Away Three', 'yealink', 'T46U', 'http://127.0.0.1:1026'],
    ['Nowhere', 'snom', 'D785', undefined],
  ] as const) {
    const added = await client.addPhone({ name, vendor, model, address });
    if (!added.ok) throw new Error(added.failure.message);
  }
});
afterAll(async () => {
  await desk.office.stop();
  await rm(folder, { recursive: true, force: true });
});

const run = (...given: readonly string[]) => hookswitch(['doctor', ...given], desk.environment);

/** Findings as they stand there: their marks, and what is to be done. Where something else is to be done it is another one. */
const remediesIn = (out: string) =>
  [...out.matchAll(/^([!✖]) .*\n(?: {2}\S.*\n)* {4}do: (.*)$/gm)].map(([, ...of]) => of.join());

interface Found {
  readonly about: string;
  readonly code: string;
  readonly message: string;
}

const json = async (...given: readonly string[]): Promise<readonly Found[]> =>
  (await run('--json', ...given)).out
    .trim()
    .split('\n')
    .map((line): Found => JSON.parse(line));

test('what several phones have stands once, with their names; the problems are counted so', async () => {
  const { code, out, err } = await run();
  expect(code).toBe(1);
  const remedies = remediesIn(out);
  expect(remedies).toHaveLength(out.match(/^ {4}do: /gm)?.length ?? 0);
  expect(remedies).toEqual([...new Set(remedies)]);
  expect(out).toMatch(/^! Anna Ritter, Ben Okafor: The phone asks for Basic authentication.*\n {4}do: /m);
  expect(out).toMatch(/^! David Cohen, Elif Kaya, Farid Haddad: Whether the phone takes XML pushes/m);
  // Each phone's own words, and what is to be done once.
  expect(out).toMatch(
    /^✖ Away One: No connection.*1024.*\n {2}Away Two: No connection.*1025.*\n {4}do: Correct the address/m,
  );
  const problems = out.split('\n').filter((line) => line.startsWith('✖')).length;
  expect(err).toContain(`error: ${problems} problems.\n`);
}, 60_000);

test('an address outside of the allowed networks stands once for all phones that have it', async () => {
  const file = join(folder, 'narrow.yaml');
  await writeFile(file, 'publicUrl: http://gateway.example\nallowedTargets: [192.0.2.0/24]\n');
  const { out } = await run('--config', file, 'Anna Ritter', 'David Cohen', 'Away One');
  expect(out.match(/lies in none of the networks/g)).toHaveLength(1);
  expect(out).toMatch(/^✖ Anna Ritter, David Cohen, Away One: 127\.0\.0\.1 lies in none/m);
}, 60_000);

test('a phone that is named twice is looked at once', async () => {
  const found = await json('Anna Ritter', '101', 'Anna');
  const codes = found.filter(({ about }) => about === 'Anna Ritter').map(({ code }) => code);
  expect(codes.length).toBeGreaterThan(0);
  expect(codes).toEqual([...new Set(codes)]);
}, 60_000);

test('phones of one name are told apart', async () => {
  await using client = createClient({ url: desk.office.gateway.url, token: desk.office.apiKey });
  const macs = ['000413aa0001', '000413aa0002'];
  for (const mac of macs) await client.addPhone({ name: 'Lobby', vendor: 'snom', mac });
  const { out } = await run(...macs);
  expect(out).toMatch(/Lobby \(00:04:13:AA:00:01\), Lobby \(00:04:13:AA:00:02\).*: The phone has never/i);
}, 60_000);

test('a phone that is not reached, or has no address, is told so once, whatever else fails by it', async () => {
  const away = await json('Away One', '--events');
  expect(away.filter(({ message }) => /connection|did not answer/i.test(message))).toHaveLength(1);
  const nowhere = await json('Nowhere', '--events');
  expect(nowhere.filter(({ about }) => about === 'Nowhere').map(({ code }) => code)).toEqual([
    'NO_ADDRESS',
    'NO_EVENT_YET',
  ]);
}, 60_000);

test('what a test of the event path has shown is not asked for again', async () => {
  const codes = (await json('Elif Kaya', '--events')).map(({ code }) => code);
  expect(codes).toContain('EVENT_PATH_WHOLE');
  expect(codes).not.toContain('NO_EVENT_YET');
}, 60_000);

test('all faults of a configuration stand together', async () => {
  const file = join(folder, 'broken.yaml');
  await writeFile(file, 'port: many\ncolour: blue\n');
  const { out } = await run('Ben Okafor', '--config', file);
  expect(out).toMatch(
    /^✖ configuration: .*(port|colour).*\n {2}configuration: .*(port|colour).*\n {4}do: Correct it: /m,
  );
}, 60_000);
