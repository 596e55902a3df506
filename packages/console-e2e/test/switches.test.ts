import type { DemoOffice } from '@hookswitch/demo';
import { describe, expect, test } from 'vitest';
import { ask } from './support/api.ts';
import { noBrowser, openConsole, openOffice, sharedBrowser } from './support/console.ts';
import { openPhone } from './support/phone-page.ts';

/** The switches of the phone with that number, as its reports told them. */
async function featuresOf(office: DemoOffice, number: string): Promise<Readonly<Record<string, boolean>>> {
  const { phone } = await ask<{ phone: { features: { feature: string; enabled: boolean }[] } }>(
    office,
    'query ($id: ID!) { phone(by: { id: $id }) { features { feature enabled } } }',
    { id: office.phone(number).id },
  );
  return Object.fromEntries(phone.features.map(({ feature, enabled }) => [feature, enabled]));
}

describe.skipIf(noBrowser)('switches of a phone', () => {
  const browser = sharedBrowser();

  test.each([
    ['David Cohen', '201'],
    ['Anna Ritter', '101'],
  ])('do not disturb of %s stands as the phone reports it, here and on the floor', async (name, number) => {
    const office = await openOffice();
    const { page } = await openConsole(browser(), office);
    await openPhone(page, name);
    const dnd = page.getByRole('switch', { name: 'Do not disturb' });
    expect(await dnd.getAttribute('aria-checked')).toBe('false');
    await dnd.focus();
    await page.keyboard.press('Space');
    await expect.poll(() => dnd.getAttribute('aria-checked')).toBe('true');
    await expect.poll(() => featuresOf(office, number)).toMatchObject({ DO_NOT_DISTURB: true });
    await page.getByText('Do not disturb', { exact: true }).nth(1).waitFor();
    await dnd.click();
    await expect.poll(() => dnd.getAttribute('aria-checked')).toBe('false');
    await expect.poll(() => featuresOf(office, number)).toMatchObject({ DO_NOT_DISTURB: false });
  });

  test('forwarding stands as the phone reports it, and what was asked last beside it', async () => {
    const office = await openOffice();
    const { page } = await openConsole(browser(), office);
    await openPhone(page, 'David Cohen');
    await page.getByRole('tab', { name: 'Forwarding' }).click();
    const row = page.getByRole('listitem').filter({ has: page.getByRole('form', { name: 'When nobody answers' }) });
    await row.getByText('The phone has not told how this stands.').waitFor();
    await row.getByRole('combobox').fill('103');
    await row.getByRole('button', { name: 'Forward' }).click();
    await row.getByText(/^On/).waitFor();
    await row.getByRole('status').getByText('CONFIRMED').waitFor();
    await expect.poll(() => featuresOf(office, '201')).toMatchObject({ FORWARD_NO_ANSWER: true });
    await row.getByRole('button', { name: 'Off' }).click();
    await row.getByText(/^Off/).first().waitFor();
    await expect.poll(() => featuresOf(office, '201')).toMatchObject({ FORWARD_NO_ANSWER: false });
    // The others were left as they are.
    expect(await page.getByText('The phone has not told how this stands.').count()).toBe(2);
  });

  test('forwarding that the phone reports under no kind tells what became of the command', async () => {
    const office = await openOffice();
    const { page } = await openConsole(browser(), office);
    await openPhone(page, 'Anna Ritter');
    await page.getByRole('tab', { name: 'Forwarding' }).click();
    const row = page.getByRole('listitem').filter({ has: page.getByRole('form', { name: 'When the phone is busy' }) });
    await row.getByRole('combobox').fill('103');
    await row.getByRole('button', { name: 'Forward' }).click();
    await row
      .getByRole('status')
      .getByText(/ACCEPTED|CONFIRMED/)
      .waitFor();
    await row.getByText('Asked last: on, to 103.').waitFor();
    await page.getByText('The phone reports that calls are forwarded.').waitFor();
    await expect.poll(() => featuresOf(office, '101')).toEqual({ FORWARD: true });
    await row.getByRole('button', { name: 'Off' }).click();
    await page.getByText('The phone reports that no call is forwarded.').waitFor();
  });
});
