import { describe, expect, test } from 'vitest';
import { callStates, command } from './support/api.ts';
import { noBrowser, openConsole, openOffice, openPage, sharedBrowser } from './support/console.ts';
import { networkTo } from './support/network.ts';

describe.skipIf(noBrowser)('the floor', () => {
  const browser = sharedBrowser();

  test('is for those who have signed in; the key is typed, kept for the tab, and forgotten', async () => {
    const office = await openOffice({ people: [] });
    const { page, faults } = await openPage(browser(), office.gateway.url);
    await page.getByLabel('API key or JWT').fill('a key that nobody has');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('This key opens nothing here').waitFor();
    // The browser logs each answer 401 by itself.
    expect(faults.splice(0)).toEqual([expect.stringContaining('401')]);

    await page.getByLabel('API key or JWT').fill(office.apiKey);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('No phone yet').waitFor();
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain(office.apiKey);
    expect(await page.context().cookies()).toEqual([]);

    await page.reload();
    await page.getByText('No phone yet').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('API key or JWT').waitFor();
    expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage }))).not.toContain(office.apiKey);
  });

  test('keeps the key while the gateway is away, and says what to do', async () => {
    const office = await openOffice({ people: [] });
    const network = await networkTo(office);
    const { page, faults } = await openPage(browser(), `${network.url}/#key=${office.apiKey}`);
    await page.getByText('No phone yet').waitFor();
    // The page itself is in the browser already; what it asks is not answered.
    await page.route('**/graphql', (route) => route.abort());
    network.cut();
    await page.getByRole('status').getByText('Offline, trying again').waitFor();
    network.mend();
    await page.reload();
    await page.getByRole('alert').getByText('The gateway does not answer').waitFor();
    await page.unroute('**/graphql');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('No phone yet').waitFor();
    expect(
      faults.splice(0).every((fault) => /ERR_FAILED|ERR_EMPTY|ERR_CONNECTION|WebSocket|Failed to load/.test(fault)),
    ).toBe(true);
  });

  test('shows a call at both phones as it goes on', async () => {
    const office = await openOffice();
    const { page } = await openConsole(browser(), office);
    const card = (name: string) => page.getByRole('link', { name: new RegExp(`^${name}`) });
    await card('Anna Ritter').getByText('Idle').waitFor();
    expect(await page.evaluate(() => location.href)).not.toContain(office.apiKey);
    await page.getByText('Live', { exact: true }).first().waitFor();

    await command(office, ['dial', '101'], '102');
    await card('Ben Okafor').getByText('Ringing').waitFor();
    await card('Anna Ritter').getByText('Dialing').waitFor();
    await command(office, ['answer', '102']);
    await card('Anna Ritter').getByText('Talking').waitFor();
    await card('Anna Ritter').getByText('Ben Okafor').waitFor();
    await callStates(office, '101', ['CONNECTED']);
    await command(office, ['hangUp', '101']);
    await card('Ben Okafor').getByText('Idle').waitFor();
  });
});
