/** `npm run screenshots`: pictures of the main views in the demo office, into `docs/images/`. */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type DemoOffice, startDemoOffice } from '@hookswitch/demo';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../test/support/browser.ts';

const FOLDER = fileURLToPath(new URL('../../../docs/images/', import.meta.url));

await mkdir(FOLDER, { recursive: true });
const office = await startDemoOffice({ environment: { HOOKSWITCH_PORT: '0', HOOKSWITCH_LOG_LEVEL: 'error' } });
const browser = await launchBrowser();
try {
  const stage = await open(browser, office, { width: 1280, height: 800, colorScheme: 'light' });
  await dial(stage, 'Ben Okafor', { number: '103', state: 'Dialing' });
  await dial(stage, 'Anna Ritter', { number: '300', state: 'Connected' });
  await stage.close();

  const light = await open(browser, office, { width: 1280, height: 640, colorScheme: 'light' });
  await light.screenshot({ path: `${FOLDER}console-floor.png` });
  const dark = await open(browser, office, { width: 1600, height: 1000, colorScheme: 'dark' });
  await openPhone(dark, 'Anna Ritter');
  await dark.getByRole('img', { name: /^The display/ }).waitFor();
  await dark.getByRole('tab', { name: 'Message' }).click();
  await dark.getByText('IPPhoneText').first().waitFor();
  await dark.screenshot({ path: `${FOLDER}console-phone.png` });
  await light.getByRole('link', { name: 'Live' }).click();
  await light
    .getByRole('button', { name: /Anna Ritter Connected/ })
    .first()
    .click();
  await light.getByRole('complementary', { name: 'Timeline of the call' }).getByText('Connected').first().waitFor();
  await light.screenshot({ path: `${FOLDER}console-live.png` });
  await light.getByRole('link', { name: 'Add phones' }).click();
  await light.getByLabel('Name', { exact: true }).fill('Meeting room');
  await light.getByLabel('Address').fill(office.phone('201').phone.address);
  await light.getByLabel('User name').fill('admin');
  await light.getByRole('button', { name: 'Find the phone' }).click();
  await light.getByRole('region', { name: 'Matches' }).getByText('Yealink').first().waitFor();
  await light.screenshot({ path: `${FOLDER}console-add.png` });
  await dark.setViewportSize({ width: 1280, height: 720 });
  await dark.getByRole('link', { name: 'Calls: open the query in the explorer' }).click();
  const graphiql = dark.frameLocator('iframe');
  await graphiql.locator('.graphiql-query-editor').getByText('subscription Calls').first().waitFor();
  await graphiql.getByRole('button', { name: /Execute query/ }).click();
  await graphiql.locator('.result-window').getByText('CaughtUp').first().waitFor();
  await dark.screenshot({ path: `${FOLDER}console-explorer.png` });
  const small = await open(browser, office, { width: 360, height: 740, colorScheme: 'dark' });
  await small.screenshot({ path: `${FOLDER}console-small.png` });
} finally {
  await browser.close();
  await office.stop();
}

interface Look {
  readonly width: number;
  readonly height: number;
  readonly colorScheme: 'dark' | 'light';
}

async function open(from: Browser, { gateway, apiKey }: DemoOffice, look: Look): Promise<Page> {
  const { colorScheme, ...viewport } = look;
  const page = await from.newPage({ viewport, colorScheme });
  await page.goto(`${gateway.url}/#key=${apiKey}`);
  await page.getByRole('link', { name: /^Anna Ritter/ }).waitFor();
  await page.getByRole('status').getByText('Live').waitFor();
  return page;
}

async function openPhone(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: new RegExp(`^${name}`) }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

async function dial(
  page: Page,
  name: string,
  { number, state }: { readonly number: string; readonly state: string },
): Promise<void> {
  await openPhone(page, name);
  await page.getByLabel('Number or SIP URI').fill(number);
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  await page.getByRole('listitem', { name: 'Call with' }).getByText(state).waitFor();
  await page.getByRole('link', { name: 'Floor', exact: true }).last().click();
}
