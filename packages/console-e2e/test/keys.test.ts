import { describe, expect, test } from 'vitest';
import { ask } from './support/api.ts';
import { noBrowser, openConsole, openOffice, sharedBrowser } from './support/console.ts';
import { openPhone } from './support/phone-page.ts';

/** `VOLUME_UP` → `Volume up`, as the drawing calls it. */
function spoken(key: string): string {
  const words = key.toLowerCase().replaceAll('_', ' ').replace('dnd', 'DND');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

describe.skipIf(noBrowser)('the drawing of a phone', () => {
  const browser = sharedBrowser();

  test.each([
    { name: 'Anna Ritter', number: '101', model: 'D785', without: [] },
    { name: 'Chiara Russo', number: '103', model: '870', without: ['Soft 1', 'Soft 4'] },
    { name: 'David Cohen', number: '201', model: 'T46U', without: ['Menu', 'DND', 'Directory', 'Record'] },
  ])('has the keys of a $model, all of them and no other', async ({ name, number, without }) => {
    const office = await openOffice();
    const { phone } = await ask<{ phone: { keys: string[] } }>(
      office,
      'query ($id: ID!) { phone(by: { id: $id }) { keys } }',
      { id: office.phone(number).id },
    );
    const { page } = await openConsole(browser(), office);
    await openPhone(page, name);
    const drawing = page.getByRole('region', { name: `${name}, the phone` });
    await drawing.getByRole('button', { name: /^All \d+ keys$/ }).click();
    const drawn = await drawing
      .getByRole('button')
      .evaluateAll((buttons) =>
        buttons.map((button) => button.getAttribute('aria-label') ?? button.querySelector('span')?.textContent ?? ''),
      );
    const functionKeys = phone.keys.filter((key) => key.startsWith('FUNCTION_'));
    expect(functionKeys.length).toBeGreaterThan(12);
    expect(drawn.filter((label) => /function key \d+, light/.test(label))).toHaveLength(functionKeys.length);
    const pad: Readonly<Record<string, string>> = { '*': '* star', '#': '# hash' };
    const others = phone.keys.filter((key) => !key.startsWith('FUNCTION_')).map((key) => pad[key] ?? spoken(key));
    const chrome = /function key|^Read the display|^Fewer keys|^$/;
    expect(drawn.filter((label) => !chrome.test(label)).toSorted()).toEqual(others.toSorted());
    for (const label of without) expect(drawn).not.toContain(label);
  });
});
