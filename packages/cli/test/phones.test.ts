import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

/** Resolves when who watches keeps its place: it is live then. */
const isLive = (file: string) =>
  expect.poll(() => readFile(file, 'utf8').catch(() => ''), { timeout: 30_000 }).not.toBe('');

const run = (...given: readonly string[]) => hookswitch(given, desk.environment);

test('phones are listed as a table and as JSON', async () => {
  const { code, out } = await run('phones', 'list', '--vendor', 'yealink');
  expect(code).toBe(0);
  expect(out.split('\n').filter((line) => line.includes('yealink T'))).toHaveLength(3);
  const json = await run('phones', 'list', '--search', 'Anna', '--json');
  expect(JSON.parse(json.out)).toMatchObject({ name: 'Anna Ritter', id: desk.office.phone('101').id });
});

test('a device that has the link is discovered', async () => {
  const { code, out } = await run('phones', 'link');
  expect(code).toBe(0);
  const url = /^snom +action_setup_url +(\S+)$/m.exec(out)?.[1] ?? '';
  expect((await run('phones', 'discovered', '--json')).out).toBe('');
  const filled = url.replace('$mac', '000413000077').replace('$phone_type', 'snomD785');
  expect((await fetch(filled)).status).toBe(200);
  const listed = await run('phones', 'discovered');
  expect(listed.out).toContain('00:04:13:00:00:77');
  expect(listed.out).toContain('snom D785');
  const [device] = (await run('phones', 'discovered', '--json')).out.split('\n');
  expect(JSON.parse(device ?? '')).toMatchObject({ mac: '00:04:13:00:00:77', explainMatch: { vendor: 'snom' } });
});

describe('a phone is told', () => {
  test.each(['Anna Ritter', 'Anna', '00:04:13:10:01:01', '000413100101'])('by %s', async (wanted) => {
    expect(await run('press', wanted, 'SPEAKER')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Anna Ritter SPEAKER: /),
    });
  });

  test('by its id', async () => {
    expect(await run('press', desk.office.phone('102').id, 'SPEAKER')).toMatchObject({ code: 0 });
  });

  test.each([
    ['Nobody', 'There is no phone "Nobody".'],
    ['a', '"a" may be: Anna Ritter, Ben Okafor'],
  ])('not by %s', async (wanted, what) => {
    const { code, out, err } = await run('press', wanted, 'SPEAKER');
    expect([code, out]).toEqual([1, '']);
    expect(err.split('\n')).toEqual([expect.stringContaining(`error: ${what}`), expect.stringMatching(/^do: ./), '']);
  });
});

test('a dialled call is proved, and seen by who watches; the place is kept', async () => {
  const file = join(folder, 'place');
  const given = ['watch', '--json', '--type', 'CALL', '--resume', file];
  const watching = start([...given, '--count', '1'], desk.environment);
  await isLive(file);
  expect(await run('dial', '201', '202')).toMatchObject({ code: 0, out: 'David Cohen dials 202: CONFIRMED\n' });
  const { code, out } = await watching.ended;
  expect([code, JSON.parse(out)]).toEqual([0, expect.objectContaining({ callEventKind: 'OUTGOING' })]);
  // It goes on behind what it has shown.
  const more = await hookswitch([...given, '--count', '1'], desk.environment);
  expect(JSON.parse(more.out)).toMatchObject({ __typename: 'CallEvent' });
  expect(JSON.parse(more.out).cursor).not.toBe(JSON.parse(out).cursor);
});

test('watch ends with 0 when it is told to', async () => {
  const file = join(folder, 'told');
  const watching = start(['watch', '--phone', 'Chiara Russo', '--resume', file], desk.environment);
  await isLive(file);
  await run('dial', 'Chiara Russo', '301');
  await watching.until(/Chiara Russo {2}OUTGOING {2}301/);
  watching.child.kill('SIGINT');
  expect(await watching.ended).toMatchObject({ code: 0, err: '' });
});

