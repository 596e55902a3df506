import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createConsoleRoute } from '../../src/http/console.ts';
import { listen } from '../../src/http/listen.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { testGateway } from '../support/gateway.ts';
import { sendRaw, statusOf } from '../support/raw-http.ts';

const SECRET = 'lies beside the folder';

async function serve(): Promise<{ readonly url: string; readonly folder: string }> {
  const directory = await temporaryDirectory();
  const folder = join(directory.path, 'dist');
  await mkdir(join(folder, 'assets'), { recursive: true });
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Console</title>');
  await writeFile(join(folder, 'assets', 'index-4f2a.js'), 'export {};');
  await writeFile(join(directory.path, 'secret.txt'), SECRET);
  const route = createConsoleRoute(folder);
  const server = createServer((request, response) => route(request, response, () => response.writeHead(404).end()));
  const url = await listen(server, { host: '127.0.0.1', port: 0 });
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await directory[Symbol.asyncDispose]();
  });
  return { url, folder };
}

test('files with a hash in their name are kept for good, the page is asked for again', async () => {
  const { url } = await serve();
  const page = await fetch(url);
  expect(page.headers.get('content-type')).toMatch(/^text\/html/);
  expect(page.headers.get('cache-control')).toBe('no-cache');
  const again = await fetch(url, { headers: { 'if-none-match': page.headers.get('etag') ?? '' } });
  expect(again.status).toBe(304);
  const script = await fetch(`${url}/assets/index-4f2a.js`);
  expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
});

test('the page may run nothing but its own files, and nobody may frame it', async () => {
  const { url } = await serve();
  const { headers } = await fetch(url);
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
  expect(policy.split('; ')).toEqual(
    expect.arrayContaining([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]),
  );
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
});

test('no path leads out of the folder, and none to what came later', async () => {
  const { url, folder } = await serve();
  await writeFile(join(folder, 'later.txt'), 'not of the build');
  const up = [
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/..\\secret.txt',
  ];
  for (const path of [...up, '/%2e%2e%2fsecret.txt', '/assets/%00', '/%', '/later.txt', '/assets', '/assets/']) {
    const reply = await sendRaw(url, [`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`]);
    expect(statusOf(reply), path).toBe(404);
    expect(reply).not.toContain(SECRET);
  }
});

test('a build that is replaced while it is served ends nothing', async () => {
  const { url, folder } = await serve();
  await rm(join(folder, 'assets', 'index-4f2a.js'));
  expect((await fetch(`${url}/assets/index-4f2a.js`)).status).toBe(404);
  expect((await fetch(url)).status).toBe(404);
});

test('the gateway serves the console at /, and what is not of it stays unknown', async () => {
  await using running = await testGateway();
  const page = await fetch(running.gateway.url);
  expect(page.status).toBe(200);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await page.text()).toContain('<title>Hookswitch</title>');
  for (const path of ['/package.json', '/src/main.tsx', '/phones', '/assets/']) {
    expect((await fetch(`${running.gateway.url}${path}`)).status, path).toBe(404);
  }
  expect((await fetch(running.gateway.url, { method: 'POST' })).status).toBe(404);
});

test('without the console / leads to GraphiQL', async () => {
  await using running = await testGateway({ config: { console: 'off' } });
  const page = await fetch(running.gateway.url, { redirect: 'manual' });
  expect(page.status).toBe(302);
  expect(page.headers.get('location')).toBe('/graphql');
});
