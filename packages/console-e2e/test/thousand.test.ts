import { describe, expect, test } from 'vitest';
import { ask, callStates, command } from './support/api.ts';
import { noBrowser, openOffice, openPage, sharedBrowser } from './support/console.ts';
import { countCardRenders } from './support/renders.ts';

const PHONES = 1_000;
const AT_ONCE = 20;
const ADD = `mutation ($input: AddPhoneInput!) { addPhone(input: $input) { __typename } }`;
/** What fits into the window, and some rows above and below. */
const MOST_DRAWN = 120;

describe.skipIf(noBrowser)('a floor of a thousand phones', () => {
  const browser = sharedBrowser();

  test('is there whole, but only what is in sight is drawn, and only what changes is drawn again', async () => {
    const office = await openOffice();
    const add = (index: number) => {
      const name = `Desk ${String(index).padStart(4, '0')}`;
      const sipUri = `sip:${5000 + index}@127.0.0.1:5999`;
      return ask(office, ADD, { input: { name, vendor: 'snom', model: 'D785', sipUri, tags: [`floor ${index % 5}`] } });
    };
    for (let index = 0; index < PHONES; index += AT_ONCE)
      await Promise.all(Array.from({ length: AT_ONCE }, (_, offset) => add(index + offset)));
    const total = PHONES + office.phones.length;
    const { page } = await openPage(browser(), 'about:blank');
    const renders = await countCardRenders(page);
    await page.goto(`${office.gateway.url}/#key=${office.apiKey}`);
    const phones = page.getByRole('region', { name: 'Phones' });
    const cards = phones.getByRole('listitem');
    await expect.poll(() => cards.first().getAttribute('aria-setsize')).toBe(String(total));
    expect(await cards.count()).toBeLessThan(MOST_DRAWN);
    // A page of phones at a time comes in: what stands in sight meanwhile may move.
    const atFirst = await renders.read();
    expect(atFirst).toBeGreaterThan(0);
    expect(atFirst).toBeLessThan(5 * MOST_DRAWN);

    // A call changes two cards a few times, and no other.
    await command(office, ['dial', '101'], '102');
    await callStates(office, '102', ['RINGING']);
    await page.getByRole('link', { name: /^Anna Ritter.*Dialing/ }).waitFor();
    expect((await renders.read()) - atFirst).toBeLessThan(20);

    // From the top to the end each comes into sight once.
    const beforeScrolling = await renders.read();
    await phones.hover();
    let most = 0;
    const isAtEnd = () =>
      phones.evaluate(({ scrollTop, clientHeight, scrollHeight }) => scrollTop + clientHeight >= scrollHeight - 2);
    while (!(await isAtEnd())) {
      await page.mouse.wheel(0, 600);
      most = Math.max(most, await cards.count());
    }
    await page.getByRole('link', { name: /^Grace Lindqvist/ }).waitFor();
    expect(most).toBeLessThan(MOST_DRAWN);
    const whileScrolling = (await renders.read()) - beforeScrolling;
    expect(whileScrolling).toBeGreaterThan(PHONES / 2);
    expect(whileScrolling).toBeLessThan(1.5 * total);

    // The floor is read again by itself: where nothing is new, nothing is drawn.
    const beforeReading = await renders.read();
    const lastPage = page.waitForResponse(async (response) => {
      const body = response.request().postData() ?? '';
      return body.includes('query Floor') && !(await response.text()).includes('"hasNextPage":true');
    });
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await lastPage;
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    expect((await renders.read()) - beforeReading).toBeLessThan(10);

    await page.getByLabel('Search phones').fill('desk 0777');
    await expect.poll(() => cards.count()).toBe(1);
    await page.getByLabel('Search phones').fill('');
    await page.getByLabel('Tag').selectOption('floor 3');
    await expect.poll(() => cards.first().getAttribute('aria-setsize')).toBe(String(PHONES / 5));
    await page.getByLabel('Tag').selectOption('');
    await page.getByRole('radio', { name: /^Ringing/ }).click();
    await page.getByRole('link', { name: /^Ben Okafor/ }).waitFor();
    await expect.poll(() => cards.count()).toBe(1);
  });
});
