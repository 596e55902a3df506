import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { EXIT_MEANINGS } from '../src/exit-codes.table.ts';
import { createProgram } from '../src/program.ts';
import { hookswitch, start } from './support/program.ts';

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'hookswitch-cli-test-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** All commands that do something, as they are typed. */
function commandsOf(command = createProgram(), before: readonly string[] = []): readonly (readonly string[])[] {
  if (command.commands.length === 0) return [before];
  return command.commands
    .filter(({ parent }) => parent === command)
    .flatMap((one) => commandsOf(one, [...before, one.name()]));
}

test('every command has help with an example, and the program tells its exit codes', async () => {
  const commands = commandsOf().filter(([first]) => first !== 'complete');
  expect(commands.length).toBeGreaterThan(15);
  for (const given of commands) {
    const { code, out } = await hookswitch([...given, '--help']);
    expect([given.join(' '), code]).toEqual([given.join(' '), 0]);
    expect(out).toContain(`Usage: hookswitch ${given.join(' ')}`);
    expect(out).toMatch(/Examples?:\n {2}.*hookswitch /);
  }
  const { out } = await hookswitch(['--help']);
  for (const [code, meaning] of Object.entries(EXIT_MEANINGS)) expect(out).toContain(`${code}  ${meaning}`);
}, 120_000);

test.each([
  [['nonsense'], "unknown command 'nonsense'"],
  [['phones', 'lst'], 'Did you mean list?'],
  [['dial', '101'], "missing required argument 'number'"],
  [['watch', '--type', 'NOTHING'], 'Allowed choices are CALL'],
  [['keys', 'create', 'a', '--scope', 'admin', '--expires', 'tomorrow'], 'It must be a time such as'],
  [['audit', 'verify', '--anchor', 'x'], 'It must be ROW:MAC'],
  [['phones', 'list', '--url', 'nowhere'], '"nowhere" is no address of a gateway.'],
])('%j is refused with 2', async (given, fault) => {
  const { code, out, err } = await hookswitch(given);
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(fault);
  expect(err).toMatch(/^do: /m);
});

test('a gateway that is not there ends with 3', async () => {
  const { code, err } = await hookswitch(['phones', 'list', '--url', 'http://127.0.0.1:9']);
  expect(code).toBe(3);
  expect(err).toMatch(/^error: .*127\.0\.0\.1:9.*\ndo: .*hookswitch serve.*\n$/);
}, 30_000);

test('completion knows commands, options and choices', async () => {
  expect((await hookswitch(['complete', '--', 'phones', ''])).out).toMatch(/^import\t/m);
  expect((await hookswitch(['complete', '--', 'dial', '--'])).out).toMatch(/^--no-wait\t/m);
  expect((await hookswitch(['complete', '--', 'watch', '--type', ''])).out).toMatch(/^REGISTRATION/m);
  for (const shell of ['bash', 'zsh', 'fish', 'powershell']) {
    expect((await hookswitch(['complete', shell])).out).toContain('hookswitch');
  }
});

test('a configuration is checked as a start would, without one', async () => {
  const path = join(await folder(), 'hookswitch.yaml');
  await writeFile(path, 'port: 4001\nphones: [{ name: Desk, vendor: snom }]\n');
  expect(await hookswitch(['config', 'check', '--config', path])).toMatchObject({
    code: 0,
    out: expect.stringContaining('listens at 127.0.0.1:4001'),
  });
  await writeFile(path, 'port: many\ncolour: blue\n');
  const wrong = await hookswitch(['config', 'check', '--config', path]);
  expect([wrong.code, wrong.out]).toEqual([1, '']);
  expect(wrong.err).toMatch(/port.*\n.*colour.*\nerror: The configuration has 2 faults\.\ndo: /i);
  await writeFile(path, 'drivers: [no-such-driver]\ntls: { ca: missing.pem }\n');
  const unloadable = await hookswitch(['config', 'check', '--config', path]);
  expect(unloadable.err).toMatch(/no-such-driver[\s\S]*tls\.ca: .*missing\.pem/);
});

test('keys, audit and secret key of a data directory', async () => {
  const environment = { HOOKSWITCH_DATA_DIR: await folder() };
  const run = (...given: readonly string[]) => hookswitch(given, environment);
  const made = await run('keys', 'create', 'Front desk', '--scope', 'calls:control', 'events:read', '--tag', 'lobby');
  expect([made.code, made.out]).toEqual([
    0,
    expect.stringMatching(/calls:control,events:read {2}tags lobby\nAPI key .*: hsk_/),
  ]);
  const [id = ''] = made.out.split(' ');
  expect((await run('keys', 'list')).out).toContain('"Front desk"');
  expect((await run('keys', 'revoke', id)).out).toContain('revoked 2');
  expect(await run('keys', 'revoke', 'nobody')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^error: .*\ndo: /),
  });
  const audit = await run('audit', 'verify');
  const [, anchor = ''] = /^The audit is whole: \d+ rows\. Anchor: (\S+)$/m.exec(audit.out) ?? [];
  expect(await run('audit', 'verify', '--anchor', anchor)).toMatchObject({ code: 0 });
  expect(await run('rotate-secret-key', '--new-key-file', 'x')).toMatchObject({ code: 2 });
});

test('serve runs the gateway until it is told to stop, and says what keeps it from starting', async () => {
  const environment = { HOOKSWITCH_DATA_DIR: await folder(), HOOKSWITCH_PORT: '0', HOOKSWITCH_URL: 'http://ignored' };
  const serving = start(['serve'], environment);
  const [, key = ''] = await serving.until(/API key .*: (hsk_\S+)/);
  const [, url = ''] = await serving.until(/"url":"([^"]+)".*"msg":"listening"/);
  expect(await hookswitch(['phones', 'list'], { HOOKSWITCH_URL: url, HOOKSWITCH_KEY: key })).toMatchObject({ code: 0 });
  serving.child.kill('SIGTERM');
  expect(await serving.ended).toMatchObject({ code: 0 });
  expect(await hookswitch(['serve'], { HOOKSWITCH_PORT: 'x' })).toMatchObject({
    code: 1,
    err: expect.stringContaining('HOOKSWITCH_PORT'),
  });
});

test('demo runs an office until it is told to stop', async () => {
  const demo = start(['demo'], { HOOKSWITCH_PORT: '0' });
  const [, url = ''] = await demo.until(/GraphiQL +(\S+)\/graphql/);
  const [, key = ''] = await demo.until(/API key +(\S+)[\s\S]*Ctrl-C/);
  const { out } = await hookswitch(['dial', '101', '201'], { HOOKSWITCH_URL: url, HOOKSWITCH_KEY: key });
  expect(out).toBe('Anna Ritter dials 201: CONFIRMED\n');
  demo.child.kill('SIGINT');
  expect(await demo.ended).toMatchObject({ code: 0 });
});
