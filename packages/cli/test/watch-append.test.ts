import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, operation, operations } from '@hookswitch/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Office, openOffice } from './support/office.ts';
import { hookswitch, start } from './support/program.ts';

let desk: Office;
let folder: string;
beforeAll(async () => {
  [desk, folder] = await Promise.all([openOffice(), mkdtemp(join(tmpdir(), 'hookswitch-cli-test-'))]);
});
afterAll(async () => {
  await desk.office.stop();
  await rm(folder, { recursive: true, force: true });
});

const ACTION_URLS = operation<
  { readonly phone: { readonly actionUrls: readonly { readonly url: string }[] | null } | null },
  { readonly id: string }
>('query ($id: ID!) { phone(by: { id: $id }) { actionUrls { url } } }');

/** Has Anna's phone report that its receiver was lifted, with that number. */
async function reporter(): Promise<(number: number) => Promise<void>> {
  await using client = createClient({ url: desk.office.gateway.url, token: desk.office.apiKey });
  const asked = await client.request(ACTION_URLS, { id: desk.office.phone('101').id });
  const urls = (asked.ok ? asked.value.phone?.actionUrls : null) ?? [];
  const [base] = /^http:\/\/[^/]+\/a\/[^/]+\//.exec(urls[0]?.url ?? '') ?? [];
  return async (number) => {
    expect((await fetch(`${base}offhook?active_key=${number}`)).status).toBe(200);
  };
}

interface Line {
  readonly __typename: string;
  readonly variables?: readonly { readonly value: string }[];
}

async function linesOf(file: string): Promise<readonly Line[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text
    .split('\n')
    .slice(0, -1)
    .map((line): Line => JSON.parse(line));
}

const numbersIn = (lines: readonly Line[]): readonly string[] =>
  lines.flatMap(({ variables }) => variables?.map(({ value }) => value) ?? []);

test('each event stands in the file once, however often the program is killed', { timeout: 120_000 }, async () => {
  const file = join(folder, 'events.jsonl');
  const report = await reporter();
  const given = ['watch', '--type', 'USER', '--append', file];
  const wanted: string[] = [];
  for (let round = 0; round < 4; round++) {
    const watching = start(given, desk.environment);
    await expect.poll(() => linesOf(file), { timeout: 30_000 }).not.toEqual([]);
    for (let number = 1; number <= 25; number++) {
      wanted.push(String(round * 100 + number));
      await report(round * 100 + number);
      // In the middle of the round it dies; what is reported then waits in the gateway's log.
      if (number === 15) watching.child.kill('SIGKILL');
    }
    await watching.ended;
    // As where it was killed in the middle of a line.
    await appendFile(file, '{"__typename":"UserEvent","id":"VXNl');
  }
  const last = start(given, desk.environment);
  await expect.poll(async () => (await readFile(file, 'utf8')).endsWith('\n'), { timeout: 30_000 }).toBe(true);
  await expect.poll(async () => numbersIn(await linesOf(file)), { timeout: 30_000 }).toEqual(wanted);
  last.child.kill('SIGINT');
  expect(await last.ended).toMatchObject({ code: 0, err: '', out: '' });
  expect((await linesOf(file)).filter(({ __typename }) => __typename === 'CaughtUp')).toHaveLength(1);
});

test('a file of something else is left as it is', async () => {
  for (const text of ['phones\n', 'phones', '{"name":"Anna"}\nmore', 'x'.repeat(3_000_000)]) {
    const file = join(folder, 'other.txt');
    await writeFile(file, text);
    const { code, err } = await hookswitch(['watch', '--append', file], desk.environment);
    expect([code, err]).toEqual([1, expect.stringMatching(/^error: The end of .+ is no event\.\ndo: /)]);
    expect(await readFile(file, 'utf8')).toBe(text);
  }
});

test('a key that reads only events watches them, and sees ids for names', async () => {
  await using client = createClient({ url: desk.office.gateway.url, token: desk.office.apiKey });
  const made = await client.request(operations.createApiKey, { name: 'events only', scopes: ['EVENTS_READ'] });
  const key = made.ok ? (made.value.createApiKey?.key ?? '') : '';
  const file = join(folder, 'place');
  const environment = { ...desk.environment, HOOKSWITCH_KEY: key };
  const watching = start(['watch', '--type', 'USER', '--count', '1', '--resume', file], environment);
  await expect.poll(() => readFile(file, 'utf8').catch(() => ''), { timeout: 30_000 }).not.toBe('');
  await (await reporter())(1);
  const { code, out } = await watching.ended;
  expect([code, out]).toEqual([0, expect.stringContaining(`  ${desk.office.phone('101').id}  OFF_HOOK`)]);
});
