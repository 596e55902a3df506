import { connect, createServer, type Server, type Socket } from 'node:net';
import type { DemoOffice } from '@hookswitch/demo';
import { describe, expect, onTestFinished, test } from 'vitest';
import { callStates, command, talk } from './support/api.ts';
import { noBrowser, openConsole, openOffice, openPage, sharedBrowser } from './support/console.ts';

/** A network between a browser and the gateway that can be cut. */
interface Network {
  readonly url: string;
  cut(): void;
  mend(): void;
}

async function networkTo(office: DemoOffice): Promise<Network> {
  const { hostname, port } = new URL(office.gateway.url);
  const sockets = new Set<Socket>();
  let isCut = false;
  const server: Server = createServer((near) => {
    if (isCut) return void near.destroy();
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  const own = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    url: `http://127.0.0.1:${own}`,
    cut() {
      isCut = true;
      for (const socket of sockets) socket.destroy();
    },
    mend() {
      isCut = false;
    },
  };
}

/** A call from the first phone to another that is answered and hung up. */
async function callAndHangUp(office: DemoOffice): Promise<void> {
  await talk(office, '101', '102');
  await command(office, ['hangUp', '101']);
  await callStates(office, '102', []);
}

describe.skipIf(noBrowser)('live events', () => {
  const browser = sharedBrowser();

  test('pause and resume without a gap; a call has a timeline', async () => {
    const office = await openOffice();
    const { page } = await openConsole(browser(), office);
    await page.getByRole('link', { name: 'Live' }).click();
    const state = page.getByRole('status', { name: 'Events' });
    await state.getByText('Live').waitFor();
    const events = page.getByRole('region', { name: 'Events' });
    await command(office, ['dial', '101'], '102');
    await events.getByText('Incoming', { exact: true }).waitFor();

    await page.getByRole('button', { name: 'Pause' }).click();
    await state.getByText('Paused').waitFor();
    await command(office, ['answer', '102']);
    await callStates(office, '101', ['CONNECTED']);
    await command(office, ['hangUp', '101']);
    await callStates(office, '102', []);
    expect(await events.getByText('Ended', { exact: true }).count()).toBe(0);
    await page.getByRole('button', { name: 'Resume' }).click();
    await expect.poll(() => events.getByText('Ended', { exact: true }).count()).toBe(2);
    await expect.poll(() => events.getByText('Connected', { exact: true }).count()).toBe(2);

    await events.getByRole('button', { name: /Ben Okafor Incoming/ }).click();
    const timeline = page.getByRole('complementary', { name: 'Timeline of the call' });
    await timeline.getByText('Ended', { exact: true }).waitFor();
    expect(await timeline.getByRole('listitem').allInnerTexts()).toEqual([
      expect.stringContaining('Incoming'),
      expect.stringContaining('Connected'),
      expect.stringContaining('Ended'),
    ]);
  });

  test('go on behind the last one after the network was gone: none is lost, none comes twice', async () => {
    const office = await openOffice();
    const network = await networkTo(office);
    const { page, faults } = await openPage(browser(), `${network.url}/#key=${office.apiKey}`);
    await page.getByRole('link', { name: 'Live' }).click();
    const state = page.getByRole('status', { name: 'Events' });
    const events = page.getByRole('region', { name: 'Events' });
    await state.getByText('Live').waitFor();
    await callAndHangUp(office);
    await expect.poll(() => events.getByText('Ended', { exact: true }).count()).toBe(2);

    network.cut();
    await state.getByText('The network is gone').waitFor();
    await callAndHangUp(office);
    expect(await events.getByText('Ended', { exact: true }).count()).toBe(2);
    network.mend();
    await expect.poll(() => events.getByText('Ended', { exact: true }).count(), { timeout: 20_000 }).toBe(4);
    await state.getByText('Live').waitFor();
    expect(await events.getByText('Incoming', { exact: true }).count()).toBe(2);
    expect(await events.getByText('Outgoing', { exact: true }).count()).toBe(2);
    // The browser logs each connection that failed by itself.
    expect(
      faults.splice(0).every((fault) => /ERR_(EMPTY_RESPONSE|CONNECTION)|WebSocket|Failed to load/.test(fault)),
    ).toBe(true);
  });

  test('are filtered by kind and by words', async () => {
    const office = await openOffice();
    await callAndHangUp(office);
    const { page } = await openConsole(browser(), office);
    await page.getByRole('link', { name: 'Live' }).click();
    const events = page.getByRole('region', { name: 'Events' });
    await expect.poll(() => events.getByText('Anna Ritter', { exact: true }).count()).toBeGreaterThan(0);
    await page.getByLabel('Filter events').fill('okafor incoming');
    await expect.poll(() => events.getByRole('listitem').count()).toBe(1);
    await page.getByLabel('Filter events').fill('action_outgoing_url');
    await expect.poll(() => events.getByRole('listitem').count()).toBe(1);
    await page.getByLabel('Filter events').fill('');
    await page.getByRole('button', { name: 'Switches' }).click();
    await expect.poll(() => events.getByText('Incoming', { exact: true }).count()).toBe(0);
  });
});
