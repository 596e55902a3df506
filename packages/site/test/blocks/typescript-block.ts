import { execFile, spawn } from 'node:child_process';
import { mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { DemoOffice } from '@hookswitch/demo';
import { ROOT } from '../../src/folders.ts';
import { type Block, directive } from './extract.ts';
import { clearCalls, stir, untilBusy } from './office.ts';
import { ended } from './shell-block.ts';

/** Those of this package: the client and the gateway are among them. */
const MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url));

const CONFIG = {
  compilerOptions: {
    module: 'nodenext',
    target: 'esnext',
    lib: ['esnext', 'dom'],
    strict: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    skipLibCheck: true,
    typeRoots: [join(ROOT, 'node_modules/@types')],
    types: ['node'],
  },
  include: ['block.ts'],
};

/** What a block that does not make it itself takes from the text around it. */
const GIVEN: readonly (readonly [name: string, code: string])[] = [
  ['createClient', `import { createClient } from '@hookswitch/client';`],
  ['url', `const url = 'http://127.0.0.1:4000';`],
  ['logIn', `const logIn = async (): Promise<string> => process.env.HOOKSWITCH_KEY ?? '';`],
  ['hookswitch', 'await using hookswitch = createClient({ url, token: await logIn() });'],
];

/**
 * Compiles a block as somebody would who takes it over, with strict checks, and runs it: with the office's address in place of
 * the usual one and its key in HOOKSWITCH_KEY. In the mark `until TEXT` ends one that goes on for ever, once it has printed that.
 * @returns what is wrong; empty: it compiles, and ended with 0
 */
export async function runTypescript(block: Block, office: DemoOffice, number: string): Promise<readonly string[]> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'hookswitch-docs-')));
  try {
    await symlink(MODULES, join(folder, 'node_modules'));
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(CONFIG));
    const given = GIVEN.filter(([name]) => !declares(block.text, name)).map(([, code]) => code);
    const text = `${given.join('\n')}\n${block.text}`.replaceAll('http://127.0.0.1:4000', office.gateway.url);
    await writeFile(join(folder, 'block.ts'), text);
    const faults = await compile(folder);
    return faults.length > 0 ? faults : await run(block, { folder, office, number });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function declares(text: string, name: string): boolean {
  return new RegExp(`(?:import \\{[^}]*|const |let |using |function )\\b${name}\\b`).test(text);
}

async function compile(folder: string): Promise<readonly string[]> {
  const tsc = join(ROOT, 'node_modules/.bin/tsc');
  return promisify(execFile)(tsc, ['-p', folder, '--pretty', 'false']).then(
    () => [],
    (error: Error & { readonly stdout?: string }) => [error.stdout || error.message],
  );
}

interface Place {
  readonly folder: string;
  readonly office: DemoOffice;
  readonly number: string;
}

async function run(block: Block, { folder, office, number }: Place): Promise<readonly string[]> {
  const program = spawn(process.execPath, [join(folder, 'block.ts')], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOOKSWITCH_KEY: office.apiKey, HOOKSWITCH_PORT: '0' },
  });
  const until = directive(block, 'until')?.join(' ') ?? null;
  const end = ended(program, until);
  let isOver = false;
  const over = end.finally(() => {
    isOver = true;
  });
  try {
    const caller = directive(block, 'dials')?.[0];
    if (caller !== undefined) await Promise.race([untilBusy(office, caller), over]);
    // It may listen only later: things go on happening until it has heard.
    while (until !== null && !isOver) {
      await clearCalls(office);
      await stir(office, number, block.text);
    }
    return await end;
  } finally {
    await clearCalls(office);
  }
}
