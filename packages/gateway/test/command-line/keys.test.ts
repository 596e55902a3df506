import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { runKeys } from '../../src/command-line/keys.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { testGateway } from '../support/gateway.ts';

async function keys(dataDir: string, ...given: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runKeys(given, dataDir, { out: (text) => out.push(text), err: (text) => err.push(text) });
  return { code, out: out.join(''), err: err.join('') };
}

test('a key is made, listed and revoked where no gateway runs', async () => {
  await using directory = await temporaryDirectory();
  const made = await keys(
    directory.path,
    ...['create', 'front desk', '--scope', 'calls:control', '--scope', 'events:read', '--tag', 'lobby'],
    ...['--mask-numbers', '--expires', '2999-01-31T00:00:00Z'],
  );
  expect(made).toMatchObject({ code: 0, err: '' });
  const [, id = '', rights] =
    /^(\S+) {2}(.*)\nAPI key \(shown only now, keep it\): hsk_[\w-]{43}\n$/.exec(made.out) ?? [];
  expect(rights).toBe(
    '"front desk"  calls:control,events:read  tags lobby  numbers masked  until 2999-01-31T00:00:00.000Z',
  );
  expect((await keys(directory.path, 'list')).out).toBe(`${id}  ${rights}\n`);
  expect((await keys(directory.path, 'revoke', id)).out).toContain('  revoked 2');
  expect((await keys(directory.path, 'list')).out).toContain('  revoked 2');
  expect(await keys(directory.path, 'revoke', 'nobody')).toEqual({
    code: 1,
    out: '',
    err: 'There is no API key with this id.\n',
  });
});

test.each([
  [[], 'It is create NAME, list or revoke ID.'],
  [['create'], 'It is create NAME, list or revoke ID.'],
  [['create', 'a', 'b'], '"b" is too much.'],
  [['create', 'a', '--scope', 'calls'], 'There is no scope "calls".'],
  [['create', 'a', '--scope', 'admin', '--expires', 'tomorrow'], '"tomorrow" is no time.'],
  [['create', 'a', '--scopes', 'admin'], "Unknown option '--scopes'"],
])('%j is refused with what there is', async (given, fault) => {
  const { code, err } = await keys('/nowhere', ...given);
  expect(code).toBe(2);
  expect(err).toContain(fault);
  expect(err).toContain('keys revoke ID');
});

test.each([
  [['create', 'a'], 'scopes:'],
  [['create', 'a', '--scope', 'admin', '--tag', 'lobby'], 'admin holds everything'],
  [['create', 'a', '--scope', 'admin', '--mask-numbers'], 'admin holds everything'],
  [['create', 'a', '--scope', 'admin', '--expires', '2020-01-01T00:00:00Z'], 'that time has passed'],
])('%j makes no key', async (given, fault) => {
  await using directory = await temporaryDirectory();
  const { code, err } = await keys(directory.path, ...given);
  expect(code).toBe(1);
  expect(err).toContain(fault);
  expect((await keys(directory.path, 'list')).out).toBe('');
});

test('a gateway that runs goes by keys that are made and revoked beside it', async () => {
  await using running = await testGateway();
  const { out } = await keys(running.dataDir, 'create', 'beside', '--scope', 'phones:read');
  const [, id = '', key = ''] = /^(\S+) [\s\S]*(hsk_\S+)\n$/.exec(out) ?? [];
  const { authenticator } = running.gateway;
  await expect.poll(() => authenticator.authenticate(key), { timeout: 5_000 }).not.toBeNull();
  const session = await authenticator.authenticate(key);
  const over = new Promise<void>((resolve) => session?.onOver(resolve));
  expect((await keys(running.dataDir, 'revoke', id)).code).toBe(0);
  await over;
  expect(session?.isOver()).toBe(true);
  expect(await authenticator.authenticate(key)).toBeNull();
});

test('the program itself takes the command, and no other', async () => {
  await using directory = await temporaryDirectory();
  const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
  const env = { PATH: process.env['PATH'], HOOKSWITCH_DATA_DIR: directory.path };
  const run = (...given: readonly string[]) => promisify(execFile)(process.execPath, [main, ...given], { env });
  const { stdout } = await run('keys', 'create', 'desk', '--scope', 'admin');
  expect(stdout).toContain('API key (shown only now, keep it): hsk_');
  expect((await run('keys', 'list')).stdout).toContain('"desk"');
  await expect(run('keys', 'delete')).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('keys list') });
  await expect(run('serve')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('"serve" is no command'),
  });
});
