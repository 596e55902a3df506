import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PEOPLE } from '@hookswitch/demo';
import { parseConfig } from '@hookswitch/gateway';
import { expect, onTestFinished, test } from 'vitest';
import { DOCS } from '../src/folders.ts';
import { eventRows } from '../src/pages/events-page.ts';
import { generatedPages } from '../src/pages/generated-pages.ts';
import { provisioningText } from '../src/pages/provisioning-text.ts';
import { fillRegions } from '../src/pages/regions.ts';
import { ask, openOffice } from './blocks/office.ts';

const pages = generatedPages();

test('pages are made from the drivers', () => {
  expect([...pages.keys()].sort()).toEqual([
    'connect-poly.md',
    'connect-snom.md',
    'connect-yealink.md',
    'drivers.md',
    'events.md',
  ]);
});

test.each([...pages])('%s is as it is made now', (name, text) => {
  const help = 'Give: npx -y pnpm@10.34.9 --filter @hookswitch/site generate';
  expect(readFileSync(join(DOCS, name), 'utf8'), help).toBe(text);
});

test('a mark that nobody fills is a mistake', () => {
  expect(() => fillRegions('<!-- generated: nothing -->\n\n<!-- /generated -->')).toThrow('"nothing"');
});

test('every action URL of both vendors has its event, once', () => {
  const all = eventRows().flatMap((row) => [...row.names.values()].flatMap((set) => [...set]));
  const names = all.filter((name) => !name.startsWith('uacsta:'));
  expect(names.length).toBe(72);
  expect(new Set(names).size).toBe(72);
});

test('the events of uaCSTA stand beside the action URLs that tell the same', () => {
  const kindsOf = (name: string) =>
    eventRows()
      .filter(({ names }) => names.get('snom')?.has(`uacsta:${name}`))
      .map(({ kind }) => kind);
  expect(kindsOf('DeliveredEvent')).toEqual(['INCOMING', 'OUTGOING']);
  expect(kindsOf('HeldEvent')).toEqual(['HELD', 'REMOTE_HELD']);
  expect(kindsOf('ConferencedEvent')).toEqual(['CONFERENCED']);
  expect(kindsOf('DoNotDisturbEvent')).toEqual(['DO_NOT_DISTURB on', 'DO_NOT_DISTURB off']);
  expect(kindsOf('ForwardingEvent')).toHaveLength(6);
  expect(kindsOf('ConnectionClearedEvent')).toEqual(expect.arrayContaining(['ENDED', 'REMOTE_CANCELED']));
  const names = eventRows().flatMap(({ names }) => [...(names.get('snom') ?? [])]);
  expect(new Set(names.filter((name) => name.startsWith('uacsta:'))).size).toBe(13);
});

test('the provisioning text of the pages is what the gateway makes for such a phone', async () => {
  const office = await openOffice();
  onTestFinished(() => office.stop());
  const made = PEOPLE.map(async ({ number, vendor, model, firmware, reach }) => {
    const query = 'query ($id: ID!) { phone(by: { id: $id }) { actionUrls { url } provisioning { text } } }';
    const { data } = await ask(office, { query, variables: { id: office.phone(number).id } });
    const phone = data?.['phone'] as { actionUrls: { url: string }[]; provisioning: { text: string } };
    const [, baseUrl = '', token = ''] = /^(https?:\/\/[^/]+)\/a\/([^/]+)\//.exec(phone.actionUrls[0]?.url ?? '') ?? [];
    const options = vendor === 'snom' ? { accounts: `${number}@${office.exchange.domain}` } : {};
    const text = provisioningText(
      { vendor, model, firmware, options, ...(reach === 'sip' ? { sipOnly: true } : {}) },
      { baseUrl, token },
    );
    expect(token).not.toBe('');
    expect(text, `${vendor} ${model}`).toBe(phone.provisioning.text);
  });
  expect(made.length).toBe(7);
  await Promise.all(made);
});

test('the page of the environment has every variable that the gateway reads, and no other', () => {
  const page = readFileSync(join(DOCS, 'environment.md'), 'utf8');
  const rows = page.split('\n').filter((line) => line.startsWith('| `HOOKSWITCH_'));
  const documented = rows.flatMap((line) => line.split('|')[1]?.match(/HOOKSWITCH_[A-Z_]+/g) ?? []);
  const refused = parseConfig({ HOOKSWITCH_NO_SUCH: '1' }, null);
  const [, list = ''] = /There are: (.*)\.$/.exec('faults' in refused ? (refused.faults[0] ?? '') : '') ?? [];
  // These are read before, and then stand in the environment as the keys themselves.
  const files = ['HOOKSWITCH_ADMIN_KEY_FILE', 'HOOKSWITCH_SECRET_KEY_FILE'];
  expect(documented.sort()).toEqual([...list.split(', '), ...files].sort());
});
