import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Program } from './support/program.ts';

test.runIf(process.platform === 'linux')('a peer that does not end when asked is killed with its workers', async () => {
  const peer = new Program('sh', ['-c', 'trap "" TERM; sleep 60 & echo "worker $!"; wait']);
  await expect.poll(() => peer.output).toMatch(/worker \d+/);
  const worker = Number(/worker (\d+)/.exec(peer.output)?.[1]);
  await peer[Symbol.asyncDispose]();
  await expect.poll(() => isRunning(worker)).toBe(false);
});

function isRunning(pid: number): boolean {
  try {
    // Z: it has ended, and nobody has asked for its exit code yet.
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
