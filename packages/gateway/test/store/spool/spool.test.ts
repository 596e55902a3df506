import { copyFile, open, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as othersTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openSpool, type Spool } from '../../../src/store/spool/spool.ts';
import { range } from '../samples.ts';
import { temporaryDirectory } from '../temporary.ts';

const MEGABYTE = 1024 * 1024;

/** A spool whose directory stays when it is closed, and what it has logged. */
async function temporarySpool(maxBytes = 16 * MEGABYTE) {
  const directory = await temporaryDirectory();
  const said: string[] = [];
  const note = (_fields: object, message: string) => said.push(message);
  const start = () => openSpool({ dir: directory.path, maxBytes, log: { warn: note, error: note } });
  let spool = await start();
  return {
    dir: directory.path,
    said,
    get spool() {
      return spool;
    },
    async reopen() {
      await spool.close();
      spool = await start();
      return spool;
    },
    /** Its files, oldest first. */
    files: async () => (await readdir(directory.path)).filter((name) => name.endsWith('.spool')).sort(),
    async [Symbol.asyncDispose]() {
      await spool.close().catch(() => {});
      await directory[Symbol.asyncDispose]();
    },
  };
}

const put = (spool: Spool, texts: readonly string[]) =>
  Promise.all(texts.map((text) => spool.append(Buffer.from(text))));

async function takeAll(spool: Spool, limit = 100): Promise<readonly string[]> {
  const taken: string[] = [];
  for (let page = await spool.read(limit); page !== null; page = await spool.read(limit)) {
    taken.push(...page.payloads.map(String));
    await spool.drop(page);
  }
  return taken;
}

const names = (count: number, prefix = 'record') => range(count).map((n) => `${prefix} ${n}`);

test('gives out what it took, in that order, and is empty then', async () => {
  await using temporary = await temporarySpool();
  const { spool } = temporary;
  expect(await spool.read(10)).toBeNull();
  await put(spool, names(250));
  expect([spool.records, spool.bytes > 250 * 10]).toEqual([250, true]);
  expect(await takeAll(spool)).toEqual(names(250));
  expect([spool.records, spool.bytes]).toEqual([0, 0]);
});

test('a page that is not dropped is given again, after a restart too', async () => {
  await using temporary = await temporarySpool();
  await put(temporary.spool, names(5));
  expect((await temporary.spool.read(2))?.payloads.map(String)).toEqual(names(2));
  expect((await temporary.spool.read(3))?.payloads.map(String)).toEqual(names(3));
  const spool = await temporary.reopen();
  expect(spool.records).toBe(5);
  expect(await takeAll(spool)).toEqual(names(5));
  expect(temporary.said).toEqual([]);
});

test('what was dropped does not come back, though its bytes still lie in the file', async () => {
  await using temporary = await temporarySpool();
  await put(temporary.spool, names(300, 'old'));
  await takeAll(temporary.spool);
  await put(temporary.spool, ['new']);
  const [file = ''] = await temporary.files();
  expect((await readFile(join(temporary.dir, file))).includes('old 299')).toBe(true);
  expect(await takeAll(await temporary.reopen())).toEqual(['new']);
  expect(temporary.said).toEqual([]);
});

test('after a crash what was dropped before the last write does not come back', async () => {
  await using temporary = await temporarySpool();
  await put(temporary.spool, names(20, 'old'));
  const page = await temporary.spool.read(15);
  if (page !== null) await temporary.spool.drop(page);
  await put(temporary.spool, ['new']);
  await using crashed = await temporaryDirectory();
  for (const file of await temporary.files()) await copyFile(join(temporary.dir, file), join(crashed.path, file));
  const log = { warn() {}, error() {} };
  const spool = await openSpool({ dir: crashed.path, maxBytes: MEGABYTE, log });
  expect(spool.records).toBe(6);
  expect(await takeAll(spool, 2)).toEqual([...names(20, 'old').slice(15), 'new']);
  await spool.close();
});

test('keeps the order where there is more than it has in memory, and from then on', async () => {
  await using temporary = await temporarySpool();
  const { spool } = temporary;
  const [many, more, few] = [names(5_000, 'many'), names(500, 'more'), names(3, 'few')];
  await put(spool, many);
  const first = await spool.read(100);
  if (first !== null) await spool.drop(first);
  await put(spool, more);
  expect([...(first?.payloads.map(String) ?? []), ...(await takeAll(spool, 256))]).toEqual([...many, ...more]);
  await put(spool, few);
  expect(await takeAll(spool)).toEqual(few);
});

test('what is on its way to the disk is waited for by who reads', async () => {
  await using temporary = await temporarySpool();
  const kept = put(temporary.spool, names(3));
  expect((await temporary.spool.read(10))?.payloads.map(String)).toEqual(names(3));
  await kept;
});

