import { CAPABILITIES, type Capability, type Transport } from '@hookswitch/core';
import { describe, expect, test } from 'vitest';
import { capabilitiesFor } from '../src/capabilities.ts';
import { type FakePhone, profileOf } from './fake-context.ts';

type Matrix = Partial<Record<Capability, readonly Transport[]>>;

async function matrixOf(phone: FakePhone): Promise<Matrix> {
  const ladders = capabilitiesFor(await profileOf(phone));
  return Object.fromEntries(
    Object.entries(ladders).map(([name, ladder]) => [name, ladder.map(({ transport }) => transport)]),
  );
}

const http: Transport[] = ['HTTP'];
const csta: Transport[] = ['CSTA'];
const cstaFirst: Transport[] = ['CSTA', 'HTTP'];
const httpFirst: Transport[] = ['HTTP', 'CSTA'];

/** Keys and pages alone. */
const pagesOnly: Matrix = {
  PRESS_KEYS: http,
  DIAL: http,
  ANSWER: http,
  HANG_UP: http,
  HANG_UP_ALL: http,
  REJECT: http,
  HOLD: http,
  MUTE: http,
  DTMF: http,
  TRANSFER_BLIND: http,
  TRANSFER_ATTENDED: http,
  CONFERENCE: http,
  DO_NOT_DISTURB: http,
  FORWARDING: http,
  LED: http,
  CONFIGURE_KEYS: http,
  DISPLAY: http,
  SCREEN: http,
  RINGTONE: http,
  PHONE_INFO: http,
  WRITE_SETTINGS: http,
  ACTION_URLS: http,
  VERIFY_EVENTS: http,
  REBOOT: http,
  FACTORY_RESET: http,
  UPGRADE_FIRMWARE: http,
  LOG_OFF: http,
  REREGISTER: http,
  CLEAR_CALL_LISTS: http,
};
/** The eight requests that firmware before 8.7 takes. */
const oldCsta: Matrix = {
  ...pagesOnly,
  DIAL: httpFirst,
  ANSWER: cstaFirst,
  HANG_UP: cstaFirst,
  HANG_UP_ALL: cstaFirst,
  REJECT: cstaFirst,
  HOLD: cstaFirst,
  TRANSFER_BLIND: cstaFirst,
};
const csta873: Matrix = {
  ...oldCsta,
  CONFERENCE: cstaFirst,
  DTMF: httpFirst,
  DISPLAY: cstaFirst,
  PHONE_INFO: cstaFirst,
  READ_SETTINGS: csta,
  WRITE_SETTINGS: cstaFirst,
  ACTION_URLS: cstaFirst,
  VERIFY_EVENTS: cstaFirst,
  CALL_SNAPSHOT: csta,
};
const csta874: Matrix = {
  ...csta873,
  TRANSFER_ATTENDED: cstaFirst,
  DEFLECT: csta,
  DO_NOT_DISTURB: cstaFirst,
  FORWARDING: cstaFirst,
};
const {
  MUTE: _mute,
  CONFERENCE: _conference,
  FORWARDING: _forwarding,
  LED: _led,
  CONFIGURE_KEYS: _keys,
  DISPLAY: _display,
  SCREEN: _screen,
  VERIFY_EVENTS: _verify,
  ...legacy
} = pagesOnly;
const without = (matrix: Matrix, ...names: readonly Capability[]): Matrix =>
  Object.fromEntries(Object.entries(matrix).filter(([name]) => !names.some((other) => other === name)));

