import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { command, talk } from './support/api.ts';
import { noBrowser, openConsole, openOffice, openPage, sharedBrowser } from './support/console.ts';

/** Everything that WCAG 2.2 asks for at the levels A and AA, as far as a program can tell. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** GraphiQL in its frame is another project's page. */
async function violations(page: Page): Promise<readonly string[]> {
  const { violations: found } = await new AxeBuilder({ page }).withTags(RULES).exclude('iframe').analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

/** Nothing is cut off at the right, and nobody has to scroll sideways. */
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

const TABS = ['History', 'Lights', 'Message', 'Forwarding', 'Settings', 'Capabilities', 'Event path'];

describe.skipIf(noBrowser)('everybody can use it', () => {
  const browser = sharedBrowser();

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [width, height] of [
      [360, 740],
      [1280, 800],
    ] as const) {
      test(`in ${colorScheme}, ${width} px wide`, async () => {
        const office = await openOffice();
        const options = { colorScheme, viewport: { width, height } };
        const found: string[] = [];
        const check = async (page: Page, view: string) => {
          found.push(...(await violations(page)).map((violation) => `${view}: ${violation}`));
          if ((await overflow(page)) > 0) found.push(`${view}: wider than the window`);
        };
        const { page: door } = await openPage(browser(), office.gateway.url, options);
        await door.getByLabel('API key or JWT').waitFor();
        await check(door, 'signing in');

        await talk(office, '101', '201');
        await command(office, ['dial', '102'], '103');
        const { page } = await openConsole(browser(), office, options);
        await page.getByRole('link', { name: /^Anna Ritter.*Talking/ }).waitFor();
        await check(page, 'floor');
        await page.getByRole('link', { name: /^Anna Ritter/ }).click();
        await page.getByRole('button', { name: 'Tones' }).click();
        await page.getByRole('listitem', { name: 'Call with' }).getByRole('button', { name: 'Transfer' }).click();
        for (const tab of TABS) {
          await page.getByRole('tab', { name: tab }).click();
          await page.getByRole('tabpanel').getByRole('heading', { level: 2 }).first().waitFor();
          await check(page, tab);
        }
        await page.getByRole('link', { name: 'Live' }).click();
        await page
          .getByRole('button', { name: /Anna Ritter Connected/ })
          .first()
          .click();
        await page
          .getByRole('complementary', { name: 'Timeline of the call' })
          .getByText('Connected')
          .first()
          .waitFor();
        await check(page, 'live');
        await page.getByRole('link', { name: 'Add phones' }).click();
        await page.getByText('What the gateway cannot find out').click();
        await check(page, 'add');
        await page.getByRole('tab', { name: 'From a CSV file' }).click();
        await check(page, 'CSV');
        await page.getByRole('link', { name: 'Admin' }).click();
        for (const tab of ['API keys', 'Audit', 'Many phones']) {
          await page.getByRole('tab', { name: tab }).click();
          await page.getByRole('tabpanel').getByRole('heading', { level: 2 }).first().waitFor();
          await check(page, tab);
        }
        await page.getByRole('link', { name: 'Explorer', exact: true }).click();
        await page.frameLocator('iframe').locator('.graphiql-container').first().waitFor();
        await check(page, 'explorer');
        expect(found).toEqual([]);
      });
    }
  }
});
