import { execFile } from 'node:child_process';
import { copyFile, mkdir, open, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Whose files a fault is about: it may be that each lies on a disk of its own. */
export type DiskPart = 'database' | 'spool';

/** What a disk does wrong. */
export interface DiskFault {
  readonly writes?: 'ENOSPC' | 'EIO' | 'EROFS';
  readonly syncs?: 'EIO';
  /** It says that it has synced, and has not. */
  readonly lies?: boolean;
  /** Files are opened for reading only. */
  readonly opens?: 'EROFS';
}

/** A disk between a process and its files: see disk.c. */
export interface TestDisk {
  /** What the process is started with. */
  readonly environment: Readonly<Record<string, string>>;
  /** From now on; without a fault it works again. */
  set(part: DiskPart, fault?: DiskFault): Promise<void>;
  /** Puts into a directory what a loss of power would have left. */
  afterPowerCut(target: string): Promise<void>;
}

const SOURCE = fileURLToPath(new URL('disk.c', import.meta.url));
const PER_KIND = 4;

/**
 * Compiles the disk for a process whose data lie in a directory. What is there counts as synced.
 * @param scratch a directory for what belongs to the disk itself
 */
export async function testDisk(dataDir: string, scratch: string): Promise<TestDisk> {
  const [library, shadow, control] = ['disk.so', 'shadow', 'control'].map((name) => join(scratch, name)) as [
    string,
    string,
    string,
  ];
  await promisify(execFile)('gcc', ['-shared', '-fPIC', '-O2', '-o', library, SOURCE, '-ldl', '-lpthread']);
  await mkdir(shadow);
  await writeFile(control, Buffer.alloc(2 * PER_KIND));
  await copyToShadow(dataDir, { root: dataDir, shadow });
  return {
    environment: { LD_PRELOAD: library, DISK_ROOT: dataDir, DISK_SHADOW: shadow, DISK_CONTROL: control },
    async set(part, { writes, syncs, lies = false, opens } = {}) {
      const codes = [codeOf(writes), codeOf(syncs), lies ? 1 : 0, codeOf(opens)];
      const file = await open(control, 'r+');
      await file.write(Buffer.from(codes), 0, PER_KIND, part === 'database' ? 0 : PER_KIND);
      await file.close();
    },
    async afterPowerCut(target) {
      for (const list of (await readdir(shadow)).filter((name) => name.startsWith('names'))) {
        const folder = join(target, ...list.slice('names'.length).split('%'));
        await mkdir(folder, { recursive: true });
        for (const line of (await readFile(join(shadow, list), 'utf8')).split('\n').filter(Boolean)) {
          const [, inode = '', name = ''] = /^(\d+) (.*)$/.exec(line) ?? [];
          await copyFile(join(shadow, inode), join(folder, name)).catch(() => writeFile(join(folder, name), ''));
        }
      }
    },
  };
}

function codeOf(name: 'ENOSPC' | 'EIO' | 'EROFS' | undefined): number {
  return name === undefined ? 0 : constants.errno[name];
}

async function copyToShadow(folder: string, { root, shadow }: { readonly root: string; readonly shadow: string }) {
  const lines: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await copyToShadow(path, { root, shadow });
    if (!entry.isFile() || entry.name.endsWith('-shm')) continue;
    const { ino } = await stat(path);
    await copyFile(path, join(shadow, String(ino)));
    lines.push(`${ino} ${entry.name}\n`);
  }
  await writeFile(join(shadow, `names${folder.slice(root.length).replaceAll('/', '%')}`), lines.join(''));
}
