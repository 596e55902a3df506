import { expect, test } from 'vitest';
import { ACTION_URL_EVENTS } from '../../src/virtual/index.ts';
import { type Office, startOffice } from './support/office.ts';

const incoming = async (office: Office) => {
  office.colleague.dial('1001');
  await office.exchange.settled();
};

/** Ways to make a phone fire, each from idle to idle. */
const STORIES: readonly ((office: Office) => Promise<void>)[] = [
  async (office) => {
    office.receiver.pages.set('/cfg', '#!version:1.0.0.1\n');
    office.phone.settings.set('static.auto_provision.server.url', `${office.receiver.address}/cfg`);
    await office.phone.reboot();
  },
  async ({ phone }) => {
    phone.setRegistered(1, false);
    phone.failRegistration(1);
    phone.setRegistered(1, true);
    phone.changeIp('192.0.2.3');
    phone.setPeripherals({ exp: 1 });
    phone.features.turn('callWaiting', false);
    phone.features.turn('callWaiting', true);
  },
  async ({ press }) => {
    const keys = ['DNDOn', 'DNDOff', 'AlwaysFwdOn=1003', 'AlwaysFwdOff', 'BusyFwdOn=1003', 'BusyFwdOff'];
    for (const key of [...keys, 'NoAnswFwdOn=1003=6', 'NoAnswFwdOff']) await press(key);
    for (const key of ['OFFHOOK', 'ONHOOK', 'SPEAKER', 'SPEAKER', 'HEADSET', 'HEADSET']) await press(key);
  },
  async (office) => {
    await incoming(office);
    for (const key of ['OK', 'F_HOLD', 'F_HOLD', 'MUTE', 'MUTE']) await office.press(key);
    office.colleague.hold();
    office.colleague.resume();
    await office.press('CALLEND');
  },
  async (office) => {
    await incoming(office);
    office.colleague.hangUp();
    await incoming(office);
    await office.press('X');
  },
  async (office) => {
    await office.press('number=1002');
    await office.press('CALLEND');
    await office.press('number=1002');
    office.colleague.hangUp();
  },
  async (office) => {
    await office.press('AlwaysFwdOn=1003');
    await incoming(office);
    office.colleague.hangUp();
    await office.press('AlwaysFwdOff');
  },
  async (office) => {
    await incoming(office);
    await office.press('OK');
    office.third.dial('1001');
    await office.exchange.settled();
    await office.press('OK');
    office.third.hangUp();
    await office.exchange.settled();
    for (const key of ['BTrans=1999', 'ATrans=1003', 'F_TRANSFER']) await office.press(key);
    office.colleague.hangUp();
  },
];

test('every one of the 45 events is fired by something, and reaches the server that its setting names', async () => {
  await using office = await startOffice();
  const reached = new Set<string>();
  office.receiver.received.onEntry(({ target }) => reached.add(target.split('?')[0]?.slice(1) ?? ''));
  for (const story of STORIES) {
    await story(office);
    await office.settled();
    expect(office.phone.calls).toEqual([]);
  }
  expect(ACTION_URL_EVENTS.filter((event) => !reached.has(event))).toEqual([]);
  expect(ACTION_URL_EVENTS.length).toBe(45);
});
