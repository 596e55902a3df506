import { expect, onTestFinished, test, vi } from 'vitest';
import type { VirtualSnomOptions } from '../../src/virtual/index.ts';
import { Office } from './office.ts';
import { CSTA_TYPE, openDialog } from './sip-dialog-wire.ts';
import { buttons, sipSender } from './sip-wire.ts';

const OPEN = {
  sip: {},
  firmware: '10.1.33.33',
  settings: { filter_registrar: 'off', fkey1: 'button 2' },
} as const satisfies VirtualSnomOptions;

/** Time passes only when the test says so. */
const stopClock = () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
};

test('a registrar that is silent is given up: the phone comes up without it', async () => {
  await using office = await Office.open();
  // It hears nobody, since it has no registrar itself.
  const registrar = await office.phone({ sip: {}, identities: [{ number: '1009' }] });
  stopClock();
  const starting = office.phone({ ...OPEN, sip: { registrar: registrar.sipUri ?? '' } });
  await registrar.sipRequests?.waitFor(({ method }) => method === 'REGISTER');
  vi.advanceTimersByTime(4000);
  const phone = await starting;
  expect(phone.effects.all).toEqual([{ type: 'sipRegistered', identity: 1, status: 408 }]);
});

test('a phone without an identity has a URI without a user', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ ...OPEN, identities: [] });
  expect(phone.sipUri).toMatch(/^sip:127\.0\.0\.1:\d+$/);
  const { ok } = await openDialog(await sipSender(phone), { headers: [CSTA_TYPE] });
  expect(ok.headers['contact']).toBe(`<${phone.sipUri}>`);
});

const PRESS = buttons('k=2\r\nc=on\r\nn=open door\r\na=message\r\n');
const isMessage = ({ start }: { readonly start: string }) => start.startsWith('MESSAGE ');

test('a press comes from the first identity that there is', async () => {
  await using office = await Office.open();
  const settings = { ...OPEN.settings, user_name1: '' };
  const phone = await office.phone({ ...OPEN, settings, identities: [{ number: '1001' }, { number: '1011' }] });
  const sender = await sipSender(phone);
  await sender.ask(PRESS);
  phone.user.press('P2');
  const pressed = await sender.received.waitFor(isMessage);
  expect(pressed.headers['from']).toMatch(/^<sip:1011@pbx\.example>;tag=/);
  sender.answer(pressed);
});

test('a phone without an identity tells of no press', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ ...OPEN, identities: [] });
  const sender = await sipSender(phone);
  await sender.ask(PRESS);
  expect(phone.lights.get('P2')?.state).toBe('on');
  phone.user.press('P2');
  await sender.ask({ method: 'OPTIONS' });
  expect(sender.received.all.filter(isMessage)).toEqual([]);
});

test('firmware 7 tells of a press by the place of the key', async () => {
  await using office = await Office.open();
  const settings = { ...OPEN.settings, fkey1: 'button' };
  const phone = await office.phone({ ...OPEN, model: '370', firmware: '7.3.14', settings });
  const sender = await sipSender(phone);
  await sender.ask(PRESS);
  phone.user.press('P2');
  const pressed = await sender.received.waitFor(isMessage);
  expect(pressed.body).toBe('k=2\r\nn=open door\r\n');
  sender.answer(pressed);
});

test('a press that nobody takes is told again for 32 seconds, and no longer', async () => {
  await using office = await Office.open();
  const phone = await office.phone(OPEN);
  const sender = await sipSender(phone);
  await sender.ask(PRESS);
  stopClock();
  phone.user.press('P2');
  const told = async (milliseconds: number) => {
    vi.advanceTimersByTime(milliseconds);
    await sender.ask({ method: 'OPTIONS' });
    return sender.received.all.filter(isMessage).length;
  };
  expect(await told(0)).toBe(1);
  const all = await told(32_000);
  expect(all).toBeGreaterThan(1);
  expect(await told(32_000)).toBe(all);
});