test('gives out what it has while more and more come', async () => {
  await using temporary = await temporarySpool();
  const { spool } = temporary;
  const taken: string[] = [];
  const kept: Promise<void>[] = [];
  let isOver = false;
  // One a turn: during each write more come.
  const report = (): void => {
    if (isOver) return;
    kept.push(spool.append(Buffer.from(`${kept.length}`)));
    setImmediate(report);
  };
  report();
  // From the beginning, and once more where it has to read its files.
  for (const most of [100, 5_000, 5_200]) {
    while (taken.length < most) {
      const page = await spool.read(50);
      if (page === null) await othersTurn();
      else {
        taken.push(...page.payloads.map(String));
        await spool.drop(page);
      }
    }
    if (most === 100) kept.push(...range(5_000).map((n) => spool.append(Buffer.from(`${kept.length + n}`))));
  }
  isOver = true;
  await Promise.all(kept);
  expect(taken.map(Number)).toEqual(range(taken.length));
});

test('grows over several files, gives them up as they are read, and keeps the last for the next time', async () => {
  await using temporary = await temporarySpool();
  const large = range(40).map((n) => `${n}`.padEnd(300_000, '.'));
  await put(temporary.spool, large);
  expect((await temporary.files()).length).toBeGreaterThan(2);
  expect(await takeAll(await temporary.reopen(), 3)).toEqual(large);
  expect(await temporary.files()).toHaveLength(1);
});

test('is bounded: what is too much is refused, and there is room again when something was taken', async () => {
  await using temporary = await temporarySpool(8 * MEGABYTE);
  const { spool } = temporary;
  const large = 'x'.repeat(MEGABYTE);
  const outcomes: string[] = [];
  for (const n of range(12)) {
    outcomes.push(
      await spool.append(Buffer.from(`${n}${large}`)).then(
        () => 'kept',
        (error) => error.code,
      ),
    );
  }
  // Three and a header fit into a file of four, and two such files into the bound.
  expect(outcomes).toEqual([...range(6).map(() => 'kept'), ...range(6).map(() => 'FULL')]);
  expect(spool.fault).toMatchObject({ code: 'FULL', message: expect.stringContaining('spool.maxMegabytes') });
  expect((await takeAll(spool)).map((text) => text[0])).toEqual(['0', '1', '2', '3', '4', '5']);
  await put(spool, ['again']);
  expect([await takeAll(spool), spool.fault]).toEqual([['again'], null]);
});

test.each([
  ['in the middle of its payload', 3],
  ['in the middle of its header', 16],
])(
  'a record that was cut off %s is left out and said; what came before is there, and more is taken',
  async (_, cut) => {
    await using temporary = await temporarySpool();
    await put(temporary.spool, names(3));
    await temporary.spool.close();
    const [file = ''] = await temporary.files();
    const path = join(temporary.dir, file);
    const end = (await readFile(path)).indexOf('record 2') + 'record 2'.length;
    await truncate(path, end - cut);
    const spool = await temporary.reopen();
    expect(temporary.said).toEqual([expect.stringContaining('torn')]);
    await put(spool, ['more']);
    const again = await temporary.reopen();
    expect(await takeAll(again)).toEqual(['record 0', 'record 1', 'more']);
    expect(await takeAll(await temporary.reopen())).toEqual([]);
  },
);

test('a record whose bytes have changed is left out and said; those behind it are found', async () => {
  await using temporary = await temporarySpool();
  await put(temporary.spool, names(4));
  await temporary.spool.close();
  const [file = ''] = await temporary.files();
  const path = join(temporary.dir, file);
  const at = (await readFile(path)).indexOf('record 2');
  const handle = await open(path, 'r+');
  await handle.write('R', at);
  await handle.close();
  expect(await takeAll(await temporary.reopen())).toEqual(['record 0', 'record 1', 'record 3']);
  expect(temporary.said).toEqual([expect.stringContaining('torn or damaged')]);
});

test('a file that was never made whole is passed over and said', async () => {
  await using temporary = await temporarySpool();
  await put(temporary.spool, ['kept']);
  await temporary.spool.close();
  await writeFile(join(temporary.dir, '0000000002.spool'), '');
  const spool = await temporary.reopen();
  expect(temporary.said).toEqual([expect.stringContaining('never made whole')]);
  await put(spool, ['more']);
  expect(await takeAll(spool)).toEqual(['kept', 'more']);
});

test('a directory is one process’s', async () => {
  await using temporary = await temporarySpool();
  const log = { warn() {}, error() {} };
  await expect(openSpool({ dir: temporary.dir, maxBytes: MEGABYTE, log })).rejects.toMatchObject({ code: 'LOCKED' });
});

test('closed it takes nothing', async () => {
  await using temporary = await temporarySpool();
  const { spool } = temporary;
  await spool.close();
  await expect(spool.append(Buffer.from('late'))).rejects.toMatchObject({ code: 'CLOSED' });
  await temporary.reopen().catch(() => {});
});
