import { describe, expect, test } from 'vitest';
import { ask, command } from './support/api.ts';
import { noBrowser, openConsole, openOffice, sharedBrowser } from './support/console.ts';

const PHONES = 1_000;
const ADD = `mutation ($input: AddPhoneInput!) { addPhone(input: $input) { __typename } }`;

describe.skipIf(noBrowser)('a floor of a thousand phones', () => {
  const browser = sharedBrowser();

  test('is there whole, but only what is in sight is drawn, and a call is seen wherever it is', async () => {
    const office = await openOffice();
    for (let index = 0; index < PHONES; index += 1) {
      const name = `Desk ${String(index).padStart(4, '0')}`;
      const sipUri = `sip:${5000 + index}@127.0.0.1:5999`;
      await ask(office, ADD, { input: { name, vendor: 'snom', model: 'D785', sipUri, tags: [`floor ${index % 5}`] } });
    }
    const total = PHONES + office.phones.length;
    const { page } = await openConsole(browser(), office);
    const phones = page.getByRole('region', { name: 'Phones' });
    const cards = phones.getByRole('listitem');
    await expect.poll(() => cards.first().getAttribute('aria-setsize')).toBe(String(total));
    expect(await cards.count()).toBeLessThan(120);

    await phones.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await page.getByRole('link', { name: /^Grace Lindqvist/ }).waitFor();
    expect(await cards.count()).toBeLessThan(120);

    await page.getByLabel('Search phones').fill('desk 0777');
    await expect.poll(() => cards.count()).toBe(1);
    await page.getByLabel('Search phones').fill('');
    await page.getByLabel('Tag').selectOption('floor 3');
    await expect.poll(() => cards.first().getAttribute('aria-setsize')).toBe(String(PHONES / 5));
    await page.getByLabel('Tag').selectOption('');
    await command(office, ['dial', '101'], '102');
    await page.getByRole('radio', { name: /^Ringing/ }).click();
    await page.getByRole('link', { name: /^Ben Okafor/ }).waitFor();
    await expect.poll(() => cards.count()).toBe(1);
  });
});
