import { describe, expect, test } from 'vitest';
import { callStates, command, talk } from './support/api.ts';
import { noBrowser, openConsole, openOffice, sharedBrowser } from './support/console.ts';
import { callWith, openPhone } from './support/phone-page.ts';

describe.skipIf(noBrowser)('the page of a phone', () => {
  const browser = sharedBrowser();

  test('dials from the chosen account, and shows the call live until it is hung up', async () => {
    const office = await openOffice();
    const { page } = await openConsole(browser(), office);
    await openPhone(page, 'Anna Ritter');
    await page.getByLabel('Number or SIP URI').fill('201');
    const from = page.getByLabel('From');
    await expect.poll(() => from.locator('option').count()).toBe(2);
    await from.selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Call', exact: true }).click();
    // Until it is answered the phone knows but the number.
    await callWith(page, '201').getByText('Dialing').waitFor();
    await callStates(office, '201', ['RINGING']);
    await command(office, ['answer', '201']);
    const call = callWith(page, 'David Cohen');
    await call.getByText('Connected').waitFor();

    await call.getByRole('button', { name: 'Hold' }).click();
    await call.getByText('Held', { exact: true }).waitFor();
    await call.getByRole('button', { name: 'Take back' }).click();
    await call.getByText('Connected').waitFor();
    await call.getByRole('button', { name: 'Hang up' }).click();
    await page.getByText('No call. Dial above').waitFor();
    // The last command's row tells how it came out, without a reload.
    const history = page.getByRole('region', { name: 'Commands' });
    await history.getByText('Hang up').waitFor();
    await expect.poll(() => history.getByText('CONFIRMED').count()).toBeGreaterThanOrEqual(3);
  });

  test('answers a call that rings', async () => {
    const office = await openOffice();
    const { page } = await openConsole(browser(), office);
    await openPhone(page, 'Anna Ritter');
    await command(office, ['dial', '201'], '101');
    await callWith(page, 'David Cohen').getByRole('button', { name: 'Answer' }).click();
    await callWith(page, 'David Cohen').getByText('Connected').waitFor();
    expect(office.phone('101').phone.calls).toHaveLength(1);
  });

  test('hands a call over by dragging it onto a colleague', async () => {
    const office = await openOffice();
    await talk(office, '101', '201');
    const { page } = await openConsole(browser(), office);
    await openPhone(page, 'Anna Ritter');
    await callWith(page, 'David Cohen').dragTo(page.getByRole('button', { name: 'Transfer to Ben Okafor' }));
    expect(await page.getByLabel('Transfer David Cohen to').inputValue()).toBe('102');
    await page.getByRole('button', { name: 'Transfer now' }).click();
    await expect.poll(() => office.phone('102').phone.calls.length).toBe(1);
    await page.getByText('No call. Dial above').waitFor();
  });

  test('hands a call over to a colleague by name, and sends the phone no name that means nobody', async () => {
    const office = await openOffice();
    await talk(office, '101', '201');
    const { page } = await openConsole(browser(), office);
    await openPhone(page, 'Anna Ritter');
    await callWith(page, 'David Cohen').getByRole('button', { name: 'Transfer' }).click();
    await page.keyboard.type('Nobody');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('Nobody here is called “Nobody”').waitFor();
    await page.getByLabel('Transfer David Cohen to').fill('ben');
    await page.keyboard.press('Enter');
    await expect.poll(() => office.phone('102').phone.calls.length).toBe(1);
  });

  test('hands a call over by keyboard alone, asking first', async () => {
    const office = await openOffice();
    await talk(office, '101', '201');
    const { page } = await openConsole(browser(), office);
    await openPhone(page, 'Anna Ritter');
    await callWith(page, 'David Cohen').getByRole('button', { name: 'Transfer' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('102');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await callWith(page, 'David Cohen').getByText('Held', { exact: true }).waitFor();
    await callStates(office, '102', ['RINGING']);
    await command(office, ['answer', '102']);
    const consultation = page.getByRole('listitem').filter({ hasText: 'They are being asked' });
    await consultation.getByText('Connected').waitFor();
    await consultation.getByRole('button', { name: 'Hand over', exact: true }).click();
    await page.getByText('No call. Dial above').waitFor();
    expect(office.phone('102').phone.calls).toHaveLength(1);
  });

  test('shows what somebody else asks of the phone as it comes out, without asking again', async () => {
    const office = await openOffice();
    const { page } = await openConsole(browser(), office);
    await openPhone(page, 'Anna Ritter');
    const history = page.getByRole('region', { name: 'Commands' });
    await history.getByText('Configure action URLs').first().waitFor();
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.postData()?.includes('query History') === true) asked.push(request.url());
    });
    await command(office, ['dial', '101'], '201');
    const row = history.getByRole('listitem').filter({ hasText: 'Dial' });
    await row.getByText('CONFIRMED').waitFor();
    expect(asked).toEqual([]);
  });

  test('sends a ringing call elsewhere', async () => {
    const office = await openOffice();
    const { page } = await openConsole(browser(), office);
    await openPhone(page, 'Anna Ritter');
    await command(office, ['dial', '201'], '101');
    await callWith(page, 'David Cohen').getByRole('button', { name: 'Send elsewhere' }).click();
    await page.keyboard.type('102');
    await page.getByRole('button', { name: 'Send it there' }).click();
    await callStates(office, '102', ['RINGING']);
    await page.getByText('No call. Dial above').waitFor();
  });

  test('joins two calls', async () => {
    const office = await openOffice();
    await talk(office, '101', '201');
    const { page } = await openConsole(browser(), office);
    await openPhone(page, 'Anna Ritter');
    await callWith(page, 'David Cohen').getByRole('button', { name: 'Hold' }).click();
    await callWith(page, 'David Cohen').getByText('Held', { exact: true }).waitFor();
    await page.getByLabel('Number or SIP URI').fill('102');
    await page.getByRole('button', { name: 'Call', exact: true }).click();
    await callStates(office, '102', ['RINGING']);
    await command(office, ['answer', '102']);
    await page.getByRole('button', { name: 'Talk with all 2' }).click();
    await page.getByRole('region', { name: 'Commands' }).getByText('Conference').waitFor();
    await expect
      .poll(() => office.phone('101').phone.calls.map(({ state }) => state))
      .toEqual(['connected', 'connected']);
  });

  test('presses keys, holds them, and sets a light that the drawing shows', async () => {
    const office = await openOffice();
    const { page } = await openConsole(browser(), office);
    await openPhone(page, 'Anna Ritter');
    const phone = page.getByRole('region', { name: 'Anna Ritter, the phone' });
    const sent = () => office.phone('101').phone.requests.all.filter(({ target }) => target.includes('key=')).length;
    await phone.getByRole('button', { name: /^5/ }).click();
    await expect.poll(sent).toBeGreaterThan(0);
    const key = phone.getByRole('button', { name: /^7/ });
    await key.focus();
    await page.keyboard.down('Space');
    await page.waitForFunction(
      (start) => performance.now() - start > 700,
      await page.evaluate(() => performance.now()),
    );
    await page.keyboard.up('Space');
    const history = page.getByRole('region', { name: 'Commands' });
    await history
      .getByText(/key 7.*holdMs|holdMs.*key 7/)
      .first()
      .waitFor();

    await page.getByRole('tab', { name: 'Lights' }).click();
    await page.getByRole('combobox', { name: 'Light' }).selectOption('BLINK_FAST');
    await page.getByRole('button', { name: 'Set the light' }).click();
    await phone.getByRole('button', { name: 'function key 1, light Blink fast' }).waitFor();
  });

  test('shows what a message would be in both vendors’ XML, and shows it', async () => {
    const office = await openOffice();
    const { page } = await openConsole(browser(), office);
    await openPhone(page, 'Anna Ritter');
    await page.getByRole('tab', { name: 'Message' }).click();
    await page.getByLabel('Text').fill('Lunch is < ready');
    const previews = page.getByRole('region', { name: /^Preview for/ });
    await previews.filter({ hasText: 'Lunch is' }).nth(1).waitFor();
    expect(await previews.nth(0).textContent()).toContain('SnomIPPhone');
    expect(await previews.nth(1).textContent()).toContain('YealinkIPPhone');
    await page.getByRole('button', { name: 'Show it' }).click();
    await page.getByRole('region', { name: 'Notices' }).getByText('Show message').waitFor();
    await expect.poll(() => office.phone('101').phone.screen.content.lines.join(' ')).toContain('Lunch is < ready');
  });

  test('checks the event path and says where it is broken', async () => {
    const office = await openOffice();
    const { page } = await openConsole(browser(), office);
    await openPhone(page, 'Anna Ritter');
    await page.getByRole('tab', { name: 'Event path' }).click();
    await page.getByRole('button', { name: 'Check the path' }).click();
    await page.getByText('The path works').waitFor();

    await office.phone('101').phone.refuseConnections(true);
    await page.getByRole('button', { name: 'Check the path' }).click();
    await page.getByRole('list', { name: 'The path' }).getByText(': broken').waitFor();
  });
});
