import type { Locator, Page } from 'playwright-core';

/** Opens the page of a phone from the floor. */
export async function openPhone(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: new RegExp(`^${name}`) }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

/** A call on the page of a phone. */
export function callWith(page: Page, name: string): Locator {
  return page.getByRole('listitem', { name: `Call with ${name}` });
}
