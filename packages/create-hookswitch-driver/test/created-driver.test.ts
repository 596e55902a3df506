import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import workspaceJson from '../../../package.json' with { type: 'json' };

const PACKAGES = fileURLToPath(new URL('../..', import.meta.url));
const PACKED = ['core', 'driver-kit', 'create-hookswitch-driver'] as const;

interface Ended {
  readonly code: number;
  readonly out: string;
}

/** Runs a program to its end, with the Node.js of this test and nothing of the workspace. */
function run(cwd: string, [program = '', ...args]: readonly string[]): Promise<Ended> {
  const { PATH = '' } = process.env;
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_(?!config_)|NODE_(OPTIONS|PATH|ENV)$|VITEST|INIT_CWD)/i.test(name),
  );
  const env = {
    ...Object.fromEntries(kept),
    PATH: [dirname(process.execPath), PATH].join(delimiter),
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
  };
  return new Promise((resolve) => {
    const child = execFile(program, args, { cwd, env, maxBuffer: 64 * 1024 * 1024 }, (_, out, err) =>
      resolve({ code: child.exitCode ?? -1, out: `${out}${err}` }),
    );
  });
}

async function mustRun(cwd: string, ...command: readonly string[]): Promise<string> {
  const { code, out } = await run(cwd, command);
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}:\n${out}`);
  return out;
}

/** Has a manifest take the packed packages, which are in no registry yet. */
async function takePacked(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  const path = join(folder, 'package.json');
  const json = JSON.parse(await readFile(path, 'utf8'));
  for (const [name, file] of files) {
    for (const list of [json.dependencies, json.devDependencies]) {
      if (list !== undefined && name in list) list[name] = `file:${file}`;
    }
  }
  await writeFile(path, JSON.stringify(json));
}

let place = '';
let driver = '';
const packed = new Map<string, string>();

beforeAll(async () => {
  place = await realpath(await mkdtemp(join(tmpdir(), 'hookswitch-create-')));
  for (const name of PACKED) {
    const folder = join(PACKAGES, name);
    await mustRun(folder, 'npx', '-y', workspaceJson.packageManager, 'pack', '--pack-destination', place);
    const { name: full, version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    packed.set(full, join(place, `${full.replace('@', '').replace('/', '-')}-${version}.tgz`));
  }
  const maker = join(place, 'maker');
  await mkdir(maker);
  await writeFile(
    join(maker, 'package.json'),
    JSON.stringify({ private: true, dependencies: Object.fromEntries([...packed.keys()].map((name) => [name, '*'])) }),
  );
  await takePacked(maker, packed);
  await mustRun(maker, 'npm', 'install', '--no-package-lock', '--prefer-offline');
  await mustRun(place, join(maker, 'node_modules/.bin/create-hookswitch-driver'), 'big-zeta', '--packed', '.');
  driver = join(place, 'hookswitch-driver-big-zeta');
});

afterAll(() => rm(place, { recursive: true }));

test('a stranger gets from nothing to a driver that builds, passes the suite and the check', async () => {
  await mustRun(driver, 'npm', 'install', '--no-package-lock', '--prefer-offline');
  await mustRun(driver, 'npm', 'run', 'build');
  await mustRun(driver, 'npm', 'run', 'typecheck');
  expect(await mustRun(driver, 'npm', 'test')).toMatch(/^ℹ fail 0$/m);
  expect(await mustRun(driver, 'npm', 'run', 'check')).toContain('The package passes.');
});

test('its virtual phone runs alone, to be tried in a gateway', async () => {
  const child = spawn(process.execPath, ['test/phone.ts'], { cwd: driver, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const [said] = await Promise.race([once(child.stdout, 'data'), ended]);
  child.kill();
  await ended;
  expect(String(said)).toMatch(/^http:\/\/127\.0\.0\.1:\d+, user admin, /);
});

test('what a wrong key in it leads to is seen by the suite', async () => {
  const file = join(driver, 'src/wire/requests.ts');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace("'/call?dial=", "'/call?dia1=").replace('`/call?dial=', '`/call?dia1='));
  const { code, out } = await run(driver, ['npm', 'test']);
  await writeFile(file, text);
  expect(code).not.toBe(0);
  expect(out).toContain('✖ DIAL over HTTP: dial, a number');
});

describe('what was written', () => {
  test('bears the new name alone', async () => {
    const manifest = JSON.parse(await readFile(join(driver, 'package.json'), 'utf8'));
    expect(manifest.name).toBe('hookswitch-driver-big-zeta');
    const module: unknown = await import(join(driver, 'dist/index.js'));
    expect(module).toMatchObject({ driver: { vendor: 'big-zeta', name: 'BigZeta', version: '0.1.0' } });
    const found = await run(driver, ['grep', '-rilE', 'acme', '--exclude-dir=node_modules', '.']);
    expect(found.out).toBe('');
  });

  test('asks for the versions of this workspace', async () => {
    const catalog = parse(await readFile(new URL('../../../pnpm-workspace.yaml', import.meta.url), 'utf8')).catalog;
    const template = JSON.parse(await readFile(new URL('../template/manifest.json', import.meta.url), 'utf8'));
    for (const name of ['typescript', '@types/node']) {
      expect(template.devDependencies[name]).toBe(`^${catalog[name]}`);
    }
    expect(template.dependencies.zod).toBe(`^${catalog.zod}`);
  });

  test('is not written over something', async () => {
    const maker = join(place, 'maker/node_modules/.bin/create-hookswitch-driver');
    const { code, out } = await run(place, [maker, 'other', driver]);
    expect(code).not.toBe(0);
    expect(out).toContain('is not empty: nothing was written.');
  });

  test('is nothing where the packed files that it should be developed with are not there', async () => {
    const maker = join(place, 'maker/node_modules/.bin/create-hookswitch-driver');
    const { code, out } = await run(place, [maker, 'other', '--packed', 'maker']);
    expect(code).not.toBe(0);
    expect(out).toContain('has no hookswitch-core-');
    expect((await readdir(place)).includes('hookswitch-driver-other')).toBe(false);
  });
});
