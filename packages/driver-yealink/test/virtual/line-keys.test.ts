import { expect, test } from 'vitest';
import { startOffice } from './support/office.ts';

test('the LED of a line follows its calls, and one that was pushed stays otherwise', async () => {
  await using office = await startOffice();
  const { lights } = office.phone;
  const led = () => [lights.get('LINE1')?.state, lights.get('LINE1')?.color];
  office.colleague.dial('1001');
  await office.exchange.settled();
  expect(led()).toEqual(['fastflash', 'GREEN']);
  await office.press('OK');
  expect(led()).toEqual(['on', 'GREEN']);
  await office.press('F_HOLD');
  expect(led()).toEqual(['slowflash', 'GREEN']);
  await office.press('CALLEND');
  expect(led()).toEqual(['off', undefined]);
});

test.each([
  ['13', '1002', 'dials'],
  ['16', '1002', 'dials'],
])('a key of type %s with %s %s', async (type, value) => {
  await using office = await startOffice({ settings: { 'linekey.4.type': type, 'linekey.4.value': value } });
  await office.press('L4');
  expect(office.phone.calls[0]?.remote.number).toBe(value);
});

test('a key of type 11 sends digits into the call', async () => {
  await using office = await startOffice({ settings: { 'linekey.4.type': '11', 'linekey.4.value': '1*#' } });
  await office.press('number=1002');
  office.colleague.answer();
  await office.exchange.settled();
  await office.press('L4');
  expect(office.colleague.legs[0]?.receivedDigits).toBe('1*#');
});

test('the memory keys of a T28P do what they are set up for, other models have none', async () => {
  const settings = { 'memorykey.10.type': '13', 'memorykey.10.value': '1002' };
  await using old = await startOffice({ model: 'T28P', firmware: '2.71.14.4', settings });
  await old.press('D1');
  expect(old.phone.calls).toEqual([]);
  await old.press('D10');
  expect(old.phone.calls[0]?.remote.number).toBe('1002');
  old.phone.quirks.unknownKeyStatus = 400;
  expect((await old.get('/servlet?key=D11')).status).toBe(400);
  await using other = await startOffice({ model: 'T46G', quirks: { unknownKeyStatus: 400 } });
  expect((await other.get('/servlet?key=D1')).status).toBe(400);
});

test('a key of type 5 is do not disturb, one of type 0 nothing', async () => {
  await using office = await startOffice({ settings: { 'linekey.4.type': '5', 'linekey.5.type': '0' } });
  await office.press('L4');
  expect(office.phone.features.isOn('dnd')).toBe(true);
  await office.press('L4');
  await office.press('L5');
  expect(await office.events()).toEqual(['dnd_on', 'dnd_off']);
});

test.each(['17', '27'])('a key of type %s fetches its URL with the variables filled in', async (type) => {
  await using office = await startOffice({ mac: '805ec0000042', settings: { 'linekey.4.type': type } });
  const { phone, receiver } = office;
  receiver.pages.set('/key', '<YealinkIPPhoneExecute><ExecuteItem URI="Led:LINE4_GREEN=on"/></YealinkIPPhoneExecute>');
  phone.settings.set('linekey.4.value', `${receiver.address}/key?m=$mac`);
  phone.user.press('L4');
  await phone.lights.waitFor('LINE4', (light) => light?.state === 'on');
  expect(receiver.received.last?.target).toBe('/key?m=805ec0000042');
  receiver.pages.set('/key', 'not XML');
  phone.user.press('L4');
  await phone.fetches.history.waitForCount(2);
  const isFault = () => phone.screen.content.lines[0] === 'File format error!';
  await expect.poll(isFault).toBe(type === '27');
});

test('keys that are set up otherwise: do not disturb, voice mail, digits, forwarding, hold, and what is not known', async () => {
  const types = { 1: '5', 2: '12', 3: '11', 4: '2', 5: '4', 6: '99' };
  const settings = Object.fromEntries(Object.entries(types).map(([key, type]) => [`linekey.${key}.type`, type]));
  await using office = await startOffice({
    voiceMailNumber: '1003',
    settings: { ...settings, 'linekey.3.value': '42', 'linekey.4.value': '1002' },
  });
  const { phone } = office;
  await office.press('L1');
  expect(phone.features.isOn('dnd')).toBe(true);
  await office.press('L1');
  expect(phone.features.isOn('dnd')).toBe(false);
  await office.press('L4');
  expect(phone.features.forward('always')).toMatchObject({ on: true, target: '1002' });
  phone.settings.set('linekey.4.value', '');
  await office.press('L4');
  expect(phone.features.forward('always')).toMatchObject({ on: false, target: '1002' });
  phone.quirks.forwardMode = 'custom';
  await office.press('L4');
  expect(phone.features.forward('always').on).toBe(false);
  await office.press('L3');
  expect(phone.typed).toBe('42');
  await office.press('X');
  await office.press('L2');
  expect(phone.calls.map(({ remote }) => remote.number)).toEqual(['1003']);
  await office.press('L6');
  office.third.answer();
  await office.exchange.settled();
  await office.press('L5');
  expect(phone.calls.map(({ state }) => state)).toEqual(['held']);
});

test('by switch calls leave the LEDs of lines alone', async () => {
  await using office = await startOffice({ quirks: { callsDriveLineLeds: false } });
  office.colleague.dial('1001');
  await office.exchange.settled();
  await office.press('OK');
  expect(office.phone.calls[0]?.state).toBe('connected');
  expect(office.phone.lights.get('LINE1')?.state).toBe('off');
});

test('the key of an account that is not registered does nothing', async () => {
  await using office = await startOffice();
  office.phone.setRegistered(1, false);
  for (const key of ['1', '0', '0', '2', 'L1']) await office.press(key);
  expect([office.phone.calls, office.phone.audioPath]).toEqual([[], 'none']);
  office.phone.setRegistered(1, true);
  await office.press('L1');
  expect(office.phone.calls.map(({ remote }) => remote.number)).toEqual(['1002']);
});

test('the key of a line, pressed with the handset up, chooses the line and leaves the ear where it is', async () => {
  const account = { enabled: true, registered: true, label: '', displayName: '', domain: 'pbx.example' };
  await using office = await startOffice({
    accounts: [
      { ...account, index: 1, number: '1001' },
      { ...account, index: 2, number: '1006' },
    ],
  });
  for (const key of ['OFFHOOK', 'L2', '1', '0', '0', '2', 'OK']) await office.press(key);
  expect([office.phone.calls[0]?.local.number, office.phone.audioPath]).toEqual(['1006', 'handset']);
});

test.each(['17', '27'])('a key of type %s without an address fetches nothing and shows no fault', async (type) => {
  await using office = await startOffice({ settings: { 'linekey.4.type': type } });
  await office.press('L4');
  await office.phone.fetches.idle();
  expect([office.phone.fetches.history.count, office.phone.screen.content.lines[0]]).toEqual([0, 'SIP-T54W']);
});
