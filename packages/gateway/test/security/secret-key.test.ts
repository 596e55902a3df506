import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadSecretKeyFile, parseSecretKey } from '../../src/security/secret-key.ts';

const KEY = Buffer.from('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1dfeff', 'hex');

async function temporaryKeyFile() {
  const directory = await mkdtemp(join(tmpdir(), 'hookswitch-test-'));
  return {
    directory,
    path: join(directory, 'secret.key'),
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true }),
  };
}

describe('a key as text', () => {
  test.each([
    KEY.toString('hex'),
    KEY.toString('hex').toUpperCase(),
    KEY.toString('base64'),
    KEY.toString('base64url'),
  ])('%s', (text) => {
    expect(parseSecretKey(text)).toEqual(KEY);
    expect(parseSecretKey(` ${text}\n`)).toEqual(KEY);
  });

  test.each([
    '',
    'secret',
    KEY.toString('hex').slice(1),
    KEY.toString('base64').slice(4),
    `${KEY.toString('base64')}A`,
  ])('refuses %j and does not repeat it', (text) => {
    expect(() => parseSecretKey(text)).toThrow('A secret key is 32 bytes');
    if (text.length > 6) expect(() => parseSecretKey(text)).not.toThrow(text);
  });
});

describe('a key file', () => {
  test('is made at the first start, for its owner only, and read at the next', async () => {
    await using file = await temporaryKeyFile();
    const key = await loadSecretKeyFile(file.path);
    expect(key).toHaveLength(32);
    expect((await stat(file.path)).mode & 0o777).toBe(0o600);
    expect(await readdir(file.directory)).toEqual(['secret.key']);
    expect(await loadSecretKeyFile(file.path)).toEqual(key);
    expect(parseSecretKey(await readFile(file.path, 'utf8'))).toEqual(key);
  });

  test('made by many at once is one', async () => {
    await using file = await temporaryKeyFile();
    const keys = await Promise.all(Array.from({ length: 20 }, () => loadSecretKeyFile(file.path)));
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1);
    expect(await readdir(file.directory)).toEqual(['secret.key']);
  });

  test.each([0o640, 0o604, 0o660, 0o620])('of mode %o is refused with what to do', async (mode) => {
    await using file = await temporaryKeyFile();
    await loadSecretKeyFile(file.path);
    await chmod(file.path, mode);
    const seen = `0${mode.toString(8)}`;
    await expect(loadSecretKeyFile(file.path)).rejects.toThrow(
      `can be read or changed by others (mode ${seen}): run \`chmod 600 ${file.path}\``,
    );
    await chmod(file.path, 0o600);
    await loadSecretKeyFile(file.path);
  });

  test('that holds no key is refused and left as it is', async () => {
    await using file = await temporaryKeyFile();
    await writeFile(file.path, 'half a k', { mode: 0o600 });
    await expect(loadSecretKeyFile(file.path)).rejects.toThrow(
      `The key file ${file.path} holds no key: A secret key is 32 bytes`,
    );
    expect(await readFile(file.path, 'utf8')).toBe('half a k');
  });

  test('that can neither be read nor made is an error', async () => {
    await using file = await temporaryKeyFile();
    await expect(loadSecretKeyFile(join(file.directory, 'missing', 'secret.key'))).rejects.toThrow('ENOENT');
    await expect(loadSecretKeyFile(file.directory)).rejects.toThrow();
  });
});
