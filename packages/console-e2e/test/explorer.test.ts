import { describe, expect, test } from 'vitest';
import { noBrowser, openConsole, openOffice, sharedBrowser } from './support/console.ts';

describe.skipIf(noBrowser)('the explorer', () => {
  const browser = sharedBrowser();

  test('opens the query behind a panel, and runs it with the key of the page', async () => {
    // Other machines reach the page, so that GraphiQL has no key of its own.
    const environment = { HOOKSWITCH_HOST: '0.0.0.0', HOOKSWITCH_PUBLIC_URL: 'http://127.0.0.1:9' };
    const office = await openOffice({ people: [], environment });
    const { page } = await openConsole(browser(), {
      ...office,
      gateway: { ...office.gateway, url: `http://127.0.0.1:${new URL(office.gateway.url).port}` },
    });
    await page.getByRole('link', { name: 'Floor: open the query in the explorer' }).click();
    const graphiql = page.frameLocator('iframe');
    await graphiql.locator('.graphiql-query-editor').getByText('query Floor').first().waitFor();
    await graphiql.getByRole('button', { name: /Execute query/ }).click();
    await graphiql.locator('.result-window').getByText('totalCount').first().waitFor();
    expect(await graphiql.locator('.result-window').textContent()).not.toContain('UNAUTHENTICATED');
  });

  test('has examples of a subscription too', async () => {
    const office = await openOffice({ people: [] });
    const { page } = await openConsole(browser(), office);
    await page.getByRole('link', { name: 'Explorer', exact: true }).click();
    await page.getByLabel('Example').selectOption('Events as they come');
    const graphiql = page.frameLocator('iframe');
    await graphiql.locator('.graphiql-query-editor').getByText('subscription Events').first().waitFor();
    await graphiql.getByRole('button', { name: /Execute query/ }).click();
    await graphiql.locator('.result-window').getByText('CaughtUp').first().waitFor();
  });
});
