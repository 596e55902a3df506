import { expect, test } from 'vitest';
import { fixture, fixtureLines } from '../support/fixture.ts';
import { startOffice } from './support/office.ts';

/** Key names as the guides' tables give them, made into values that can be sent. */
const examplesOf = (row: string): readonly string[] => {
  if (row === '0-9/*/POUND') return [...'0123456789*', 'POUND'];
  if (row === 'L1-LX') return ['L1', 'L27'];
  if (row === 'F1-F4') return ['F1', 'F2', 'F3', 'F4'];
  if (row === 'UP/DOWN/LEFT/RIGHT') return row.split('/');
  return [
    row.replace('xxx=n', '1002=12').replace('xxx', '1002').replace('outgoing_uri=y', 'outgoing_uri=1001@pbx.example'),
  ];
};

const knownKeys = async (file: string, options: Parameters<typeof startOffice>[0]): Promise<number> => {
  let tried = 0;
  for (const value of fixtureLines(file).flatMap(examplesOf)) {
    await using office = await startOffice({ ...options, quirks: { unknownKeyStatus: 400, rebootReply: 'ok' } });
    expect([value, (await office.get(`/servlet?key=${value}`)).status]).toEqual([value, 200]);
    await office.phone.whenUp();
    tried += 1;
  }
  return tried;
};

test('every key of the V80 guide is known', async () => {
  expect(await knownKeys('action-uri/values-v80.txt', { model: 'T46G', firmware: '28.80.0.130' })).toBe(47);
});

test('every key that the V81 guide adds is known', async () => {
  expect(await knownKeys('action-uri/values-v81.txt', { model: 'T46S', firmware: '66.81.0.25' })).toBe(12);
});

test.each([
  ['L28', 'T46G', 'one line key more than it has'],
  ['L4', 'T23G', 'likewise'],
  ['OK', 'T57W', 'a key that the guide takes from it'],
  ['ENTER', 'T48S', 'likewise'],
  ['Nonsense', 'T54W', 'no key at all'],
  ['F5', 'T54W', 'one soft key too many'],
  ['AUTOP', 'T54W', 'the wrong case'],
  ['number=', 'T54W', 'no number'],
  ['NoAnswFwdOn=1002=7', 'T54W', 'seconds that are no multiple of 6'],
])('key %s on a %s is unknown: %s', async (key, model) => {
  await using office = await startOffice({ model, quirks: { unknownKeyStatus: 400 } });
  expect((await office.get(`/servlet?key=${key}`)).status).toBe(400);
  office.phone.quirks.unknownKeyStatus = 200;
  expect((await office.get(`/servlet?key=${key}`)).status).toBe(200);
  expect(await office.events()).toEqual([]);
});

test.each(['/cgi-bin/ConfigManApp.com', '/cgi-bin/cgiServer.exx', '/servlet'])('keys come by %s', async (path) => {
  await using office = await startOffice();
  expect((await office.get(`${path}?key=DNDOn`)).status).toBe(200);
  expect(office.phone.features.isOn('dnd')).toBe(true);
});

test('firmware 70 has the old paths only and leads there, and some have the new one only', async () => {
  await using office = await startOffice({ model: 'T28P', firmware: '2.70.0.90' });
  const front = await office.get('/');
  expect([front.status, front.headers['location']]).toEqual([302, '/cgi-bin/ConfigManApp.com']);
  expect((await office.get('/servlet?key=DNDOn')).status).toBe(404);
  expect((await office.get('/cgi-bin/ConfigManApp.com?key=DNDOn')).status).toBe(200);
  office.phone.quirks.paths = 'servletOnly';
  expect((await office.get('/cgi-bin/cgiServer.exx?key=DNDOff')).status).toBe(404);
});

test('a sequence presses its keys in turn, and a touch model ignores it', async () => {
  await using desk = await startOffice({ model: 'T46S' });
  await desk.press('1;0;0;2;OK');
  expect(desk.phone.calls[0]?.remote.number).toBe('1002');
  expect((await desk.get(fixture('action-uri/sequence.txt'))).status).toBe(200);

  await using touch = await startOffice({ model: 'T48S' });
  await touch.press('DNDOn;MUTE');
  expect(touch.phone.features.isOn('dnd')).toBe(false);
  touch.phone.quirks.sequenceOnTouch = 'firstOnly';
  await touch.press('DNDOn;DNDOff');
  expect(touch.phone.features.isOn('dnd')).toBe(true);
});

