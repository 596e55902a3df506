import { AxeBuilder } from '@axe-core/playwright';
import type { DemoOffice } from '@hookswitch/demo';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { ask, command, talk } from './support/api.ts';
import { noBrowser, openConsole, openOffice, openPage, sharedBrowser } from './support/console.ts';
import { openPhone } from './support/phone-page.ts';

/** Everything that WCAG 2.2 asks for at the levels A and AA, as far as a program can tell, the size of targets too. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const THEMES = ['light', 'dark'] as const;
const WIDTHS = [360, 1280, 1920] as const;

/** GraphiQL in its frame is another project's page. */
async function violations(page: Page, part: string | null): Promise<readonly string[]> {
  // Only our own frame is looked at, so that no page has to be opened to bring the frames' results together.
  const axe = new AxeBuilder({ page }).setLegacyMode().withTags(RULES).exclude('iframe');
  const { violations: found } = await (part === null ? axe : axe.include(part)).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

/** Nothing is cut off at the right, and nobody has to scroll sideways. */
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/**
 * Looks at a view as it stands, in both themes and at all widths.
 * @param part null: all of the page; else what matches it, where the rest was looked at before
 */
async function violationsOf(page: Page, view: string, part: string | null = null): Promise<readonly string[]> {
  const found: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: width === 360 ? 740 : 1000 });
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const here = `${view}, ${width} px, ${colorScheme}`;
      found.push(...(await violations(page, part)).map((violation) => `${here}: ${violation}`));
      if ((await overflow(page)) > 0) found.push(`${here}: wider than the window`);
    }
  }
  return found;
}

const TABS = ['History', 'Lights', 'Message', 'Forwarding', 'Settings', 'Capabilities', 'Event path'];

/** Opens a part of the page by its tab, and waits for its heading. */
async function openTab(page: Page, tab: string): Promise<void> {
  await page.getByRole('tab', { name: tab, exact: true }).click();
  await page.getByRole('tabpanel', { name: tab }).getByRole('heading', { level: 2 }).first().waitFor();
}

async function keyWith(office: DemoOffice, scopes: string): Promise<string> {
  const { createApiKey } = await ask<{ createApiKey: { key: string } }>(
    office,
    `mutation { createApiKey(name: "few rights", scopes: [${scopes}]) { key } }`,
  );
  return createApiKey.key;
}

