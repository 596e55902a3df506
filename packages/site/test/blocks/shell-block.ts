import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DemoOffice } from '@hookswitch/demo';
import { ROOT } from '../../src/folders.ts';
import { type Block, directive } from './extract.ts';
import { clearCalls, stir } from './office.ts';

const PATIENCE_MS = 90_000;

/** The command line's program, which an installed package has in the PATH under the name `hookswitch`. */
const NPX = fileURLToPath(new URL('npx.ts', import.meta.url));
const HOOKSWITCH = fileURLToPath(new URL('bin/hookswitch.js', import.meta.resolve('hookswitch/package.json')));

/**
 * Runs a block in bash, in the repository's root: with the office's address in place of the usual one, a copy of its data
 * directory in place of `/var/lib/hookswitch`, and the variables that a client or an administrator would have set. In the mark
 * `in FOLDER` runs it in a copy of that one, `until TEXT` ends a command that goes on for ever, once it has printed that, and `lines N` leaves out what comes behind the
 * first ones, since it needs what they print.
 * @returns what is wrong; empty: all of it ended with 0
 */
export async function runShell(block: Block, office: DemoOffice, number: string): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'hookswitch-docs-'));
  try {
    const data = join(folder, 'data');
    await cp(office.dataDir, data, { recursive: true, filter: (path) => !/\.(lock|sock)$/.test(path) });
    await mkdir(join(folder, 'backup'));
    const programs = join(folder, 'bin');
    await mkdir(programs);
    for (const [name, file] of Object.entries({ hookswitch: HOOKSWITCH, npx: NPX })) {
      await writeFile(join(programs, name), `#!/bin/sh\nexec node '${file}' "$@"\n`, { mode: 0o755 });
    }
    const copied = directive(block, 'in')?.[0];
    if (copied !== undefined) await cp(join(ROOT, copied), join(folder, 'copy'), { recursive: true });
    const lines = Number(directive(block, 'lines')?.[0] ?? Number.POSITIVE_INFINITY);
    const text = block.text
      .split('\n')
      .slice(0, lines)
      .join('\n')
      .replaceAll('http://127.0.0.1:4000', office.gateway.url)
      .replaceAll('/var/lib/hookswitch', data)
      .replaceAll('/backup', join(folder, 'backup'));
    const shell = spawn('bash', ['-euo', 'pipefail', '-c', text], {
      cwd: copied === undefined ? ROOT : join(folder, 'copy'),
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: [programs, dirname(process.execPath), process.env['PATH'] ?? ''].join(':'),
        HOME: folder,
        KEY: office.apiKey,
        HOOKSWITCH_DATA_DIR: data,
        ...(/npx |main\.js/.test(text) ? { HOOKSWITCH_PORT: '0' } : {}),
        // The gateway itself refuses variables that are not its own.
        ...(/\bhookswitch /.test(text) ? { HOOKSWITCH_KEY: office.apiKey, HOOKSWITCH_URL: office.gateway.url } : {}),
      },
    });
    const until = directive(block, 'until')?.join(' ') ?? null;
    const outcome = await Promise.all([ended(shell, until), until === null ? null : stir(office, number, text)]);
    return outcome[0];
  } finally {
    // What it dialled must not be in the next block's way.
    await clearCalls(office);
    await rm(folder, { recursive: true, force: true });
  }
}

/** Waits for a process group to end, and ends it once it has printed `until`. @returns what is wrong */
export function ended(shell: ChildProcess, until: string | null): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    let printed = '';
    let reached = false;
    const end = (): void => {
      // Its whole group: what bash has started, too.
      if (shell.pid !== undefined) process.kill(-shell.pid, 'SIGTERM');
    };
    const deadline = setTimeout(end, PATIENCE_MS);
    const hear = (chunk: Buffer): void => {
      printed += chunk.toString();
      if (until === null || reached || !printed.includes(until)) return;
      reached = true;
      end();
    };
    shell.stdout?.on('data', hear);
    shell.stderr?.on('data', hear);
    shell.on('error', reject);
    shell.on('close', (code, signal) => {
      clearTimeout(deadline);
      resolve(code === 0 || reached ? [] : [`It ended with ${code ?? signal}:\n${printed}`]);
    });
  });
}