describe('capability × transport by model and firmware', () => {
  test.each<[string, FakePhone, Matrix]>([
    ['a D785 with firmware 10', { model: 'D785', firmware: '10.1.33.33' }, csta874],
    ['a 720 with 8.7.5', { model: '720', firmware: '8.7.5.35' }, csta874],
    ['a 720 with 8.7.4', { model: '720', firmware: '8.7.4' }, csta874],
    ['a 720 with 8.7.3', { model: '720', firmware: '8.7.3.25' }, csta873],
    ['a 720 with 8.7.2', { model: '720', firmware: '8.7.2.19' }, pagesOnly],
    ['a 320 with 8.4', { model: 'snom320', firmware: '8.4.35' }, oldCsta],
    [
      'a 320 with 8.4 and its identity',
      { model: '320', firmware: '8.4.35', options: { accounts: '1@h' } },
      { ...oldCsta, TRANSFER_ATTENDED: cstaFirst },
    ],
    ['a 320 with 7.3.3', { model: '320', firmware: '7.3.3' }, pagesOnly],
    ['a 320, firmware not known', { model: '320', firmware: null }, without(pagesOnly, 'FORWARDING')],
    ['a 870 with 8.4.34', { model: '870', firmware: '8.4.34' }, { ...without(oldCsta, 'LED'), TOUCH: http }],
    ['a 870 with 8.4.33', { model: '870', firmware: '8.4.33' }, without(oldCsta, 'LED')],
    ['a 870 with 8.7.5', { model: '870', firmware: '8.7.5.44' }, { ...without(csta874, 'LED'), TOUCH: http }],
    ['a D375: LED numbers not known', { model: 'D375' }, without(csta874, 'LED')],
    ['a D375 with its LED numbers', { model: 'D375', options: { ledOffset: '3' } }, csta874],
    ['a 220', { model: '220', firmware: '5.5' }, legacy],
    ['a D862', { model: 'D862', firmware: '10.1.226.13' }, {}],
    ['a D815', { model: 'D815', firmware: '10.1.198.19' }, {}],
    ['a D862 that is said to obey', { model: 'D862', options: { remoteControl: 'on' } }, pagesOnly],
    ['a phone that is said not to', { model: '320', firmware: '7.1', options: { remoteControl: 'off' } }, {}],
    ['a DECT base', { model: 'M700', firmware: '5.30' }, {}],
    ['nothing known', { model: null, firmware: null }, without(pagesOnly, 'LED', 'FORWARDING')],
    ['no HTTP address', { http: false }, {}],
  ])('%s', async (_, phone, expected) => {
    expect(await matrixOf(phone)).toEqual(expected);
  });

  test('a D862 by SIP alone', async () => {
    const notify: Transport[] = ['SIP_NOTIFY'];
    const both: Transport[] = ['SIP_NOTIFY', 'UACSTA'];
    const csta: Transport[] = ['UACSTA'];
    const bySip: Matrix = {
      PRESS_KEYS: notify,
      DIAL: both,
      ANSWER: both,
      HANG_UP: both,
      HANG_UP_ALL: csta,
      REJECT: both,
      DEFLECT: csta,
      HOLD: both,
      MUTE: notify,
      DTMF: csta,
      TRANSFER_BLIND: both,
      TRANSFER_ATTENDED: both,
      CONFERENCE: both,
      DO_NOT_DISTURB: notify,
      LED: ['SIP_MESSAGE'],
      DISPLAY: notify,
      WRITE_SETTINGS: ['SIP_MESSAGE'],
      VERIFY_EVENTS: notify,
      REBOOT: notify,
      PROVISION: notify,
      REREGISTER: notify,
    };
    const d862 = { model: 'D862', firmware: '10.1.226.13', sip: true } as const;
    expect(await matrixOf({ ...d862, http: false })).toEqual(bySip);
    expect(await matrixOf(d862)).toEqual(bySip);
    expect(await matrixOf({ ...d862, http: false, sip: false })).toEqual({});
    const talks = { ...bySip, ANSWER: ['SIP_NOTIFY', ...both], HOLD: ['SIP_NOTIFY', ...both] };
    const options = { talkAndHold: 'on', dialByInvite: 'true' };
    expect(await matrixOf({ ...d862, http: false, options })).toEqual(talks);
    // Where the phone names both, and the operator does not say otherwise.
    const allowEvents = ['refer', 'talk', 'hold'];
    expect(await matrixOf({ ...d862, http: false, allowEvents })).toEqual(talks);
    expect(await matrixOf({ ...d862, http: false, allowEvents: ['talk', 'refer'] })).toEqual(bySip);
    expect(await matrixOf({ ...d862, http: false, allowEvents, options: { talkAndHold: 'off' } })).toEqual(bySip);
    expect(await matrixOf({ ...d862, sip: false, allowEvents })).toEqual({});
    // What names an identity of the phone.
    const accounts = '1001@pbx.example';
    expect(await matrixOf({ ...d862, options: { accounts, dialByInvite: 'true' } })).toEqual({
      ...bySip,
      DIAL: ['SIP_NOTIFY', 'UACSTA', 'SIP_INVITE'],
      CALL_SNAPSHOT: csta,
    });
  });

  test('a D785 by both: SIP behind HTTP, but for lights', async () => {
    expect(await matrixOf({ sip: true })).toEqual({
      ...csta874,
      DIAL: ['HTTP', 'CSTA', 'UACSTA'],
      ANSWER: ['CSTA', 'HTTP', 'UACSTA'],
      HANG_UP: ['CSTA', 'HTTP', 'UACSTA'],
      HANG_UP_ALL: ['CSTA', 'HTTP', 'UACSTA'],
      REJECT: ['CSTA', 'HTTP', 'UACSTA'],
      DEFLECT: ['CSTA', 'UACSTA'],
      HOLD: ['CSTA', 'HTTP', 'UACSTA'],
      DTMF: ['HTTP', 'CSTA', 'UACSTA'],
      TRANSFER_BLIND: ['CSTA', 'HTTP', 'UACSTA'],
      TRANSFER_ATTENDED: ['CSTA', 'HTTP', 'UACSTA'],
      CONFERENCE: ['CSTA', 'HTTP', 'UACSTA'],
      LED: ['SIP_MESSAGE', 'HTTP'],
      DISPLAY: ['CSTA', 'HTTP', 'SIP_NOTIFY'],
      WRITE_SETTINGS: ['CSTA', 'HTTP', 'SIP_MESSAGE'],
      CALL_SNAPSHOT: ['CSTA'],
      REBOOT: ['HTTP', 'SIP_NOTIFY'],
      PROVISION: ['SIP_NOTIFY'],
      REREGISTER: ['HTTP', 'SIP_NOTIFY'],
    });
  });

  test('a D785 that names talk and hold: behind its documented keys, unless the operator says that it obeys them', async () => {
    const named = { sip: true, allowEvents: ['talk', 'hold'] };
    const ladder = ['CSTA', 'HTTP', 'SIP_NOTIFY', 'UACSTA'];
    expect(await matrixOf(named)).toMatchObject({ ANSWER: ladder, HOLD: ladder });
    const first = ['CSTA', 'SIP_NOTIFY', 'HTTP', 'UACSTA'];
    const options = { talkAndHold: 'on' };
    expect(await matrixOf({ ...named, options })).toMatchObject({ ANSWER: first, HOLD: first });
  });

  test.each<[string, FakePhone, readonly Capability[]]>([
    ['a D815 whose firmware is not known takes no keys by NOTIFY', { model: 'D815', firmware: null }, ['PRESS_KEYS']],
    ['a D815 with 10.1.81 neither', { model: 'D815', firmware: '10.1.81.0' }, ['PRESS_KEYS']],
    ['uaCSTA begins with 8.7.1', { model: '720', firmware: '8.7.0' }, ['DIAL', 'CALL_SNAPSHOT']],
    ['settings by MESSAGE begin with 8.7.3', { model: '720', firmware: '8.7.2' }, ['WRITE_SETTINGS']],
    ['a 220 has no lights and documents', { model: '220', firmware: '5.5' }, ['LED', 'DISPLAY', 'WRITE_SETTINGS']],
    ['a DECT base has nothing', { model: 'M700', firmware: '5.30' }, CAPABILITIES],
  ])('by SIP alone: %s', async (_, phone, lacks) => {
    const matrix = await matrixOf({ ...phone, http: false, sip: true });
    expect(lacks.filter((name) => matrix[name] !== undefined)).toEqual([]);
  });
  test.each<[string, FakePhone, readonly Capability[]]>([
    ['a D815 with 10.1.82.0 takes keys by NOTIFY', { model: 'D815', firmware: '10.1.82.0' }, ['PRESS_KEYS']],
    ['a D892, whatever its firmware', { model: 'D892', firmware: null }, ['PRESS_KEYS', 'DIAL']],
    ['a 720 with 8.7.1, which has no CSTA over HTTP', { model: '720', firmware: '8.7.1' }, ['DIAL', 'ANSWER']],
    ['a 220 is restarted', { model: '220', firmware: '5.5' }, ['REBOOT', 'PROVISION', 'REREGISTER']],
  ])('by SIP alone: %s', async (_, phone, has) => {
    const matrix = await matrixOf({ ...phone, http: false, sip: true });
    expect(has.filter((name) => matrix[name] === undefined)).toEqual([]);
  });

  test('what HTTP cannot do is in no ladder', async () => {
    const everything = new Set(Object.keys(await matrixOf({})).concat('TOUCH'));
    expect(CAPABILITIES.filter((name) => !everything.has(name))).toEqual(['PROVISION']);
  });
});

describe('evidence', () => {
  test('each rung says where it comes from', async () => {
    for (const ladder of Object.values(capabilitiesFor(await profileOf({ sip: true })))) {
      for (const rung of ladder) expect(rung.source?.length).toBeGreaterThan(10);
    }
  });

  test('a page documents the models that it names, and no others', async () => {
    const keys = async (model: string | null) => capabilitiesFor(await profileOf({ model })).PRESS_KEYS?.[0].evidence;
    expect(await keys('D785')).toBe('DOCUMENTED');
    expect(await keys('320')).toBe('DOCUMENTED');
    expect(await keys('D150')).toBe('ASSUMED');
    expect(await keys(null)).toBe('ASSUMED');
    const mute = async (model: string) => capabilitiesFor(await profileOf({ model })).MUTE?.[0].evidence;
    const led = async (model: string) => capabilitiesFor(await profileOf({ model, sip: true })).LED?.[0].evidence;
    expect([await led('370'), await led('D785')]).toEqual(['DOCUMENTED', 'ASSUMED']);
    expect([await mute('D385'), await mute('720')]).toEqual(['DOCUMENTED', 'ASSUMED']);
  });
});
