import { type DemoOffice, startDemoOffice } from '@hookswitch/demo';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { chromiumPath, launchBrowser } from './browser.ts';

/** A page of the console in a browser, and what went wrong in it. */
export interface ConsolePage {
  readonly page: Page;
  /** Errors that the page threw, logged, or was refused by its policy. */
  readonly faults: string[];
}

/** Whether there is no browser; says so loudly, and with `CI=true` suites fail for it instead of being left out. */
export const noBrowser = chromiumPath === null && process.env['CI'] !== 'true';
if (noBrowser) process.stderr.write('\n*** LEFT OUT: the tests of the console; not installed: chromium ***\n\n');

/** The browser of a file's tests. */
export function sharedBrowser(): () => Browser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  return () => {
    if (browser === undefined) throw new Error('The browser has not started.');
    return browser;
  };
}

/** An office on a free port that is closed when the test is over. */
export async function openOffice(options: Parameters<typeof startDemoOffice>[0] = {}): Promise<DemoOffice> {
  const office = await startDemoOffice({
    registrar: false,
    ...options,
    environment: { HOOKSWITCH_PORT: '0', HOOKSWITCH_LOG_LEVEL: 'error', ...options.environment },
  });
  onTestFinished(() => office.stop());
  return office;
}

/** A page at that address, alone in its context. Its faults must be none when the test is over. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<ConsolePage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  onTestFinished(async () => {
    await context.close();
    expect(faults).toEqual([]);
  });
  await page.goto(url);
  return { page, faults };
}

/** A page of somebody who has signed in to that office with the key in the address, as the demo prints it. */
export function openConsole(
  browser: Browser,
  office: DemoOffice,
  options: BrowserContextOptions = {},
): Promise<ConsolePage> {
  return openPage(browser, `${office.gateway.url}/#key=${office.apiKey}`, options);
}
