import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { VirtualHttpServer } from '../../src/virtual/index.ts';
import { harnessPackage } from '../support/harness-package.ts';

const MAIN = fileURLToPath(new URL('../../dist/command/main.js', import.meta.url));

test('what is said to a phone until somebody interrupts is written down, without secrets', async () => {
  await using place = await harnessPackage();
  const secrets = join(place.path, 'secrets.json');
  await writeFile(secrets, '{"login": {"username": "admin", "password": "hunter22"}, "secrets": ["opensesame"]}');
  const phone = new VirtualHttpServer({ handle: () => ({ status: 200, body: 'dialled 4930123 for opensesame' }) });
  await phone.start();
  const out = join(place.path, 'dial.json');
  const command = '{"to":"4930123"}';
  const facts = ['--name', 'dial', '--model', 'P1', '--firmware', '2.0', '--capability', 'DIAL', '--member', 'dial'];
  const args = ['record', place.path, '--phone', phone.address, '--secrets', secrets, '--command', command];
  const child = spawn(process.execPath, [MAIN, ...args, ...facts, '--out', out]);
  const ended = once(child, 'exit');
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    const [, origin] = /^The gateway reaches the phone at (http:\S+)$/.exec(line) ?? [];
    if (origin !== undefined) {
      const target = '/dial?to=4930123&user=admin&pass=hunter22';
      expect(await (await fetch(`${origin}${target}`)).text()).toBe('dialled 4930123 for opensesame');
      expect(phone.requests.last?.target).toBe(target);
    }
    if (line.startsWith('Give the command.')) child.kill('SIGINT');
  }
  expect(await ended).toEqual([0, null]);
  await phone.stop();
  expect(lines.at(-1)).toBe(`1 exchanges, in ${out}. Look through it before you give it away.`);
  expect(JSON.parse(await readFile(out, 'utf8'))).toEqual({
    name: 'dial',
    model: 'P1',
    firmware: '2.0',
    capability: 'DIAL',
    rung: 'HTTP',
    member: 'dial',
    command: { to: '2000001' },
    exchanges: [
      {
        request: { method: 'GET', target: '/dial?to=2000001&user={username}&pass={password}' },
        reply: { status: 200, body: 'dialled 2000001 for redacted-1' },
      },
    ],
  });
});
