/** `npm run screenshots`: pictures of the main views in the demo office, into `docs/images/`. */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type DemoOffice, startDemoOffice, WEB_LOGIN } from '@hookswitch/demo';
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
  await light(stage, 'Anna Ritter', ['On', 'Blink fast', 'Blink slow']);
  await stage.close();

  const bright = await open(browser, office, { width: 1280, height: 640, colorScheme: 'light' });
  await bright.screenshot({ path: `${FOLDER}console-floor.png` });
  const dark = await open(browser, office, { width: 1600, height: 1000, colorScheme: 'dark' });
  await openPhone(dark, 'Anna Ritter');
  await dark.getByRole('img', { name: /^The display/ }).waitFor();
  await dark.getByRole('tab', { name: 'Message' }).click();
  await dark.getByText('IPPhoneText').first().waitFor();
  await dark.screenshot({ path: `${FOLDER}console-phone.png` });
  await bright.getByRole('link', { name: 'Live' }).click();
  await bright
    .getByRole('button', { name: /Anna Ritter Connected/ })
    .first()
    .click();
  await bright.getByRole('complementary', { name: 'Timeline of the call' }).getByText('Connected').first().waitFor();
  await bright.screenshot({ path: `${FOLDER}console-live.png` });
  await bright.getByRole('link', { name: 'Add phones' }).click();
  await bright.getByLabel('Name', { exact: true }).fill('Meeting room');
  await bright.getByLabel('Address').fill(office.phone('201').phone.address);
  await bright.getByLabel('User name').fill(WEB_LOGIN.username);
  await bright.getByLabel('Password').fill(WEB_LOGIN.password);
  await bright.getByRole('button', { name: 'Find the phone' }).click();
  await bright.getByRole('region', { name: 'Matches' }).getByText('Yealink').first().waitFor();
  await bright.screenshot({ path: `${FOLDER}console-add.png` });
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
  const page = await from.newPage({ viewport, colorScheme, reducedMotion: 'reduce' });
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

/** Gives the first keys of the phone these lights. */
async function light(page: Page, name: string, lights: readonly string[]): Promise<void> {
  await openPhone(page, name);
  await page.getByRole('tab', { name: 'Lights' }).click();
  for (const [index, label] of lights.entries()) {
    await page.getByRole('combobox', { name: 'Key' }).selectOption(`FUNCTION_${index + 1}`);
    await page.getByRole('combobox', { name: 'Light' }).selectOption({ label });
    await page.getByRole('button', { name: 'Set the light' }).click();
    await page.getByRole('button', { name: `function key ${index + 1}, light ${label}` }).waitFor();
  }
  await page.getByRole('link', { name: 'Floor', exact: true }).last().click();
}
