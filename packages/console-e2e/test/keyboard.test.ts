import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { ask, callStates, command, talk } from './support/api.ts';
import { noBrowser, openConsole, openOffice, sharedBrowser } from './support/console.ts';
import { callWith, openPhone } from './support/phone-page.ts';

/** More stops than any view has. */
const MOST_STOPS = 150;

/**
 * Goes on by the Tab key until that is in focus, as somebody without a mouse would.
 * @param name what the control is called, or begins with
 */
async function tabTo(page: Page, role: string, name: RegExp): Promise<void> {
  const passed: string[] = [];
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    await page.keyboard.press('Tab');
    const focus = page.locator(':focus');
    const snapshot = (await focus.count()) === 0 ? '' : ((await focus.ariaSnapshot()).split('\n')[0] ?? '');
    passed.push(snapshot);
    const [, itsRole, itsName = ''] = /^- (\w+)(?: "([^"]*)")?/.exec(snapshot) ?? [];
    if (itsRole === role && name.test(itsName)) return;
  }
  throw new Error(`No Tab leads to the ${role} ${name}, only to:\n${passed.join('\n')}`);
}

describe.skipIf(noBrowser)('without a mouse', () => {
  const browser = sharedBrowser();

  test('a phone is found, dials, is held, and gives its call to a colleague', async () => {
    const office = await openOffice();
    const { page } = await openConsole(browser(), office);
    await page.getByRole('link', { name: /^Anna Ritter/ }).waitFor();
    await tabTo(page, 'searchbox', /^Search phones/);
    await page.keyboard.type('anna');
    await expect.poll(() => page.getByRole('region', { name: 'Phones' }).getByRole('listitem').count()).toBe(1);
    await tabTo(page, 'link', /^Anna Ritter/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Anna Ritter' }).waitFor();
    await tabTo(page, 'textbox', /^Number or SIP URI/);
    await page.keyboard.type('201');
    await page.keyboard.press('Enter');
    await callStates(office, '201', ['RINGING']);
    await command(office, ['answer', '201']);
    await callWith(page, 'David Cohen').getByText('Connected').waitFor();
    await tabTo(page, 'button', /^Hold$/);
    await page.keyboard.press('Enter');
    await callWith(page, 'David Cohen').getByText('Held', { exact: true }).waitFor();

    await expect.poll(() => page.locator(':focus').textContent()).toBe('Take back');
    await tabTo(page, 'button', /^Transfer to Ben Okafor/);
    await page.keyboard.press('Enter');
    const box = page.getByRole('form', { name: 'Transfer the call with David Cohen' });
    expect(await box.getByRole('combobox').inputValue()).toBe('102');
    await expect.poll(() => page.locator(':focus').textContent()).toBe('Transfer now');
    await page.keyboard.press('Enter');
    await callStates(office, '102', ['RINGING']);
    await page.getByText('No call. Dial above').waitFor();
  });

  test('keys are pressed and held, lights set, tabs turned', async () => {
    const office = await openOffice();
    const { page } = await openConsole(browser(), office);
    await openPhone(page, 'Anna Ritter');
    const history = page.getByRole('region', { name: 'Commands' });
    await page.getByRole('img', { name: /^The display/ }).waitFor();
    await tabTo(page, 'button', /^5/);
    await page.keyboard.press('Shift+Enter');
    await history.getByText(/key 5.*holdMs 1500|holdMs 1500.*key 5/).waitFor();
    await page.keyboard.press('Enter');
    await history.getByText(/^key 5$/).waitFor();

    await tabTo(page, 'tab', /^History/);
    await page.keyboard.press('ArrowRight');
    await page.getByRole('heading', { level: 2, name: 'Lights' }).waitFor();
    await tabTo(page, 'combobox', /^Light/);
    await page.keyboard.type('Blink f');
    await tabTo(page, 'textbox', /^Label/);
    await page.keyboard.type('Door');
    await page.keyboard.press('Enter');
    const { id } = office.phone('101');
    const leds = async () =>
      (
        await ask<{ commands: { nodes: { arguments: unknown }[] } }>(
          office,
          'query ($id: ID!) { commands(filter: { phoneIds: [$id], names: ["setLed"] }) { nodes { arguments } } }',
          { id },
        )
      ).commands.nodes;
    await expect
      .poll(leds)
      .toEqual([{ arguments: expect.objectContaining({ key: 'FUNCTION_1', light: 'BLINK_FAST', label: 'Door' }) }]);
  });

  test('live events are paused, and a call’s timeline is opened and closed', async () => {
    const office = await openOffice();
    await talk(office, '101', '102');
    const { page } = await openConsole(browser(), office);
    await page.getByRole('link', { name: /^Anna Ritter/ }).waitFor();
    await tabTo(page, 'link', /^Live/);
    await page.keyboard.press('Enter');
    const state = page.getByRole('status', { name: 'Events' });
    await state.getByText('Live').waitFor();
    await tabTo(page, 'button', /^Pause/);
    await page.keyboard.press('Space');
    await state.getByText('Paused').waitFor();
    await tabTo(page, 'button', /Anna Ritter Connected/);
    await page.keyboard.press('Enter');
    const timeline = page.getByRole('complementary', { name: 'Timeline of the call' });
    await timeline.getByText('Outgoing', { exact: true }).waitFor();
    await tabTo(page, 'button', /^Close the timeline/);
    await page.keyboard.press('Enter');
    await timeline.waitFor({ state: 'detached' });
  });
});
