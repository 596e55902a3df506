import { describe, expect, test } from 'vitest';
import { callStates, command } from './support/api.ts';
import { noBrowser, openConsole, openOffice, openPage, sharedBrowser } from './support/console.ts';

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
