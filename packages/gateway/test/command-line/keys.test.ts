import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { type KeysCommand, runKeys } from '../../src/command-line/keys.ts';
import type { NewApiKey } from '../../src/security/api-key-administration.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { testGateway } from '../support/gateway.ts';

async function keys(dataDir: string, command: KeysCommand) {
  const [out, err]: [string[], string[]] = [[], []];
  const place = { dataDir, configDir: null };
  const done = await runKeys(command, place, { out: (text) => out.push(text), err: (text) => err.push(text) });
  return { done, out: out.join(''), err: err.join('') };
}

const LIST: KeysCommand = { name: 'list' };
const NARROW: NewApiKey = {
  name: 'front desk',
  scopes: ['calls:control', 'events:read'],
  tags: ['lobby'],
  masksNumbers: true,
  expiresAt: Date.parse('2999-01-31T00:00:00Z'),
};
const ADMIN: NewApiKey = { name: 'a', scopes: ['admin'], tags: null, masksNumbers: false, expiresAt: null };

test('a key is made, listed and revoked where no gateway runs', async () => {
  await using directory = await temporaryDirectory();
  const made = await keys(directory.path, { name: 'create', input: NARROW });
  expect(made).toMatchObject({ done: true, err: '' });
  const [, id = '', rights] =
    /^(\S+) {2}(.*)\nAPI key \(shown only now, keep it\): hsk_[\w-]{43}\n$/.exec(made.out) ?? [];
  expect(rights).toBe(
    '"front desk"  calls:control,events:read  tags lobby  numbers masked  until 2999-01-31T00:00:00.000Z',
  );
  expect((await keys(directory.path, LIST)).out).toBe(`${id}  ${rights}\n`);
  expect((await keys(directory.path, { name: 'revoke', id })).out).toContain('  revoked 2');
  expect((await keys(directory.path, LIST)).out).toContain('  revoked 2');
  expect(await keys(directory.path, { name: 'revoke', id: 'nobody' })).toEqual({
    done: false,
    out: '',
    err: 'There is no API key with this id.\n',
  });
});

test.each([LIST, { name: 'revoke', id: 'any' }] as const)('%j makes no store where there is none', async (command) => {
  await using directory = await temporaryDirectory();
  const { done, err } = await keys(directory.path, command);
  expect(done).toBe(false);
  expect(err).toContain(`Nothing is kept in ${directory.path}`);
  expect(await readdir(directory.path)).toEqual([]);
});

test.each([
  [{ ...ADMIN, scopes: [] }, 'scopes:'],
  [{ ...ADMIN, tags: ['lobby'] }, 'admin holds everything'],
  [{ ...ADMIN, masksNumbers: true }, 'admin holds everything'],
  [{ ...ADMIN, expiresAt: Date.parse('2020-01-01T00:00:00Z') }, 'that time has passed'],
] as const)('%j makes no key', async (input, fault) => {
  await using directory = await temporaryDirectory();
  const { done, err } = await keys(directory.path, { name: 'create', input });
  expect(done).toBe(false);
  expect(err).toContain(fault);
  expect((await keys(directory.path, LIST)).out).toBe('');
});

test('a gateway that runs goes by keys that are made and revoked beside it', async () => {
  await using running = await testGateway();
  const { out } = await keys(running.dataDir, {
    name: 'create',
    input: { ...ADMIN, name: 'beside', scopes: ['phones:read'] },
  });
  const [, id = '', key = ''] = /^(\S+) [\s\S]*(hsk_\S+)\n$/.exec(out) ?? [];
  const { authenticator } = running.gateway;
  await expect.poll(() => authenticator.authenticate(key), { timeout: 5_000 }).not.toBeNull();
  const session = await authenticator.authenticate(key);
  const over = new Promise<void>((resolve) => session?.watch({ sessionOver: resolve }));
  expect((await keys(running.dataDir, { name: 'revoke', id })).done).toBe(true);
  await over;
  expect(session?.isOver()).toBe(true);
  expect(await authenticator.authenticate(key)).toBeNull();
});

test('the program of the gateway takes no command', async () => {
  const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
  await expect(promisify(execFile)(process.execPath, [main, 'keys'])).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('hookswitch keys'),
  });
});
