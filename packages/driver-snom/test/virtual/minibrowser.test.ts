import { expect, test } from 'vitest';
import type { VirtualSnomOptions } from '../../src/virtual/index.ts';
import { Office } from './office.ts';
import { ask, fixture } from './wire.ts';

/** Knows silent documents. */
const SILENT = { firmware: '10.1.82.0' } as const;

/** A phone, told to fetch a page with this content. */
const opening = async (office: Office, content: string, options: VirtualSnomOptions = {}) => {
  office.answers.set('/page', { status: 200, headers: { 'Content-Type': 'text/xml' }, body: content });
  const phone = await office.phone(options);
  const reply = await ask(
    phone,
    `/minibrowser.htm?url=${encodeURIComponent(`${office.gateway.address}/page?a=1&b=2`)}`,
  );
  expect(reply.status).toBe(200);
  return phone;
};

test('the phone pulls the page itself, as the phone that it is', async () => {
  await using office = await Office.open();
  const phone = await opening(office, '<SnomIPPhoneText><Title>Hi</Title><Text>one<br/>two</Text></SnomIPPhoneText>');
  await phone.browser.shown.waitForCount(1);
  const { target, headers } = await office.called('/page');
  expect(target).toBe('/page?a=1&b=2');
  expect(headers['user-agent']).toMatch(/^Mozilla\/4\.0 \(compatible; snomD785-SIP /);
  expect(phone.screen.content.lines).toEqual(['1001', 'Hi', 'one', 'two']);
});

test('a URL with raw : and / is taken as well', async () => {
  await using office = await Office.open();
  office.answers.set('/page', { status: 200, body: '<SnomIPPhoneText><Title>Hi</Title></SnomIPPhoneText>' });
  const phone = await office.phone();
  await ask(phone, `/minibrowser.htm?url=${office.gateway.address}%2Fpage%3Fa%3D1%26b%3D2`);
  expect((await office.called('/page')).target).toBe('/page?a=1&b=2');
});

test('Symcon’s page sets a light and leaves the browser', async () => {
  await using office = await Office.open();
  const phone = await opening(office, fixture('minibrowser-led-symcon.xml'));
  await phone.lights.waitFor('P1', (light) => light?.state === 'on');
  expect(phone.lights.get('P1')).toEqual({ state: 'on', color: 'green' });
  await expect.poll(() => phone.browser.document).toBeUndefined();
});

test('CalloraCTI’s page, in other letters', async () => {
  await using office = await Office.open();
  const phone = await opening(office, fixture('minibrowser-led-callora.xml'), { model: '320' });
  await phone.lights.waitFor('P3', (light) => light?.state === 'blinkfast');
  expect(phone.lights.get('P3')).toEqual({ state: 'blinkfast', color: 'orange' });
});

test.each([
  ['D335', 2, 'P1'],
  ['D385', 3, 'P2'],
  ['D713', 1, 'P1'],
  ['D735', 5, 'P1'],
  ['D785', 28, 'P24'],
  ['320', 1, 'P1'],
  ['320', 0, 'MESSAGE'],
])('on a %s LED %i is %s', async (model, number, key) => {
  await using office = await Office.open();
  const phone = await opening(
    office,
    `<SnomIPPhoneText><led number="${number}" color="Red">BlinkSlow</led></SnomIPPhoneText>`,
    { model },
  );
  await phone.lights.waitFor(key, (light) => light?.state === 'blinkslow');
  expect(phone.lights.get(key)?.color).toBe('red');
});

test('a silent document shows nothing and does its fetch', async () => {
  await using office = await Office.open();
  const phone = await office.phone(SILENT);
  office.party('1002', { answersAfterMs: 0 });
  phone.user.dial('1002');
  await office.exchange.settled();
  expect(phone.browser.show(fixture('minibrowser-silent-hold.xml'))).toBe(true);
  expect(phone.browser.document).toBeUndefined();
  await expect.poll(() => phone.calls[0]?.state).toBe('held');
});

test('mb_exit#numberdial dials', async () => {
  await using office = await Office.open();
  const phone = await office.phone(SILENT);
  office.party('1002');
  phone.browser.show(
    '<IPPhoneSilent document_id="click_to_dial"><fetch mil="10">phone://mb_exit#numberdial=1002</fetch></IPPhoneSilent>',
  );
  await expect.poll(() => phone.calls[0]?.state).toBe('ringing');
});

test('before 10.1 a root without Snom is no document', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ model: '720', firmware: '8.9.3.80' });
  expect(phone.browser.show('<IPPhoneText><Title>Hi</Title></IPPhoneText>')).toBe(false);
  expect(phone.browser.show('<SNOMIPPHONETEXT><TITLE>Hi</TITLE></SNOMIPPHONETEXT>')).toBe(true);
});

