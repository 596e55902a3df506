import { createClient } from '@hookswitch/client';
import { installed } from '@hookswitch/sip-peers/vitest';
import { chromium } from 'playwright-core';
import { createServer } from 'vite';
import { expect, onTestFinished, test } from 'vitest';
import { openOffice, startExample } from './office.ts';

/** Debian's. */
const BROWSER = '/usr/bin/chromium';
const CHROMIUM = { name: 'chromium', files: [BROWSER] };

test('screen-pop says who calls', async () => {
  const office = await openOffice();
  await using client = createClient({ url: office.gateway.url, token: office.apiKey });
  // Its address has the number in it, and its name comes first.
  const other = { name: 'Aaron Bell', vendor: 'snom', model: 'D785', address: 'http://127.0.0.201' };
  expect(await client.addPhone(other)).toMatchObject({ ok: true });
  const example = startExample(['screen-pop/main.ts', '201'], office);
  await example.until(/Waiting for calls to David Cohen/);
  expect(await client.dial(office.phone('101').id, { to: '201' })).toMatchObject({ ok: true });
  await example.until(/^101 calls: Ritter Garden Design https:\/\/crm\.example\/customers\/7$/m);
  example.child.kill('SIGTERM');
  expect(await example.ended).toBe(0);
});

test('wall-board shows who talks to whom', async () => {
  const office = await openOffice();
  const example = startExample(['wall-board/main.ts'], office);
  await example.until(/^Anna Ritter +-$/m);
  await using client = createClient({ url: office.gateway.url, token: office.apiKey });
  await client.dial(office.phone('101').id, { to: '201' });
  await example.until(/^David Cohen +rings Anna Ritter$/m);
  await client.answer(office.phone('201').id);
  await example.until(/^David Cohen +talks Anna Ritter$/m);
  example.child.kill('SIGTERM');
  expect(await example.ended).toBe(0);
});

test.runIf(installed(CHROMIUM))('click-to-dial dials from a page of another origin', async () => {
  const vite = await createServer({
    root: new URL('../click-to-dial', import.meta.url).pathname,
    server: { host: '127.0.0.1', port: 0 },
    logLevel: 'error',
  });
  await vite.listen();
  onTestFinished(() => vite.close());
  const page = vite.resolvedUrls?.local[0] ?? '';
  const office = await openOffice(`allowedOrigins: [${new URL(page).origin}]\nport: 0\n`);
  const browser = await chromium.launch({ executablePath: BROWSER, args: ['--no-sandbox'] });
  onTestFinished(() => browser.close());
  const tab = await browser.newPage();
  const given = new URLSearchParams({ url: office.gateway.url, key: office.apiKey, phone: 'Anna Ritter' });
  await tab.goto(`${page}#${given}`);
  await tab.getByRole('button', { name: 'Dial 201' }).click();
  await tab.getByText('Anna Ritter dials 201.', { exact: true }).waitFor();
  await using client = createClient({ url: office.gateway.url, token: office.apiKey });
  await expect.poll(() => client.activeCalls(office.phone('201').id)).toMatchObject({ value: [{ state: 'RINGING' }] });
});
