import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installed, KAMAILIO } from '@hookswitch/sip-peers/vitest';
import { describe, expect, onTestFinished, test } from 'vitest';
import { FURTHER_PEOPLE, PEOPLE } from '../src/people.ts';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));

describe('the demo as a process', () => {
  test.each([
    ['SIGTERM', {}, PEOPLE],
    ['SIGINT', { HOOKSWITCH_DEMO_PHONES: 'poly,grandstream' }, [...PEOPLE, ...Object.values(FURTHER_PEOPLE).flat()]],
  ] as const)('prints who is there and ends with 0 on %s, with %j', async (signal, environment, people) => {
    const { child, output } = start({ HOOKSWITCH_PORT: '0', ...environment });
    await output.until('Ctrl-C ends all of it.');
    for (const { name, number } of people) expect(output.text()).toMatch(new RegExp(`^${number} +${name} `, 'm'));
    const url = /GraphiQL +(\S+)/.exec(output.text())?.[1] ?? '';
    const key = /API key +(\S+)/.exec(output.text())?.[1] ?? '';
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ query: '{ phones { totalCount } }' }),
    });
    expect(await answer.json()).toEqual({ data: { phones: { totalCount: people.length } } });

    // Somebody watches: GraphiQL is open and its subscription runs.
    const watching = new WebSocket(url.replace(/^http/, 'ws'), 'graphql-transport-ws');
    await once(watching, 'open');
    child.kill(signal);
    expect(await exit(child)).toEqual([0, null]);
    await expect(fetch(url)).rejects.toThrow();
    expect(output.errors()).toBe('');
  });

  test.each([
    ['--help', 0, 'stdout'],
    ['--port', 2, 'stderr'],
  ] as const)('given %s says that it takes none, and ends with %i', (argument, code, stream) => {
    const done = spawnSync(process.execPath, [MAIN, argument], { encoding: 'utf8' });
    expect([done.status, done[stream]]).toEqual([code, expect.stringContaining('docs/environment.md')]);
  });

  test.runIf(installed(...KAMAILIO)).each(['SIGTERM', 'SIGKILL'] as const)(
    'leaves no Kamailio behind on %s',
    async (signal) => {
      // Who is killed removes no temporary files.
      const directory = await mkdtemp(join(tmpdir(), 'hookswitch-demo-test-'));
      onTestFinished(() => rm(directory, { recursive: true, force: true }));
      const { child, output } = start({ HOOKSWITCH_PORT: '0', TMPDIR: directory });
      await output.until('Ctrl-C ends all of it.');
      expect(output.text()).toContain('registered at a Kamailio');
      const processes = descendantsOf(child.pid);
      // Its own and its workers.
      expect(processes.length).toBeGreaterThan(4);
      child.kill(signal);
      await exit(child);
      await expect.poll(() => processes.filter(isRunning), { timeout: 10_000 }).toEqual([]);
    },
  );

  test('says what is wrong and ends with 1', async () => {
    const { child, output } = start({ HOOKSWITCH_PORT: 'x', HOOKSWITCH_DATA_DIR: '/nowhere' });
    expect(await exit(child)).toEqual([1, null]);
    expect(output.errors()).toContain('HOOKSWITCH_PORT: "x" is no port');
    await expect(access('/nowhere')).rejects.toThrow();
  });

  test('knows of whom there are further phones', async () => {
    const { child, output } = start({ HOOKSWITCH_PORT: '0', HOOKSWITCH_DEMO_PHONES: 'poly,acme' });
    expect(await exit(child)).toEqual([1, null]);
    expect(output.errors()).toContain(
      'HOOKSWITCH_DEMO_PHONES: there are no phones of "acme"; there are some of: poly, grandstream.',
    );
  });
});

function start(environment: Readonly<Record<string, string>>) {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('HOOKSWITCH_'));
  const child = spawn(process.execPath, [MAIN], { env: { ...Object.fromEntries(inherited), ...environment } });
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, output: listen(child) };
}

function listen(child: ChildProcess) {
  let [text, errors] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    errors += chunk;
  });
  return {
    text: () => text,
    errors: () => errors,
    until(wanted: string): Promise<void> {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const look = (): void => {
        if (text.includes(wanted)) resolve();
      };
      child.stdout?.on('data', look);
      child.once('exit', () => reject(new Error(`It ended before it said "${wanted}": ${text}${errors}`)));
      look();
      return promise;
    },
  };
}

/** Its children and theirs, as Linux tells them. */
function descendantsOf(pid: number | undefined): readonly number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  return children.flatMap((child) => [child, ...descendantsOf(child)]);
}

function isRunning(pid: number): boolean {
  try {
    // Z: it has ended, and nobody has asked for its exit code yet.
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

async function exit(child: ChildProcess): Promise<readonly unknown[]> {
  return child.exitCode === null && child.signalCode === null
    ? once(child, 'close')
    : [child.exitCode, child.signalCode];
}
