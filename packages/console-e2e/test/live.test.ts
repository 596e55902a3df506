import type { DemoOffice } from '@hookswitch/demo';
import { describe, expect, test } from 'vitest';
import { callStates, command, talk } from './support/api.ts';
import { noBrowser, openConsole, openOffice, openPage, sharedBrowser } from './support/console.ts';
import { networkTo } from './support/network.ts';

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

  test('know that the browser is offline, and go on where they stopped', async () => {
    const office = await openOffice();
    const { page, faults } = await openConsole(browser(), office);
    await page.getByRole('link', { name: 'Live' }).click();
    const state = page.getByRole('status', { name: 'Events' });
    const events = page.getByRole('region', { name: 'Events' });
    await state.getByText('Live').waitFor();
    await page.context().setOffline(true);
    await state.getByText('The network is gone').waitFor();
    await callAndHangUp(office);
    expect(await events.getByText('Ended', { exact: true }).count()).toBe(0);
    await page.context().setOffline(false);
    await expect.poll(() => events.getByText('Ended', { exact: true }).count(), { timeout: 20_000 }).toBe(2);
    await state.getByText('Live').waitFor();
    expect(await events.getByText('Incoming', { exact: true }).count()).toBe(1);

    // Paused while the network goes and comes: it stays paused, and resuming brings the rest.
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.context().setOffline(true);
    await callAndHangUp(office);
    await page.context().setOffline(false);
    await state.getByText('Paused').waitFor();
    expect(await events.getByText('Ended', { exact: true }).count()).toBe(2);
    await page.getByRole('button', { name: 'Resume' }).click();
    await expect.poll(() => events.getByText('Ended', { exact: true }).count(), { timeout: 20_000 }).toBe(4);
    // The browser logs each connection that failed by itself.
    expect(faults.splice(0).every((fault) => /ERR_INTERNET_DISCONNECTED|WebSocket/.test(fault))).toBe(true);
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
