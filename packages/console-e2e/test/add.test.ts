import type { DemoOffice } from '@hookswitch/demo';
import { createVirtualYealinkPhone, openTo } from '@hookswitch/driver-yealink/virtual';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ask } from './support/api.ts';
import { noBrowser, openConsole, openOffice, sharedBrowser } from './support/console.ts';

const LOGIN = { username: 'admin', password: 'of the new phone' };

/** A phone that the gateway has never heard of. */
async function newPhone(mac: string, settings: Readonly<Record<string, string>> = {}) {
  const phone = createVirtualYealinkPhone({
    model: 'T54W',
    firmware: '96.86.0.70',
    mac,
    number: '250',
    host: '127.0.0.1',
    credentials: LOGIN,
    settings: { ...openTo('127.0.0.1'), ...settings },
  });
  await phone.start();
  onTestFinished(() => phone.stop());
  return phone;
}

async function phonesOf(office: DemoOffice): Promise<readonly string[]> {
  const { phones } = await ask<{ phones: { nodes: { name: string }[] } }>(office, '{ phones { nodes { name } } }');
  return phones.nodes.map(({ name }) => name);
}

describe.skipIf(noBrowser)('adding phones', () => {
  const browser = sharedBrowser();

  test('one, step by step: found, recognised, its action URLs written, its path checked', async () => {
    const office = await openOffice({ people: [] });
    const phone = await newPhone('805ec0100250');
    const { page } = await openConsole(browser(), office);
    await page.getByRole('link', { name: 'Add phones' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Meeting room');
    await page.getByLabel('Address').fill(phone.address);
    await page.getByLabel('User name').fill(LOGIN.username);
    await page.getByLabel('Password').fill('not this one');
    await page.getByRole('button', { name: 'Find the phone' }).click();
    await page.getByRole('alert').getByText('The device could not be asked').waitFor();

    await page.getByLabel('Password').fill(LOGIN.password);
    await page.getByRole('button', { name: 'Find the phone' }).click();
    const match = page.getByRole('region', { name: 'Matches' });
    await match.getByText('Yealink').first().waitFor();
    expect(await match.getByRole('listitem').count()).toBeGreaterThan(0);
    // Looked at, and not added yet.
    expect(await phonesOf(office)).toEqual([]);
    await match.getByRole('button', { name: /^Add as Yealink/ }).click();
    await page.getByText('Yealink', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Write the action URLs' }).click();
    await page.getByText('Action URLs: ').waitFor();
    await page.getByRole('button', { name: 'Check the path' }).click();
    await page.getByText('The path works').waitFor();
    await page.getByRole('link', { name: 'Open Meeting room' }).click();
    await page.getByRole('heading', { level: 1, name: 'Meeting room' }).waitFor();
  });

  test('a phone that has the link makes itself known, and is added in one step', async () => {
    const office = await openOffice({ people: [] });
    const { page } = await openConsole(browser(), office);
    await page.getByRole('link', { name: 'Add phones' }).click();
    await page.getByText('No phone has made itself known.').waitFor();
    await page.getByRole('button', { name: 'Make a link for phones' }).click();
    const made = page.getByRole('status').filter({ hasText: 'Put one of these into your phones' });
    const url = await made
      .locator('dl > div', { has: page.getByText('action_url.setup_completed', { exact: true }) })
      .locator('dd code')
      .textContent();
    const phone = await newPhone('805ec0100252', { 'action_url.setup_completed': url ?? '' });
    const row = page.getByRole('listitem', { name: 'Yealink T54W at 127.0.0.1' });
    await row.getByText('80:5e:c0:10:02:52').waitFor();
    await row.getByText('Only the driver of yealink claims it.').waitFor();
    await row.getByRole('button').click();
    expect(await page.getByLabel('Address').inputValue()).toBe('127.0.0.1');
    await page.getByRole('region', { name: 'Matches' }).getByText('its MAC address is one of Yealink').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Entrance');
    await page.getByLabel('User name').fill(LOGIN.username);
    await page.getByRole('button', { name: /^Add as Yealink/ }).click();
    const another = page.getByRole('button', { name: 'Add another' });
    await another.waitFor();
    expect(await phonesOf(office)).toEqual(['Entrance']);
    await another.click();
    await page.getByText('No phone has made itself known.').waitFor();
    expect(phone.mac.replaceAll(':', '')).toBe('805ec0100252');
  });

  test('many from a CSV file: each row tells how it went, and a bad one keeps none back', async () => {
    const office = await openOffice({ people: [] });
    const phone = await newPhone('805ec0100251');
    const { page } = await openConsole(browser(), office);
    await page.getByRole('link', { name: 'Add phones' }).click();
    await page.getByRole('tab', { name: 'From a CSV file' }).click();
    const csv = [
      'name;address;username;password;vendor;model;sipUri;tags',
      `Hall;${phone.address};${LOGIN.username};${LOGIN.password};;;;"hall,ground floor"`,
      'Nowhere;http://127.0.0.1:9;;;;;;',
      ';http://127.0.0.1:10;;;;;;',
      'By SIP;;;;snom;D862;sip:260@127.0.0.1:5999;',
    ].join('\r\n');
    await page
      .getByLabel('CSV file', { exact: true })
      .setInputFiles({ name: 'phones.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await page.getByText('It has no name.').waitFor();
    await page.getByRole('button', { name: 'Add 3 phones' }).click();
    await page.getByRole('heading', { name: '2 of 4 added, 2 failed' }).waitFor();
    await page.getByRole('button', { name: 'Try the 1 that failed again' }).waitFor();
    const row = (name: string) => page.getByRole('row', { name: new RegExp(name) });
    await row('Hall')
      .getByText(/Added: yealink SIP-T54W|Added: yealink T54W/)
      .waitFor();
    expect(await row('Nowhere').locator('td').last().textContent()).not.toMatch(/^Added|^Ready/);
    await page.getByRole('link', { name: 'Floor' }).first().click();
    await page.getByRole('link', { name: /^By SIP/ }).waitFor();
  });

  test('a file that is none of phones is refused before anything is added', async () => {
    const office = await openOffice({ people: [] });
    const { page } = await openConsole(browser(), office);
    await page.getByRole('link', { name: 'Add phones' }).click();
    await page.getByRole('tab', { name: 'From a CSV file' }).click();
    const buffer = Buffer.from('person,room\nAnna,1\n');
    await page
      .getByLabel('CSV file', { exact: true })
      .setInputFiles({ name: 'rooms.csv', mimeType: 'text/csv', buffer });
    await page.getByRole('alert').getByText('must name the columns').waitFor();
    expect(await page.getByRole('button', { name: /^Add \d/ }).count()).toBe(0);
  });
});