describe.skipIf(noBrowser)('everybody can use', () => {
  const browser = sharedBrowser();

  test('the floor, a phone and each of its panels', async () => {
    const office = await openOffice();
    await talk(office, '101', '201');
    await command(office, ['dial', '102'], '103');
    const { page } = await openConsole(browser(), office);
    const found: string[] = [];
    const check = async (view: string, part?: string) => found.push(...(await violationsOf(page, view, part)));
    await page.getByRole('link', { name: /^Anna Ritter.*Talking/ }).waitFor();
    await check('floor');
    await openPhone(page, 'Anna Ritter');
    await page.getByRole('button', { name: 'Tones' }).click();
    await page.getByRole('button', { name: 'Keypad' }).click();
    await page.getByRole('listitem', { name: 'Call with' }).getByRole('button', { name: 'Transfer' }).click();
    for (const tab of TABS) {
      await openTab(page, tab);
      if (tab === 'History') await page.locator('details').first().locator('summary').click();
      if (tab === 'Message') await page.getByText('The whole request').first().click();
      if (tab === 'Event path') {
        await page.getByRole('button', { name: 'Check the path' }).click();
        await page.getByText('The path works').waitFor();
        await page.getByRole('button', { name: /^Show the/ }).click();
      }
      // What is beside the panel stays as it is.
      await check(tab, tab === 'History' ? undefined : '[role="tabpanel"][data-state="active"]');
    }
    expect(found).toEqual([]);
  });

  test('live events, timelines, adding, administration and the explorer', async () => {
    const office = await openOffice();
    await talk(office, '101', '201');
    const { page } = await openConsole(browser(), office);
    const found: string[] = [];
    const check = async (view: string) => found.push(...(await violationsOf(page, view)));
    await page.getByRole('link', { name: 'Live' }).click();
    const row = page.getByRole('button', { name: /Anna Ritter Connected/ }).first();
    await row.waitFor();
    await check('live');
    await row.click();
    const timeline = page.getByRole('complementary', { name: 'Timeline of the call' });
    await timeline.getByText('What the phone sent').first().click();
    await check('timeline');
    await page.getByRole('link', { name: 'Add phones' }).click();
    await page.getByText('What the gateway cannot find out').click();
    await check('add');
    await page.getByLabel('Name', { exact: true }).fill('Nobody');
    await page.getByLabel('Address').fill('http://127.0.0.1:9');
    await page.getByRole('button', { name: 'Find the phone' }).click();
    await page.getByRole('alert').waitFor();
    await check('a phone that was not found');
    await page.getByRole('tab', { name: 'From a CSV file' }).click();
    await check('CSV');
    const buffer = Buffer.from('name,address\nA,http://127.0.0.1:9\n,http://127.0.0.1:10\n');
    await page
      .getByLabel('CSV file', { exact: true })
      .setInputFiles({ name: 'phones.csv', mimeType: 'text/csv', buffer });
    await page.getByText('It has no name.').waitFor();
    await check('CSV rows');
    await page.getByRole('link', { name: 'Admin' }).click();
    await openTab(page, 'API keys');
    await page.getByLabel('Name', { exact: true }).fill('Wall board');
    await page.getByRole('button', { name: 'Make the key' }).click();
    await page.getByRole('button', { name: 'I have it' }).waitFor();
    await check('API keys');
    await openTab(page, 'Audit');
    await check('audit');
    await openTab(page, 'Many phones');
    await page.getByLabel('Which phones').selectOption({ label: 'All of Yealink (3)' });
    await page.getByLabel('What they do').selectOption('Ask for their calls');
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByRole('button', { name: 'Yes, on 3 phones' }).click();
    await page.getByRole('heading', { name: '3 of 3 settled' }).waitFor();
    await check('many phones');
    await page.getByRole('link', { name: 'Explorer', exact: true }).click();
    await page.frameLocator('iframe').locator('.graphiql-container').first().waitFor();
    await check('explorer');
    expect(found).toEqual([]);
  });

  test('signing in, what is empty, and what went wrong', async () => {
    const office = await openOffice({ people: [] });
    const found: string[] = [];
    const { page: door, faults: refused } = await openPage(browser(), office.gateway.url);
    await door.getByLabel('API key or JWT').fill('a key that nobody has');
    await door.getByRole('button', { name: 'Sign in' }).click();
    await door.getByRole('alert').waitFor();
    refused.splice(0);
    found.push(...(await violationsOf(door, 'signing in')));
    await door.close();

    const { page, faults } = await openConsole(browser(), office);
    const check = async (view: string) => found.push(...(await violationsOf(page, view)));
    await page.getByText('No phone yet').waitFor();
    await check('empty floor');
    await page.getByRole('link', { name: 'Live' }).click();
    await page.getByText('No phone has reported anything yet').waitFor();
    await check('no events');
    await page.goto(`${office.gateway.url}/#/phones/nobody`);
    await page.getByText('There is no such phone').waitFor();
    await check('no such phone');
    await page.goto(`${office.gateway.url}/#/nowhere`);
    await page.getByText('There is no such page').waitFor();
    await check('no such page');
    await page.goto(`${office.gateway.url}/#/`);
    await page.context().setOffline(true);
    await page.getByRole('status').getByText('Offline, trying again').waitFor();
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.getByRole('alert').getByText('The gateway does not answer').waitFor();
    await check('offline');
    await page.context().setOffline(false);
    await page.route('**/graphql', (route) => route.abort());
    await page.reload();
    await page.getByRole('button', { name: 'Try again' }).waitFor();
    await check('no gateway');
    faults.splice(0);

    const key = await keyWith(office, 'PHONES_READ');
    const { page: small } = await openPage(browser(), `${office.gateway.url}/#key=${key}`);
    await small.getByText('No live calls for this key').waitFor();
    await small.goto(`${office.gateway.url}/#/admin`);
    await small.getByText('Your key does not allow this page').waitFor();
    found.push(...(await violationsOf(small, 'without the right')));
    expect(found).toEqual([]);
  });
});
