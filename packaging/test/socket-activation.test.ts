import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { REPOSITORY } from './support/container-file.ts';
import { mayRun } from './support/may-run.ts';

const UNITS = `${REPOSITORY}packaging/systemd/`;
const INSTALLED = '/opt/hookswitch/node_modules/hookswitch/';

/** The value of a line of a unit. */
async function valueIn(unit: string, name: string): Promise<string> {
  const [, value] = new RegExp(`^${name}=(.*)$`, 'm').exec(await readFile(`${UNITS}${unit}`, 'utf8')) ?? [];
  if (value === undefined) throw new Error(`${unit} has no ${name}`);
  return value;
}

describe.runIf(mayRun('socket of systemd', 'systemd-socket-activate'))('with the socket that systemd passes', () => {
  test('the service starts at the first connection, and answers that one', { timeout: 60_000 }, async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'hookswitch-socket-'));
    // An address of its own: the program that waits for it starts only when somebody comes, so that it can tell no port.
    const address = `127.${randomInt(1, 255)}.${randomInt(256)}.${randomInt(1, 255)}:4000`;
    const [program = '', ...given] = (await valueIn('hookswitch.service', 'ExecStart')).split(' ').slice(1);
    expect(program.startsWith(INSTALLED)).toBe(true);
    const service = [program.replace(INSTALLED, `${REPOSITORY}packages/cli/`), ...given];
    const environment = { HOOKSWITCH_DATA_DIR: dataDir, HOOKSWITCH_HOST: '192.0.2.1', HOOKSWITCH_PORT: '1' };
    const socket = [`--listen=${address}`, `--fdname=${await valueIn('hookswitch.socket', 'FileDescriptorName')}`];
    const passed = Object.entries(environment).map(([name, value]) => `--setenv=${name}=${value}`);
    const child = spawn('systemd-socket-activate', [...socket, ...passed, process.execPath, ...service], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = once(child, 'close');
    onTestFinished(async () => {
      child.kill('SIGKILL');
      await ended;
      await rm(dataDir, { recursive: true, force: true });
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString();
      });
    }
    await vi.waitFor(() => expect(said).toContain('Listening on '), { timeout: 30_000 });
    expect(said).not.toContain('"msg":"listening"');

    // Nobody serves yet: this connection waits in the socket until the gateway has started.
    const reply = await fetch(`http://${address}/health/live`);
    expect([reply.status, await reply.text()]).toEqual([200, 'live\n']);
    await vi.waitFor(() => expect(said).toContain(`"url":"http://${address}"`), { timeout: 30_000 });
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });
});
