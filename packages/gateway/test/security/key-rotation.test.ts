import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { copyFile, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { auditEntry } from '../../src/audit/audited.ts';
import { runAuditIn } from '../../src/command-line/audit.ts';
import { runRotateSecretKey } from '../../src/command-line/rotate-secret-key.ts';
import { prepareNextKey } from '../../src/security/key-rotation.ts';
import { createSecretBox } from '../../src/security/secret-box.ts';
import { parseSecretKey } from '../../src/security/secret-key.ts';
import { resealSecrets } from '../../src/store/sqlite/reseal-secrets.ts';
import { type TestGateway, testGateway } from '../support/gateway.ts';
import { scriptedPhone } from '../support/scripted-phone.ts';

const ROTATE = fileURLToPath(new URL('children/rotate.ts', import.meta.url));
const HANG_UP = { name: 'hangUp', arguments: {} } as const;
const OLD_KEY = '11'.repeat(32);

const keyOf = async (path: string): Promise<Buffer> => parseSecretKey(await readFile(path, 'utf8'));

/** A phone that wants a login, and a gateway that knows it; what must go on after each rotation. */
async function knownPhone(running: TestGateway) {
  const logins: (string | undefined)[] = [];
  const device = await scriptedPhone((request, response) => {
    logins.push(request.headers.authorization);
    const known = request.headers.authorization === `Basic ${Buffer.from('admin:s3cret').toString('base64')}`;
    response.writeHead(known ? 200 : 401, known ? {} : { 'www-authenticate': 'Basic realm="x"' }).end();
  });
  const phone = await running.addPhone({ address: device.origin, username: 'admin', password: 's3cret' });
  const path = running.actionUrlPath(phone);
  return {
    phone,
    async works(): Promise<void> {
      expect(await running.run(phone, HANG_UP)).toMatchObject({ status: 'ACCEPTED' });
      expect((await fetch(`${running.gateway.url}${path}/hello`)).status).toBe(200);
      expect(running.actionUrlPath(phone)).toBe(path);
    },
    [Symbol.asyncDispose]: () => device[Symbol.asyncDispose](),
  };
}

const sealedIn = (dataDir: string): readonly Uint8Array[] => {
  const database = new DatabaseSync(join(dataDir, 'hookswitch.db'), { timeout: 5_000 });
  const rows = database.prepare('SELECT sealed_secrets FROM phones').all();
  database.close();
  return rows.flatMap(({ sealed_secrets }) => (sealed_secrets instanceof Uint8Array ? [sealed_secrets] : []));
};

const actionsIn = (dataDir: string): readonly unknown[] => {
  const database = new DatabaseSync(join(dataDir, 'hookswitch.db'), { timeout: 5_000 });
  const rows = database.prepare('SELECT action FROM audit ORDER BY sequence').all();
  database.close();
  return rows.map(({ action }) => action);
};

async function rotate(dataDir: string, secretKey: string | null = null, newKeyFile: string | null = null) {
  const words: string[] = [];
  const say = (text: string): void => void words.push(text);
  const done = await runRotateSecretKey(newKeyFile, { dataDir, configDir: null, secretKey }, { out: say, err: say });
  return { done, words: words.join('') };
}

test('after a rotation everything opens with the new key, and the old one opens nothing, nowhere in the files', async () => {
  await using running = await testGateway();
  await using known = await knownPhone(running);
  // Of different lengths, so that what is written anew does not lie exactly on what was there.
  for (let length = 1; length < 20; length += 1) {
    await running.addPhone({ name: `Phone ${length}`, password: 'p'.repeat(length * 90) });
  }
  const { dataDir } = running;
  const path = join(dataDir, 'secret.key');
  const [oldKey, before] = [await keyOf(path), sealedIn(dataDir)];
  await running.gateway.stop();
  expect(await rotate(dataDir)).toMatchObject({ done: true, words: expect.stringContaining('secrets of 20 phones') });
  const newKey = await keyOf(path);
  expect(newKey.equals(oldKey)).toBe(false);
  const after = sealedIn(dataDir);
  expect([after.length, after.every(createSecretBox(newKey).canOpen)]).toEqual([20, true]);
  expect(after.some(createSecretBox(oldKey).canOpen)).toBe(false);
  const found = await readdir(dataDir, { recursive: true, withFileTypes: true });
  const paths = found.filter((one) => one.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const files = await Promise.all(paths.map(async (file) => await readFile(file)));
  for (const bytes of files) {
    expect(bytes.includes(oldKey.toString('base64'))).toBe(false);
    for (const sealed of before) expect(bytes.includes(Buffer.from(sealed))).toBe(false);
  }
  await running.restart();
  await known.works();
});

test('cut off before everything is sealed anew, the old key goes on; the next rotation completes it', async () => {
  await using running = await testGateway();
  await using known = await knownPhone(running);
  await running.gateway.stop();
  await prepareNextKey(join(running.dataDir, 'secret.key'));
  await running.restart();
  await known.works();
  await running.gateway.stop();
  expect(await rotate(running.dataDir)).toMatchObject({ done: true });
  expect(await readdir(running.dataDir)).not.toContain('secret.key.next');
  await running.restart();
  await known.works();
});

test('cut off after everything is sealed anew, the next start takes the new key, and so does the next rotation', async () => {
  await using running = await testGateway();
  await using known = await knownPhone(running);
  const path = join(running.dataDir, 'secret.key');
  for (const goOn of ['start', 'rotate'] as const) {
    await running.gateway.stop();
    await copyFile(path, `${path}.old`);
    expect(await rotate(running.dataDir)).toMatchObject({ done: true });
    // As it was before the new key took the old one's name.
    await rename(path, `${path}.next`);
    await rename(`${path}.old`, path);
    if (goOn === 'rotate') expect(await rotate(running.dataDir)).toMatchObject({ done: true });
    await running.restart();
    await known.works();
    expect(await readdir(running.dataDir)).not.toContain('secret.key.next');
  }
});

test('one secret that does not open: nothing is changed', async () => {
  await using running = await testGateway();
  await using known = await knownPhone(running);
  await running.addPhone({ name: 'Second', password: 'other' });
  await running.gateway.stop();
  const before = sealedIn(running.dataDir);
  let count = 0;
  const failing = resealSecrets(running.dataDir, {
    phone(_id, sealed) {
      count += 1;
      if (count === 2) throw new Error('the second one');
      return sealed.toReversed();
    },
    keys: (sealed) => sealed,
    entry: (phones) => auditEntry({ action: 'never', caller: { id: 'a', name: 'a' }, details: { phones } }, 1),
  });
  await expect(failing).rejects.toThrow('the second one');
  expect(sealedIn(running.dataDir)).toEqual(before);
  expect(actionsIn(running.dataDir)).not.toContain('never');
  await running.restart();
  await known.works();
});

test('killed at any moment, nothing is lost', { timeout: 30_000 }, async () => {
  await using running = await testGateway();
  await using known = await knownPhone(running);
  for (let round = 0; round < 6; round += 1) {
    await running.gateway.stop();
    const child = spawn(process.execPath, [ROTATE, running.dataDir], {
      stdio: 'ignore',
    });
    const ended = once(child, 'exit');
    // Not before it works at all: when the new key lies there, and later from round to round.
    while (child.exitCode === null && !(await readdir(running.dataDir)).includes('secret.key.next'));
    for (let turns = 0; turns < round * 8; turns += 1) await readdir(running.dataDir);
    child.kill('SIGKILL');
    await ended;
    await running.restart();
    await known.works();
  }
});

test('a key of the environment: the new one comes out of a file, and the old one keeps the gateway from starting', async () => {
  await using running = await testGateway({ config: { secretKey: OLD_KEY } });
  await using known = await knownPhone(running);
  expect(known.phone.name).toBe('Desk');
  await running.gateway.stop();
  const file = join(running.dataDir, 'new.key');
  expect(await rotate(running.dataDir, OLD_KEY)).toMatchObject({ done: 'WRONG_WAY' });
  expect(await rotate(running.dataDir, null, file)).toMatchObject({ done: 'WRONG_WAY' });
  const { done, words } = await rotate(running.dataDir, OLD_KEY, file);
  expect([done, words]).toEqual([true, expect.stringContaining(`${file}: give it as HOOKSWITCH_SECRET_KEY`)]);
  expect(words).not.toContain((await readFile(file, 'utf8')).trim());
  await expect(running.restart()).rejects.toThrow('HOOKSWITCH_SECRET_KEY: the secrets in');
  expect(sealedIn(running.dataDir).every(createSecretBox(await keyOf(file)).canOpen)).toBe(true);
});

test('a gateway that runs keeps its key, and what is no rotation is said', async () => {
  await using running = await testGateway();
  await using known = await knownPhone(running);
  const before = await keyOf(join(running.dataDir, 'secret.key'));
  expect(await rotate(running.dataDir)).toMatchObject({
    done: false,
    words: expect.stringContaining('in use by another'),
  });
  expect((await keyOf(join(running.dataDir, 'secret.key'))).equals(before)).toBe(true);
  expect(await rotate(join(running.dataDir, 'nothing'))).toMatchObject({ done: false });
  await known.works();
});

test('a rotation is a row of the audit, and the chain goes on', async () => {
  await using running = await testGateway();
  await using known = await knownPhone(running);
  await running.gateway.stop();
  expect(await rotate(running.dataDir)).toMatchObject({ done: true });
  await running.restart();
  await known.works();
  const { items } = await running.application.audit.list({ actions: ['rotateSecretKey'] }, { first: 9 });
  const key = await keyOf(join(running.dataDir, 'secret.key'));
  expect(items.map(({ node }) => node)).toMatchObject([
    {
      caller: { id: 'command-line' },
      outcome: 'DONE',
      phoneId: null,
      details: { phones: 1, keyId: createSecretBox(key).keyId },
    },
  ]);
  await running.gateway.stop();
  const words: string[] = [];
  const say = (text: string): void => void words.push(text);
  expect([runAuditIn(null, running.dataDir, { out: say, err: say }), words.join('')]).toEqual([
    true,
    expect.stringContaining('The audit is whole'),
  ]);
  await running.restart();
});

test.each([
  ['once', 1],
  ['twice', 2],
])(
  'a command that is repeated after a rotation (%s) is the same command, and the batch the same batch',
  async (_how, times) => {
    await using running = await testGateway();
    await using known = await knownPhone(running);
    const { caller } = running;
    const batch = (title: string) =>
      running.application.commands.runOnPhones(
        { ids: [known.phone.id] },
        { name: 'showMessage', arguments: { title, text: 'x' } },
        { caller, idempotencyKey: 'all' },
      );
    const [first, all] = [await running.run(known.phone, HANG_UP, 'once'), await batch('a')];
    for (let round = 0; round < times; round += 1) {
      await running.gateway.stop();
      expect(await rotate(running.dataDir)).toMatchObject({ done: true });
      await running.restart();
      expect(await running.run(known.phone, HANG_UP, 'once')).toMatchObject({ id: first.id, status: 'ACCEPTED' });
      expect((await batch('a')).id).toBe(all.id);
    }
    const other = await running.run(known.phone, { name: 'dial', arguments: { to: '1' } }, 'once');
    expect(other).toMatchObject({ status: 'FAILED', failure: { code: 'IDEMPOTENCY_CONFLICT' } });
  },
);

test('digests that were made before any key was kept count on over the first rotation', async () => {
  await using running = await testGateway();
  await using known = await knownPhone(running);
  const first = await running.run(known.phone, HANG_UP, 'once');
  await running.gateway.stop();
  // As it was before such keys were kept.
  const database = new DatabaseSync(join(running.dataDir, 'hookswitch.db'), { timeout: 5_000 });
  database.exec('DELETE FROM sealed_keys');
  database.close();
  expect(await rotate(running.dataDir)).toMatchObject({ done: true });
  await running.restart();
  expect((await running.run(known.phone, HANG_UP, 'once')).id).toBe(first.id);
});

test('what tells repeated commands apart does not let their arguments be tried', async () => {
  await using running = await testGateway();
  const phone = await running.addPhone();
  await running.run(phone, { name: 'dial', arguments: { to: '4711' } }, 'once');
  const database = new DatabaseSync(join(running.dataDir, 'hookswitch.db'), { readOnly: true });
  const row = database.prepare('SELECT fingerprint FROM idempotency_claims').get();
  database.close();
  const plain = createHash('sha256')
    .update(JSON.stringify(['dial', { to: '4711' }]))
    .digest('hex');
  expect(row?.['fingerprint']).toMatch(/^[0-9a-f]{64}$/);
  expect(row?.['fingerprint']).not.toBe(plain);
  const key = await keyOf(join(running.dataDir, 'secret.key'));
  expect(row?.['fingerprint']).toBe(createSecretBox(key).digest(JSON.stringify(['dial', { to: '4711' }])));
});
