import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../src/command-line/read-config.ts';

const ADMIN_KEY = 'an-admin-key-of-a-file';
const SECRET_KEY = 'ab'.repeat(32);

async function secretFile(content: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hookswitch-secret-files-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'secret');
  await writeFile(path, content, { mode: 0o600 });
  return path;
}

test('both keys may stand in files', async () => {
  const read = await readConfig({
    HOOKSWITCH_ADMIN_KEY_FILE: await secretFile(`${ADMIN_KEY}\n`),
    HOOKSWITCH_SECRET_KEY_FILE: await secretFile(`${SECRET_KEY}\n`),
  });
  expect(read).toMatchObject({ config: { adminKey: ADMIN_KEY, secretKey: SECRET_KEY } });
});

test('a file whose name is blank is none', async () => {
  expect(await readConfig({ HOOKSWITCH_ADMIN_KEY_FILE: ' ' })).toMatchObject({ config: { adminKey: null } });
});

test('what is wrong with such files is said together with all other faults', async () => {
  const read = await readConfig({
    HOOKSWITCH_PORT: 'x',
    HOOKSWITCH_ADMIN_KEY: ADMIN_KEY,
    HOOKSWITCH_ADMIN_KEY_FILE: await secretFile(ADMIN_KEY),
    HOOKSWITCH_SECRET_KEY_FILE: '/nowhere/secret',
  });
  expect(read).toEqual({
    faults: [
      'HOOKSWITCH_ADMIN_KEY_FILE: HOOKSWITCH_ADMIN_KEY is there too. Give one of them.',
      "HOOKSWITCH_SECRET_KEY_FILE: ENOENT: no such file or directory, open '/nowhere/secret'",
      'HOOKSWITCH_PORT: "x" is no port from 0 to 65535.',
    ],
  });
});

test('an empty file is a fault, and what it holds is judged as the variable is', async () => {
  const empty = await secretFile('\n');
  expect(await readConfig({ HOOKSWITCH_SECRET_KEY_FILE: empty })).toEqual({
    faults: [`HOOKSWITCH_SECRET_KEY_FILE: ${empty} is empty.`],
  });
  expect(await readConfig({ HOOKSWITCH_SECRET_KEY_FILE: await secretFile('short') })).toEqual({
    faults: ['HOOKSWITCH_SECRET_KEY: it must be 32 bytes as 64 hexadecimal digits or as base64.'],
  });
});