test('the key comes first and nothing after the last parameter, unless the phone is told to be lenient', async () => {
  await using office = await startOffice();
  const bent = ['/servlet?outgoing_uri=1001@pbx.example&key=number=1002', '/servlet?key=DNDOn&'];
  for (const target of bent) expect((await office.get(target)).status).toBe(404);
  expect([office.phone.calls, office.phone.features.isOn('dnd')]).toEqual([[], false]);
  office.phone.quirks.strictParameterOrder = false;
  for (const target of bent) expect((await office.get(target)).status).toBe(200);
  expect([office.phone.calls.length, office.phone.features.isOn('dnd')]).toEqual([1, true]);
});

test.each([
  ['/servlet?key=number=%2B491234', '+491234'],
  ['/servlet?key=number=+491234', ' 491234'],
  ['/servlet?key=number=*72%23', '*72#'],
])('%s dials "%s"', async (target, dialed) => {
  await using office = await startOffice();
  office.exchange.addParty({ number: dialed });
  await office.get(target);
  expect(office.phone.calls[0]?.remote.number).toBe(dialed);
});

test('by switch a raw + stays one', async () => {
  await using office = await startOffice({ quirks: { plusReadsAsSpace: false } });
  office.exchange.addParty({ number: '+491234' });
  await office.press('number=+491234');
  expect(office.phone.calls[0]?.remote.number).toBe('+491234');
});

test('keys that only third parties name: call waiting on, back to the idle screen, the held call', async () => {
  await using office = await startOffice({ quirks: { unverifiedKeys: true } });
  const { phone } = office;
  await office.press('CallWaitingOff');
  await office.press('CallWaitingOn');
  expect(await office.events()).toEqual(['call_waiting_off', 'call_waiting_on']);
  await office.push('<YealinkIPPhoneTextScreen><Text>Lunch</Text></YealinkIPPhoneTextScreen>');
  expect(phone.screen.content.lines).toEqual(['Lunch']);
  await office.press('BACK_IDLE');
  expect(phone.screen.content.lines[0]).toBe('SIP-T54W');
  for (const [number, party] of [
    ['1002', office.colleague],
    ['1003', office.third],
  ] as const) {
    await office.press(`number=${number}`);
    party.answer();
    await office.exchange.settled();
  }
  await office.press('SWAP');
  expect(phone.calls.map(({ remote, state }) => `${remote.number} ${state}`)).toEqual(['1002 connected', '1003 held']);
});

test('forms that single sources report work by switch only', async () => {
  await using office = await startOffice({ quirks: { unknownKeyStatus: 400 } });
  const { quirks, features, calls } = office.phone;
  expect((await office.get('/servlet?number=1002&outgoing_uri=1001@pbx.example')).status).toBe(404);
  expect((await office.get('/servlet?key=number%3D1002')).status).toBe(400);
  expect((await office.get('/servlet?key=CallWaitingOff')).status).toBe(400);
  expect([calls.length, features.isOn('callWaiting')]).toEqual([0, true]);
  Object.assign(quirks, {
    dialsWithoutKey: true,
    decodesInnerEquals: true,
    unverifiedKeys: true,
    caseInsensitiveKeys: true,
  });
  for (const target of [
    '/servlet?number=1002&outgoing_uri=1001@pbx.example',
    '/servlet?key=number%3D1003',
    '/servlet?key=CallWaitingOff',
    '/servlet?key=dndon',
  ]) {
    expect((await office.get(target)).status).toBe(200);
  }
  expect(office.phone.calls.map((leg) => leg.remote.number)).toEqual(['1002', '1003']);
  expect([features.isOn('callWaiting'), features.isOn('dnd')]).toEqual([false, true]);
});

test('volume keys stop at the ends', async () => {
  await using office = await startOffice();
  await office.press('VOLUME_UP');
  expect(office.phone.volume).toBe(9);
  await office.press(Array(20).fill('VOLUME_DOWN').join(';'));
  expect(office.phone.volume).toBe(0);
});

test('keys of later guides are unknown to firmware 80', async () => {
  await using office = await startOffice({ model: 'T46G', firmware: '28.80.0.130', quirks: { unknownKeyStatus: 400 } });
  let tried = 0;
  for (const key of fixtureLines('action-uri/values-v81.txt').flatMap(examplesOf)) {
    expect([key, (await office.get(`/servlet?key=${key}`)).status]).toEqual([key, 400]);
    tried += 1;
  }
  expect(tried).toBe(12);
});
