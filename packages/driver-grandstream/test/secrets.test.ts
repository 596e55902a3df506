import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { VirtualExchange } from '@hookswitch/driver-kit/virtual';
import { expect, onTestFinished, test } from 'vitest';
import { VirtualGrandstreamPhone } from '../src/virtual/index.ts';
import { dialRequest } from '../src/wire/requests.ts';

const COMMAND = fileURLToPath(
  new URL('bin/hookswitch-driver.js', import.meta.resolve('@hookswitch/driver-kit/package.json')),
);
const PACKAGE = fileURLToPath(new URL('..', import.meta.url));
const WEB = { username: 'admin', password: 'canary &/%42' };
const FORMS = [WEB.password, encodeURIComponent(WEB.password), 'canary'];

/** Records what is sent to a virtual phone as somebody does who stands before a real one. */
async function recorded(secrets: object | null): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hookswitch-grandstream-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const [file, out] = [join(folder, 'secrets.json'), join(folder, 'dial.json')];
  await writeFile(file, JSON.stringify(secrets ?? {}));
  const exchange = new VirtualExchange();
  onTestFinished(() => exchange[Symbol.dispose]());
  const common = { exchange, model: 'GRP2614', firmware: '1.0.13.31', mac: '000b820c0de5', number: '1001' };
  await using phone = new VirtualGrandstreamPhone({ ...common, credentials: WEB });
  await phone.start();
  const facts = [
    '--name',
    'dial',
    '--model',
    'GRP2614',
    '--firmware',
    '1.0.13.31',
    '--capability',
    'DIAL',
    '--member',
    'dial',
  ];
  const args = ['record', PACKAGE, '--phone', phone.address, '--secrets', file, ...facts, '--out', out];
  const child = spawn(process.execPath, [COMMAND, ...args]);
  const ended = once(child, 'exit');
  let said = '';
  for await (const line of createInterface(child.stdout)) {
    said += line;
    const [, origin] = /^The gateway reaches the phone at (http:\S+)$/.exec(line) ?? [];
    if (origin !== undefined) {
      const target = dialRequest('2000001', null).target.replace('{password}', encodeURIComponent(WEB.password));
      expect(await (await fetch(`${origin}${target}`)).json()).toEqual({ response: 'success', body: true });
    }
    if (line.startsWith('Give the command.')) child.kill('SIGINT');
  }
  expect(await ended).toEqual([0, null]);
  const text = await readFile(out, 'utf8');
  for (const form of FORMS) expect(`${said}${text}`).not.toContain(form);
  return text;
}

test('a recording has the passcode as drivers write it', async () => {
  expect(await recorded({ login: WEB })).toContain('api-make_call?passcode={password}&phonenumber=');
});

test('who gives the recorder no secrets does not give the passcode away, either', async () => {
  expect(await recorded(null)).toContain('api-make_call?passcode=redacted-1&phonenumber=');
});
