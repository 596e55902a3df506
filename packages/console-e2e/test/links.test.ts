import type { DemoOffice } from '@hookswitch/demo';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { command, talk } from './support/api.ts';
import { noBrowser, openConsole, openOffice, sharedBrowser } from './support/console.ts';
import { openPhone } from './support/phone-page.ts';

/** An operation that a panel leads to. */
interface Linked {
  readonly label: string;
  readonly href: string;
  readonly query: string;
  readonly variables: string;
}

const TABS = ['History', 'Lights', 'Message', 'Forwarding', 'Settings', 'Capabilities', 'Event path'];

/** What the links in sight lead to. */
async function linksOf(page: Page): Promise<readonly Linked[]> {
  const links = await page.getByRole('link', { name: /: open the query in the explorer$/ }).all();
  return await Promise.all(
    links.map(async (link) => {
      const href = (await link.getAttribute('href')) ?? '';
      const label = ((await link.getAttribute('aria-label')) ?? '').replace(/: open.*/, '');
      const text = Buffer.from(href.replace(/^.*\/explorer\//, ''), 'base64url').toString();
      const [query, variables] = JSON.parse(text) as [string, string];
      return { label, href, query, variables };
    }),
  );
}

/** Every panel of the console, with all that it leads to. */
async function allLinks(page: Page): Promise<ReadonlyMap<string, Linked>> {
  const found = new Map<string, Linked>();
  const look = async (panels: number) => {
    await expect.poll(async () => (await linksOf(page)).length).toBeGreaterThanOrEqual(panels);
    for (const link of await linksOf(page)) found.set(link.label, link);
  };
  await look(1);
  await openPhone(page, 'Anna Ritter');
  await page.getByRole('img', { name: /^The display/ }).waitFor();
  for (const tab of TABS) {
    await page.getByRole('tab', { name: tab }).click();
    // The phone, its display, calls, dialling, and the tab's own.
    await look(5);
  }
  await page.getByRole('link', { name: 'Live' }).click();
  await page
    .getByRole('button', { name: /Anna Ritter Connected/ })
    .first()
    .click();
  await look(2);
  await page.getByRole('link', { name: 'Add phones' }).click();
  await look(1);
  await page.getByRole('tab', { name: 'From a CSV file' }).click();
  await look(1);
  await page.getByRole('link', { name: 'Admin' }).click();
  for (const [tab, panels] of [
    ['API keys', 2],
    ['Audit', 1],
    ['Many phones', 1],
  ] as const) {
    await page.getByRole('tab', { name: tab }).click();
    await look(panels);
  }
  await page.getByLabel('Which phones').selectOption({ label: 'All of Yealink (3)' });
  await page.getByLabel('What they do').selectOption('Ask for their calls');
  await page.getByRole('button', { name: 'Run' }).click();
  await page.getByRole('button', { name: 'Yes, on 3 phones' }).click();
  await look(2);
  return found;
}

/** The first answer to it: of a subscription the first that is told. Addresses of examples lead to nothing here. */
async function run({ gateway, apiKey }: DemoOffice, { query, variables }: Linked): Promise<string> {
  const isStream = query.trimStart().startsWith('subscription');
  const stopping = new AbortController();
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: isStream ? 'text/event-stream' : 'application/json',
      authorization: `Bearer ${apiKey}`,
    },
    body: JSON.stringify({ query, variables: JSON.parse(variables.replaceAll('192.0.2.20', '127.0.0.1:9')) }),
    signal: stopping.signal,
  });
  if (!isStream) return `${response.status} ${await response.text()}`;
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString();
    if (text.includes('data:')) break;
  }
  stopping.abort();
  return `${response.status} ${text}`;
}

describe.skipIf(noBrowser)('the query behind every panel', () => {
  const browser = sharedBrowser();

  test('is led to, and runs as it stands', async () => {
    const office = await openOffice();
    await talk(office, '101', '201');
    const { page } = await openConsole(browser(), office);
    await page.getByRole('link', { name: /^Anna Ritter.*Talking/ }).waitFor();
    const links = await allLinks(page);
    expect([...links.keys()].sort()).toEqual([
      'API keys',
      'Audit',
      'Batch',
      'CSV file',
      'Calls',
      'Capabilities',
      'Commands',
      'Dial',
      'Display',
      'Event path',
      'Find a phone',
      'Floor',
      'Forwarding',
      'Lights',
      'Live events',
      'Many phones',
      'Message',
      'New key',
      'Phone',
      'Phones that made themselves known',
      'Preview for Snom (Anna Ritter)',
      'Preview for Yealink (David Cohen)',
      'Settings',
      'Timeline',
    ]);
    await command(office, ['hangUp', '101']);
    for (const link of links.values()) {
      const answer = await run(office, link);
      expect(answer, link.label).toMatch(/^200 /);
      expect(answer, link.label).not.toContain('"errors"');
      expect(answer, link.label).toContain('"data":{');
    }

    // One of each kind as a person runs it.
    for (const [label, written, told] of [
      ['Floor', 'query Floor', 'totalCount'],
      ['Calls', 'subscription Calls', 'CaughtUp'],
      ['Message', 'mutation ShowMessage', 'showMessage'],
    ] as const) {
      const link = links.get(label);
      if (link === undefined) throw new Error(`There is no link ${label}.`);
      await page.goto(`${office.gateway.url}/${link.href.replace(/^.*#/, '#')}`);
      const graphiql = page.frameLocator('iframe');
      await graphiql.locator('.graphiql-query-editor').getByText(written).first().waitFor();
      await graphiql.getByRole('button', { name: /Execute query/ }).click();
      await graphiql.locator('.result-window').getByText(told).first().waitFor();
      expect(await graphiql.locator('.result-window').textContent()).not.toContain('errors');
    }
    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
    expect(kept).not.toContain(office.apiKey);
    expect(kept).not.toMatch(/bearer/i);
  });
});
