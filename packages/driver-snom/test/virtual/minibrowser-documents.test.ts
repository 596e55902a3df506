import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { VirtualSnomOptions } from '../../src/virtual/index.ts';
import { keys } from './keyed-calls.ts';
import { Office } from './office.ts';
import { ask } from './wire.ts';

/** A phone that was told to fetch a page, and has got this. */
const fetched = async (
  office: Office,
  body: string,
  options: VirtualSnomOptions & { readonly status?: number } = {},
) => {
  const { status = 200, ...rest } = options;
  office.answers.set('/page', { status, headers: { 'Content-Type': 'text/xml' }, body });
  const phone = await office.phone(rest);
  await ask(phone, `/minibrowser.htm?url=${encodeURIComponent(`${office.gateway.address}/page`)}`);
  await phone.browser.client.history.waitForCount(1);
  await nextTurn();
  return phone;
};

test('a directory shows names with their numbers', async () => {
  await using office = await Office.open();
  const entries = [
    ['Fred', '1002'],
    ['Ann', '1003'],
  ].map(([name, number]) => `<DirectoryEntry><Name>${name}</Name><Telephone>${number}</Telephone></DirectoryEntry>`);
  const phone = await fetched(
    office,
    `<SnomIPPhoneDirectory><Title>Staff</Title>${entries.join('')}</SnomIPPhoneDirectory>`,
  );
  expect(phone.screen.content.lines).toEqual(['1001', 'Staff', 'Fred 1002', 'Ann 1003']);
});

test('items of a menu may have their names as elements, and are walked down and up', async () => {
  await using office = await Office.open();
  const items = ['1003', '1002', '1004'].map(
    (number) => `<MenuItem><Name>Call ${number}</Name><URL>snom://mb_exit#numberdial=${number}</URL></MenuItem>`,
  );
  const phone = await fetched(office, `<SnomIPPhoneMenu><Title>M</Title>${items.join('')}</SnomIPPhoneMenu>`);
  expect(phone.screen.content.lines).toEqual(['1001', 'M', 'Call 1003', 'Call 1002', 'Call 1004']);
  await keys(office, phone, 'DOWN;DOWN;UP;ENTER');
  expect(phone.callLists.dialed.map(({ number }) => number)).toEqual(['1002']);
});

const KEY = (action: string) => `<SoftKeyItem><Name>F1</Name><Label>Do</Label>${action}</SoftKeyItem>`;

test.each([
  ['with SoftKey does the key event in it', 'only_mb', '<SoftKey>F_MUTE</SoftKey>', false],
  ['without anything to do is lost', 'only_mb', '', false],
  ['without anything to do is the phone’s where the document says so', 'relevant', '', true],
])('a soft key %s', async (...[_, state, action, isPhones]) => {
  await using office = await Office.open();
  const phone = await fetched(
    office,
    `<SnomIPPhoneText state="${state}"><Title>T</Title>${KEY(action)}</SnomIPPhoneText>`,
    { settings: { gui_fkey1: 'F_DND' } },
  );
  await keys(office, phone, 'F1');
  expect(phone.features.isOn('dnd')).toBe(isPhones);
  const pressed = phone.effects.all.flatMap((effect) => (effect.type === 'keyPressed' ? [effect.key] : []));
  expect(pressed).toEqual(action === '' ? ['F1'] : ['F1', 'F_MUTE']);
});

test.each(['', ' mil="soon"'])('a fetch with "%s" for its time is done at once', async (time) => {
  await using office = await Office.open();
  office.answers.set('/next', { status: 200, body: '<SnomIPPhoneText><Title>Next</Title></SnomIPPhoneText>' });
  const phone = await fetched(
    office,
    `<SnomIPPhoneText><Title>First</Title><fetch${time}>${office.gateway.address}/next</fetch></SnomIPPhoneText>`,
  );
  await phone.browser.shown.waitFor(({ title }) => title === 'Next');
  expect(phone.browser.shown.all.map(({ title }) => title)).toEqual(['First', 'Next']);
});

test('a document that comes with an error is not shown', async () => {
  await using office = await Office.open();
  const phone = await fetched(office, '<SnomIPPhoneText><Title>Gone</Title></SnomIPPhoneText>', { status: 404 });
  expect([phone.browser.document, phone.screen.content.lines]).toEqual([undefined, ['1001']]);
});

test('a LED that the phone does not have stays out, the others of the document are set', async () => {
  await using office = await Office.open();
  const leds = [999, 4, 5].map((number) => `<LED Number="${number}" COLOR="Red">ON</LED>`);
  const phone = await fetched(office, `<SnomIPPhoneText>${leds.join('')}</SnomIPPhoneText>`, { model: 'D785' });
  const lit = Object.entries(phone.lights.toRecord()).filter(([, { state }]) => state !== 'off');
  expect(lit).toEqual([['P1', { state: 'on', color: 'red' }]]);
});

test.each([
  ['127.0.0.1', 'Deutsch'],
  ['127.0.0.2', 'English'],
])('a page of 127.0.0.1 writes a setting where %s is trusted: it is %s then', async (trusted, language) => {
  await using office = await Office.open();
  office.answers.set('/page', {
    status: 200,
    body: '<SnomIPPhoneText><Title>T</Title><fetch mil="1">snom://mb_exit#set:language=Deutsch</fetch></SnomIPPhoneText>',
  });
  const phone = await office.phone({ settings: { mb_trusted_hosts: trusted } });
  const url = `${office.gateway.address.replace('//', '//user:secret@')}/page?a=1#x`;
  await ask(phone, `/minibrowser.htm?url=${encodeURIComponent(url)}`);
  await phone.browser.shown.waitForCount(1);
  await phone.browser.settled();
  expect([phone.settings.get('language'), phone.browser.document]).toEqual([language, undefined]);
});
