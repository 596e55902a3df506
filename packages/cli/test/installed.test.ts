import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';

const PACKAGES = fileURLToPath(new URL('../../', import.meta.url));
const PNPM = ['-y', 'pnpm@10.34.9'];
const run = promisify(execFile);

test('packed and installed into an empty folder, the program runs the demo', { timeout: 600_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hookswitch-installed-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const packed = join(folder, 'packed');
  await mkdir(packed);
  const publish = ['-r', '--filter', './packages/*', 'pack', '--pack-destination', packed];
  await run('npx', [...PNPM, ...publish], { cwd: join(PACKAGES, '..') });
  const files = (await readdir(packed)).map((file) => join(packed, file));
  expect(files.length).toBeGreaterThanOrEqual(10);
  await writeFile(join(folder, 'package.json'), '{ "private": true }');
  await run('npm', ['install', '--no-audit', '--no-fund', ...files], { cwd: folder });

  const bin = join(folder, 'node_modules', '.bin', 'hookswitch');
  const env = { PATH: process.env['PATH'], HOOKSWITCH_PORT: '0' };
  const demo = spawn(bin, ['demo'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(demo, 'close');
  onTestFinished(async () => {
    demo.kill('SIGKILL');
    await ended;
  });
  let said = '';
  for await (const chunk of demo.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    said += String(chunk);
    if (said.includes('Ctrl-C ends all of it.')) break;
  }
  const [, url = ''] = /GraphiQL +(\S+)\/graphql/.exec(said) ?? [];
  const [, key = ''] = /API key +(\S+)/.exec(said) ?? [];
  const own = { PATH: process.env['PATH'], HOOKSWITCH_URL: url, HOOKSWITCH_KEY: key };
  const { stdout } = await run(bin, ['dial', '101', '201'], { cwd: folder, env: own });
  expect(stdout).toBe('Anna Ritter dials 201: CONFIRMED\n');
  demo.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
});
