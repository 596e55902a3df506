import { describe, expect, test } from 'vitest';
import { ask, talk } from './support/api.ts';
import { noBrowser, openConsole, openOffice, openPage, sharedBrowser } from './support/console.ts';

describe.skipIf(noBrowser)('administration', () => {
  const browser = sharedBrowser();

  test('a key is made, shown once, opens the page with its rights only, and is revoked', async () => {
    const office = await openOffice();
    const { page } = await openConsole(browser(), office);
    await page.getByRole('link', { name: 'Admin' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Wall board');
    await page.getByRole('button', { name: 'Make the key' }).click();
    const key = (await page.getByRole('status').locator('code').textContent()) ?? '';
    await page.getByRole('button', { name: 'I have it' }).click();
    expect(await page.content()).not.toContain(key);

    const { page: board } = await openPage(browser(), `${office.gateway.url}/#key=${key}`);
    await board.getByRole('link', { name: /^Anna Ritter/ }).waitFor();
    expect(await board.getByRole('link', { name: 'Admin' }).count()).toBe(0);
    await board.close();

    const row = page.getByRole('listitem', { name: 'Wall board' });
    await row.getByRole('button', { name: 'Revoke' }).click();
    await row.getByRole('button', { name: 'Yes, end it now' }).click();
    await row.getByText('revoked').waitFor();
    const response = await fetch(`${office.gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: '{"query":"{ viewer { name } }"}',
    });
    expect(response.status).toBe(401);
  });

  test('the audit tells who dialled what; of a key that sees no numbers they are cut short', async () => {
    const office = await openOffice();
    await talk(office, '101', '201');
    const created = await ask<{ createApiKey: { key: string } }>(
      office,
      'mutation { createApiKey(name: "auditor", scopes: [AUDIT_READ, PHONES_READ], maskNumbers: true) { key } }',
    );
    const rowOf = async (key: string) => {
      const { page } = await openPage(browser(), `${office.gateway.url}/#key=${key}`);
      await page.getByRole('link', { name: 'Admin' }).click();
      await page.getByRole('tab', { name: 'Audit' }).click();
      const row = page.getByRole('listitem').filter({ hasText: 'Dial on Anna Ritter' }).first();
      return await row.textContent();
    };
    expect(await rowOf(office.apiKey)).toContain('Dial on Anna Ritter 201');
    const masked = await rowOf(created.createApiKey.key);
    expect(masked).toContain('***');
    expect(masked).not.toContain('201');
  });

  test('many phones are told the same at once, after a question, each with its outcome', async () => {
    const office = await openOffice();
    const { page } = await openConsole(browser(), office);
    await page.getByRole('link', { name: /^Anna Ritter/ }).waitFor();
    await page.getByRole('link', { name: 'Admin' }).click();
    await page.getByRole('tab', { name: 'Many phones' }).click();
    await page.getByLabel('Which phones').selectOption({ label: 'All of Yealink (3)' });
    await page.getByLabel('Text').fill('Fire drill at 15:00');
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByRole('button', { name: 'Yes, on 3 phones' }).click();
    await page.getByRole('heading', { name: '3 of 3 settled' }).waitFor();
    await page.getByRole('link', { name: 'David Cohen' }).click();
    await page.getByRole('heading', { level: 1, name: 'David Cohen' }).waitFor();
  });
});
