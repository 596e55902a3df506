import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Program } from '../src/program.ts';

const STARTER = fileURLToPath(new URL('./children/start-and-tell.ts', import.meta.url));

describe.runIf(process.platform === 'linux')('a program', () => {
  test('that does not end when asked is killed with its workers', async () => {
    const peer = new Program('sh', ['-c', 'trap "" TERM; sleep 60 & echo "worker $!"; wait']);
    await expect.poll(() => peer.output).toMatch(/worker \d+/);
    const worker = Number(/worker (\d+)/.exec(peer.output)?.[1]);
    await peer[Symbol.asyncDispose]();
    await expect.poll(() => isRunning(worker)).toBe(false);
  });

  test('ends with the process that started it, even if that one is killed', async () => {
    const starter = spawn(process.execPath, [STARTER], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void starter.kill('SIGKILL'));
    const [line] = await once(starter.stdout, 'data');
    const program = Number(String(line));
    onTestFinished(() => void (isRunning(program) && process.kill(program, 'SIGKILL')));
    expect(isRunning(program)).toBe(true);
    starter.kill('SIGKILL');
    await expect.poll(() => isRunning(program)).toBe(false);
  });
});

function isRunning(pid: number): boolean {
  try {
    // Z: it has ended, and nobody has asked for its exit code yet.
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
