import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type Container, runContainer } from './support/container.ts';
import { environmentOf, stages } from './support/container-file.ts';
import { buildImage } from './support/image.ts';
import { mayRun } from './support/may-run.ts';

const NODE = '/usr/local/bin/node';
const STARTED = /"msg":"listening"/;

describe.runIf(mayRun('container', 'unshare', 'nsenter', 'ip', 'setpriv'))('what the container file makes', () => {
  let folder: string;
  let root: string;
  const final = stages().at(-1);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hookswitch-image-'));
    root = await buildImage(folder);
  }, 900_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function start(more: Readonly<Record<string, string>> = {}): Promise<Container> {
    if (final === undefined) throw new Error('there is no final stage');
    const data = await mkdtemp(join(folder, 'volume-'));
    const [user = ''] = final.all('USER');
    spawnSync('chown', [user, data]);
    const container = await runContainer({
      root,
      user,
      workdir: final.all('WORKDIR')[0] ?? '/',
      environment: { ...environmentOf(final), ...more },
      command: [...final.words('ENTRYPOINT'), ...final.words('CMD')],
      volumes: { '/data': data },
    });
    onTestFinished(() => container.dispose());
    return container;
  }

  const healthCheck = (): readonly string[] => {
    const check = final?.all('HEALTHCHECK')[0] ?? '';
    const [program, ...rest]: string[] = JSON.parse(check.slice(check.indexOf('CMD ') + 4));
    expect(program).toBe('node');
    return [NODE, ...rest];
  };

  test('starts as no root on a read-only root, is healthy, and ends with 0 on SIGTERM as process number 1', async () => {
    const container = await start();
    await container.until(STARTED);
    expect(await container.exec(healthCheck())).toEqual({ code: 0, output: '' });
    const self = '[process.getuid(), process.getgid(), require("node:fs").readdirSync("/proc").includes("1")]';
    const who = await container.exec([NODE, '-p', `JSON.stringify(${self})`]);
    expect(JSON.parse(who.output)).toEqual([10001, 10001, true]);
    const first = await container.exec([NODE, '-p', 'require("node:fs").readFileSync("/proc/1/status", "utf8")']);
    expect(first.output).toMatch(/^NSpid:.*\s1$/m);
    expect(first.output).toMatch(/^Uid:\s10001\s10001/m);
    expect(first.output).toMatch(/^CapEff:\s0+$/m);
    expect(first.output).toMatch(/^NoNewPrivs:\s1$/m);
    const write = (path: string) => container.exec([NODE, '-e', `require("node:fs").writeFileSync("${path}", "")`]);
    expect((await write('/app/x')).output).toContain('EROFS');
    expect((await write('/x')).output).toContain('EROFS');
    process.kill(container.pid, 'SIGTERM');
    expect(await container.ended).toBe(0);
    expect(container.said()).toContain('"msg":"stopping"');
  });

  test('serves the console, and takes the keys of mounted files', async () => {
    const container = await start({ HOOKSWITCH_ADMIN_KEY_FILE: '/data/none' });
    expect(await container.ended).toBe(1);
    expect(container.said()).toContain('HOOKSWITCH_ADMIN_KEY_FILE: ENOENT');
    const second = await start();
    await second.until(STARTED);
    const page = await second.exec([
      NODE,
      '-e',
      'fetch("http://127.0.0.1:4000/").then((page) => page.text()).then((text) => console.log(text))',
    ]);
    expect(page.output).toContain('<div id="root">');
  });

  test('the health check fails where nothing serves', async () => {
    const container = await start();
    await container.until(STARTED);
    const { code, output } = await container.exec(['/usr/bin/env', 'HOOKSWITCH_PORT=4001', ...healthCheck()]);
    expect(code).toBe(1);
    expect(output).toContain('/health/live: ');
  });
});
