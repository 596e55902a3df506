import type { PhoneAccount } from '@hookswitch/driver-kit/virtual';
import { expect, test } from 'vitest';
import { fixture } from '../support/fixture.ts';
import { startOffice } from './support/office.ts';

/** An account of the capture, whose register and display names are the same. */
const account = (index: number, uri: string, [displayName, label = '']: readonly [string, string?]): PhoneAccount => {
  const [number = '', domain = ''] = uri.split('@');
  return { index, enabled: true, registered: true, label, number, displayName, domain };
};

test('the shape of the capture from firmware 71, line for line', async () => {
  await using office = await startOffice({
    model: 'T41P',
    firmware: '2.71.14.4',
    accounts: [
      account(1, '101@192.0.2.14', ['101', '101']),
      account(2, 'user1@host', ['dispname1']),
      account(3, 'user2@host', ['dispname2', 'LABEL']),
      account(5, 'user4@host', ['dispname4', 'Label 4']),
    ],
  });
  const reply = await office.get(fixture('action-uri/phonecfg.txt'));
  expect(reply.status).toBe(200);
  // The capture has a register name that is not the user's, and leaves out Account3.
  const capture = fixture('phonecfg/reply-v71.ini').replace(/regname(\d)/g, 'user$1');
  expect(reply.text).toBe(`${capture.replace('Account0', 'Account3=Disabled|||Disable|Off|\nAccount0')}\n`);
});

test('the example of the guide keeps its square brackets', async () => {
  await using office = await startOffice({ model: 'T31G' });
  const reply = await office.get(fixture('action-uri/phonecfg-brackets.txt'));
  const sections = reply.text.split('\n').filter((line) => line.startsWith('['));
  expect(sections).toEqual(['[Status]', '[Accounts]', '[Forward_always]', '[Forward_busy]', '[Forward_noanswer]']);
});

test('what is not asked for is not there, unless the phone gives all', async () => {
  await using office = await startOffice({ model: 'T31G', firmware: '124.85.0.5', mac: '805ec0000009' });
  expect((await office.get('/servlet?phonecfg=get')).text).toBe('[Status]\nFirmwareVersion=124.85.0.5\n');
  Object.assign(office.phone.quirks, { phonecfgSelectsAll: true, phonecfgShowsIdentity: true });
  const all = (await office.get('/servlet?phonecfg=get&accounts=0')).text;
  expect(all).toMatch(/^\[Status\]\nFirmwareVersion=124\.85\.0\.5\nMACAddress=805ec0000009\nDeviceID=/);
  expect(all).toContain('[DND]\nState=Off\n');
  expect(all).not.toContain('[Accounts]');
});

test('it reports what was set, UTF-8 labels included', async () => {
  await using office = await startOffice({
    model: 'T31G',
    accounts: [account(1, '1001@pbx.example', ['Анна', 'Анна'])],
  });
  await office.press('DNDOn');
  await office.press('NoAnswFwdOn=1003=12');
  const { text } = await office.get('/servlet?phonecfg=get&accounts=1&dnd=1&fw=1');
  expect(text).toContain('Account0=Enabled|Анна|1001|Анна|Off|1001@pbx.example|\n');
  expect(text).toContain('[DND]\nState=On\n');
  expect(text).toContain('[Forward_noanswer]\nRingtimes=12\nState=On\nTarget=1003\n');
});

test('it stands behind the same gates as keys', async () => {
  await using office = await startOffice({ settings: { 'features.action_uri_limit_ip': '192.0.2.10' } });
  expect((await office.get('/servlet?phonecfg=get')).status).toBe(403);
});
