import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { openOffice } from './support/open-office.ts';

/** What is answered to a browser that was led here by that name. */
async function pageOf(url: string, host: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(`GET /graphql HTTP/1.1\r\nHost: ${host}\r\nAccept: text/html\r\nConnection: close\r\n\r\n`);
  return await text(socket);
}

test('a page whose name was led to this machine does not get the key', async () => {
  const office = await openOffice({ people: [], registrar: false });
  const { url } = office.gateway;
  expect(await pageOf(url, new URL(url).host)).toContain(office.apiKey);
  const foreign = await pageOf(url, `attacker.example:${new URL(url).port}`);
  expect(foreign).toMatch(/^HTTP\/1\.1 421 [\s\S]*"code":"HOST_NOT_ALLOWED"/);
  expect(foreign).not.toContain(office.apiKey);
});

test('names that are configured are taken', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hookswitch-demo-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = { text: 'allowedHosts: [demo.example]\n', name: 'hookswitch.yaml', folder };
  const environment = { HOOKSWITCH_PUBLIC_URL: 'http://office.example:4000', HOOKSWITCH_DATA_DIR: folder };
  const office = await openOffice({ people: [], registrar: false, file, environment });
  for (const host of ['demo.example', 'office.example:4000', 'localhost']) {
    expect(await pageOf(office.gateway.url, host)).toMatch(/^HTTP\/1\.1 200 /);
  }
});