test('before 10.1.82.0 nothing is silent', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ firmware: '10.1.81.0' });
  expect(phone.browser.show(fixture('minibrowser-silent-hold.xml'))).toBe(false);
});

test.each(['plain text', '<html></html>', '<SnomIPPhoneText>', '<!DOCTYPE x><SnomIPPhoneText/>'])(
  '%s shows nothing',
  async (content) => {
    await using office = await Office.open();
    const phone = await opening(office, content);
    await phone.browser.client.history.waitForCount(1);
    expect([phone.browser.document, phone.browser.shown.count]).toEqual([undefined, 0]);
  },
);

test('a fetch goes round until the browser is left', async () => {
  await using office = await Office.open();
  const url = `${office.gateway.address}/page`;
  const phone = await opening(
    office,
    `<SnomIPPhoneText><Title>Poll</Title><fetch mil="1">${url}</fetch></SnomIPPhoneText>`,
  );
  await office.gateway.requests.waitForCount(3);
  await expect.poll(() => phone.browser.document?.title).toBe('Poll');
  phone.user.cancel();
  expect(phone.browser.document).toBeUndefined();
});

test('soft keys and menus lead on; keys without use do not reach an idle phone', async () => {
  await using office = await Office.open();
  const phone = await office.phone();
  const menu =
    '<MenuItem name="One"><URL>snom://mb_exit</URL></MenuItem><MenuItem name="Two"><URL>snom://mb_exit#key=F_DND</URL></MenuItem>';
  const key = '<SoftKeyItem><Name>F2</Name><Label>Mute</Label><URL>snom://mb_nop#numberdial=1002</URL></SoftKeyItem>';
  phone.browser.show(`<SnomIPPhoneMenu><Title>M</Title>${menu}${key}</SnomIPPhoneMenu>`);
  expect(phone.screen.content.lines).toEqual(['1001', 'M', 'One', 'Two']);
  phone.user.press('7');
  expect(phone.desk.digits).toBe('');
  phone.user.press('F2');
  expect(phone.callLists.dialed).toEqual([{ number: '1002', displayName: '' }]);
  phone.telephony.endAll();
  phone.user.press('DOWN');
  phone.user.press('ENTER');
  expect([phone.features.isOn('dnd'), phone.browser.document]).toEqual([true, undefined]);
});

test('a call can be taken while a document is shown, and relevant documents leave keys to the phone', async () => {
  await using office = await Office.open();
  const phone = await office.phone();
  phone.browser.show('<SnomIPPhoneText state="relevant"><Title>Hi</Title></SnomIPPhoneText>');
  phone.user.press('7');
  expect(phone.desk.digits).toBe('7');
  phone.desk.clearDigits();
  phone.browser.show('<SnomIPPhoneText><Title>Hi</Title></SnomIPPhoneText>');
  office.party('1002').dial('1001');
  await office.exchange.settled();
  phone.user.answer();
  expect(phone.calls[0]?.state).toBe('connected');
});

test('only documents of trusted hosts write settings', async () => {
  await using office = await Office.open();
  const phone = await office.phone(SILENT);
  const wish = 'snom://mb_nop#set:language=Deutsch';
  phone.browser.show('<SnomIPPhoneSilent/>', '192.0.2.10');
  await phone.browser.open(wish);
  expect(phone.settings.get('language')).toBe('English');
  phone.settings.set('mb_trusted_hosts', '192.0.2.9 192.0.2.10');
  await phone.browser.open(wish);
  expect(phone.settings.get('language')).toBe('Deutsch');
  phone.browser.show('<SnomIPPhoneSilent/>', '192.0.2.1');
  await phone.browser.open('snom://mb_nop#set:language=Italiano');
  expect(phone.settings.get('language')).toBe('Deutsch');
});

test('identities count from 0 in documents', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ identities: [{ number: '1001' }, { number: '1011' }] });
  await phone.browser.open('snom://mb_nop#reregister=1');
  await phone.browser.open('snom://mb_nop#reregister=-1');
  expect(phone.effects.all).toEqual([2, 1, 2].map((identity) => ({ type: 'reregistered', identity })));
});