test('the picture of a display is saved', async () => {
  const file = join(folder, 'screen');
  const { code, err } = await run('screen', 'Anna Ritter', '-o', file);
  expect([code, err]).toEqual([0, expect.stringMatching(/^\S+: BMP, \d+ bytes\n$/)]);
  const picture = await readFile(file);
  expect(err).toContain(`${picture.length} bytes`);
  expect(picture.length).toBeGreaterThan(100);
});

test('phones are added, by hand and from a file; what is there stays', async () => {
  const added = await hookswitch(
    [
      'phones',
      'add',
      'Lobby',
      '--vendor',
      'snom',
      '--model',
      'D785',
      '--tag',
      'lobby',
      '--password-stdin',
      '--username',
      'admin',
    ],
    desk.environment,
    's3cret\n',
  );
  expect(added).toMatchObject({ code: 0, out: expect.stringMatching(/^Lobby: snom D785 {2}\S+\n$/) });
  const file = join(folder, 'phones.csv');
  const rows = [
    'name,vendor,model,mac,tags',
    'One,snom,D785,000413aabb01,a b',
    'Two,nope,,,',
    'Anna,snom,,000413100101,',
  ];
  await writeFile(file, rows.join('\n'));
  expect(await run('phones', 'import', file, '--dry-run')).toMatchObject({ code: 0, out: '3 phones can be taken.\n' });
  const { code, out, err } = await run('phones', 'import', file);
  expect(code).toBe(1);
  expect(out.split('\n').slice(0, 3)).toEqual([
    expect.stringMatching(/^added {3}line 2 {2}One {2}snom D785/),
    expect.stringMatching(/^failed {2}line 3 {2}Two {2}No driver serves "nope"/),
    expect.stringMatching(/^there {3}line 4 {2}Anna {2}/),
  ]);
  expect(err).toContain('error: 1 of 3 phones were not added.');
  const listed = await run('phones', 'list', '--tag', 'b', '--json');
  expect(JSON.parse(listed.out)).toMatchObject({ name: 'One', tags: ['a', 'b'] });
});

test.each([
  ['name,colour\na,b', 'line 1: there is no column "colour"'],
  ['vendor\nsnom', 'line 2: there is no name'],
  ['name,vendor\na,b,c', 'line 2: Invalid Record Length'],
])('a file %j is refused as a whole', async (text, fault) => {
  const { code, out } = await hookswitch(['phones', 'import', '-'], desk.environment, text);
  expect([code, out]).toEqual([1, expect.stringContaining(fault)]);
});

test('the event path is verified, and a broken one is told with what to do', async () => {
  expect(await run('phones', 'verify', 'Anna Ritter', 'David Cohen')).toMatchObject({
    code: 0,
    err: 'phones: 2 of 2\n',
  });
  const { code, out } = await run('phones', 'verify', 'Lobby');
  expect([code, out]).toEqual([1, expect.stringMatching(/^broken {2}Lobby: .+\n {8}do: .+\n$/)]);
});

test('doctor finds nothing wrong in the office, and what is wrong with a phone that nobody answers for', async () => {
  const fine = await run('doctor', 'Anna Ritter', '--events', '--json');
  const findings = fine.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(fine.code).toBe(0);
  expect(findings.map(({ code }) => code)).toEqual(
    expect.arrayContaining(['GATEWAY_REACHED', 'STORE_READY', 'CLOCK_FINE', 'KEY_TAKEN', 'EVENT_PATH_WHOLE']),
  );
  await run('phones', 'add', 'Away', '--vendor', 'snom', '--model', 'D785', '--address', 'http://127.0.0.1:1024');
  const config = join(folder, 'hookswitch.yaml');
  await writeFile(config, 'allowedTargets: [192.0.2.0/24]\n');
  const broken = await run('doctor', 'Away', '--config', config);
  expect(broken.code).toBe(1);
  expect(broken.out).toMatch(
    /✖ Away: 127\.0\.0\.1 lies in none of the networks.*\n {4}do: Add its network to allowedTargets/,
  );
  expect(broken.out).toMatch(/✖ Away: .*(reach|connect).*\n {4}do: /i);
});
