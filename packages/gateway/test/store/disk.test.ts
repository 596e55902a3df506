import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startChild } from './children/start.ts';
import { temporaryDirectory } from './temporary.ts';

/** Sets how large files may get that a running process writes; what it writes beyond fails as on a full disk. */
async function limitFileSize(pid: number, bytes: number | 'unlimited'): Promise<void> {
  await promisify(execFile)('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`]);
}

// Linux alone can take a limit back from outside; the same errors by SQLite's own limits are tested with the writer.
test.runIf(process.platform === 'linux')(
  'sees a disk that takes nothing more, and goes on when it does again',
  async () => {
    await using directory = await temporaryDirectory();
    await using child = await startChild('check-on-demand.ts', directory.path);
    const check = () => {
      child.say('check');
      return child.line();
    };
    expect(await child.line()).toBe('open');
    expect(await check()).toBe('written');
    await limitFileSize(child.pid, 1);
    expect(await check()).toMatch(/^DISK The store cannot write: disk I\/O error \(SQLite \d+\)\.$/);
    expect(await check()).toMatch(/^DISK /);
    await limitFileSize(child.pid, 'unlimited');
    expect(await check()).toBe('written');
  },
);
