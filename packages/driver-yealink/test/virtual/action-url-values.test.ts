import { expect, test } from 'vitest';
import { PERIPHERALS } from '../../src/virtual/index.ts';
import { fixtureLines } from '../support/fixture.ts';
import { type Office, startOffice } from './support/office.ts';

const VARIABLES = [...fixtureLines('action-url/variables-v80.txt'), ...fixtureLines('action-url/variables-v84.txt')];

/** Sets `event:template`, makes the phone fire it, and gives the query that came. */
const fire = async (office: Office, setting: string, act: () => unknown): Promise<string> => {
  const [event, template] = setting.split(/:(.*)/s);
  office.phone.settings.set(`action_url.${event}`, `${office.receiver.address}/t?${template}`);
  act();
  await office.settled();
  const { target } = await office.receiver.received.waitFor(({ target }) => target.startsWith('/t?'));
  return target.slice('/t?'.length);
};

const template = VARIABLES.map((variable) => `${variable.slice(1)}=${variable}`).join('&');
const valuesOf = (query: string) =>
  Object.fromEntries(query.split('&').map((pair) => pair.split(/=(.*)/s).slice(0, 2)));

test('all variables of an incoming call', async () => {
  await using office = await startOffice({ mac: '80:5E:C0:12:34:56', ip: '192.0.2.20', displayName: 'Anna' });
  const query = await fire(office, `incoming_call:${template}`, () => office.colleague.dial('1001'));
  expect(VARIABLES.length).toBe(21);
  expect(valuesOf(query)).toEqual({
    mac: '805ec0123456',
    ip: '192.0.2.20',
    model: 'SIP-T54W',
    firmware: '96.85.0.5',
    active_url: 'sip:1001@pbx.example',
    active_user: '1001',
    active_host: 'pbx.example',
    local: 'sip:1001@pbx.example',
    remote: 'sip:1002@pbx.example',
    display_local: 'Anna',
    display_remote: 'Berta',
    call_id: '33093',
    callerID: 'Berta',
    calledNumber: '',
    vpn_ip: '',
    ...Object.fromEntries(PERIPHERALS.map((name) => [`${name}_number`, '0'])),
  });
});

test('an outgoing call has the called number and no caller', async () => {
  await using office = await startOffice();
  const dial = () => office.phone.user.dial('1002');
  const query = await fire(office, 'outgoing_call:a=$callerID&b=$calledNumber&l=$local&r=$remote', dial);
  expect(query).toBe('a=&b=1002&l=sip:1001@pbx.example&r=sip:1002@pbx.example');
});

test('an answered outgoing call knows the name of the other side, which is no caller', async () => {
  await using office = await startOffice();
  office.colleague.script = { number: '1002', displayName: 'Berta', answersAfterMs: 0 };
  const dial = () => office.phone.user.dial('1002');
  expect(await fire(office, 'call_established:a=$callerID&d=$display_remote', dial)).toBe('a=&d=Berta');
});

test('the example of the guide', async () => {
  await using office = await startOffice({ mac: '805ec0000007' });
  const example = fixtureLines('action-url/example-v80.txt')[0] ?? '';
  const here = example.replace('http://192.168.1.10', office.receiver.address);
  expect(office.phone.provision(`#!version:1.0.0.1\n${here}`)).toMatchObject({ applied: 1 });
  await office.press('number=1002');
  office.colleague.answer();
  await office.exchange.settled();
  await office.press('MUTE');
  await office.receiver.received.waitFor(({ target }) => target === '/help.xml?mac=805ec0000007');
});

test('outside of calls only the phone has values, and what is no variable stays', async () => {
  await using office = await startOffice({ mac: '805ec0000001' });
  const query = await fire(office, 'dnd_on:m=$mac&r=$remote&id=$call_id&x=$line', () =>
    office.phone.user.press('DNDOn'),
  );
  expect(query).toBe('m=805ec0000001&r=&id=&x=$line');
});

test.each([
  ['raw', 'n=Müller & Sön #1+2 "x"'],
  ['percent', 'n=M%C3%BCller%20%26%20S%C3%B6n%20%231%2B2%20%22x%22'],
  ['spaceOnly', 'n=Müller%20&%20Sön%20#1+2%20"x"'],
] as const)('escaping %s puts these bytes on the wire', async (escaping, expected) => {
  await using office = await startOffice({ quirks: { escaping } });
  office.phone.actionUrls.settings.fragment = 'send';
  const caller = office.exchange.addParty({ number: '1005', displayName: 'Müller & Sön #1+2 "x"' });
  const query = await fire(office, 'incoming_call:n=$display_remote', () => caller.dial('1001'));
  expect(query).toBe(expected);
});

test('forms that sources disagree on are switches', async () => {
  await using office = await startOffice({
    mac: '805ec0000001',
    quirks: { macForm: 'colons', callerIdHolds: 'number', calledNumberOnIncoming: true },
  });
  const dial = () => office.colleague.dial('1001');
  expect(await fire(office, 'incoming_call:m=$mac&c=$callerID&n=$calledNumber', dial)).toBe(
    'm=80:5e:c0:00:00:01&c=1002&n=1001',
  );
  office.phone.quirks.macForm = 'upper';
  office.receiver.received.clear();
  expect(await fire(office, 'dnd_on:m=$mac', () => office.phone.user.press('DNDOn'))).toBe('m=805EC0000001');
});

test('the request says what phone it is', async () => {
  await using office = await startOffice({ model: 'T77U', firmware: '185.87.0.10', mac: '44dbd2bdb569' });
  await fire(office, 'dnd_on:', () => office.phone.user.press('DNDOn'));
  expect(office.receiver.received.last?.headers['user-agent']).toBe('Yealink SIP-T77U 185.87.0.10 44:db:d2:bd:b5:69');
});

test('older names of two settings still work', async () => {
  await using office = await startOffice();
  const { settings } = office.phone;
  settings.set('action_url.registered', '');
  settings.set('action_url.log_on', `${office.receiver.address}/old`);
  office.phone.setRegistered(1, true);
  await office.receiver.received.waitFor(({ target }) => target === '/old');
});

test('a reply that is an XML object is obeyed, unless the phone does not look', async () => {
  await using office = await startOffice();
  const led = '<YealinkIPPhoneExecute Beep="no"><ExecuteItem URI="Led:LINE2_RED=on"/></YealinkIPPhoneExecute>';
  office.receiver.pages.set('/dnd_on', led);
  await office.press('DNDOn');
  await office.phone.lights.waitFor('LINE2', (light) => light?.state === 'on');
  office.phone.quirks.showsActionUrlReplies = false;
  office.receiver.pages.set('/dnd_off', led.replace('=on', '=off'));
  await office.press('DNDOff');
  await office.settled();
  expect(office.phone.lights.get('LINE2')).toEqual({ state: 'on', color: 'RED' });
});
