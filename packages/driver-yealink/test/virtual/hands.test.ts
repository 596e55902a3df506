import { expect, test } from 'vitest';
import { configUrls } from '../../src/virtual/provisioning.ts';
import { type Office, startOffice } from './support/office.ts';

const called = ({ phone }: Office) => phone.calls.map(({ remote, state }) => `${remote.number} ${state}`);

/** A call to that number, answered. */
const talk = async (office: Office, number: '1002' | '1003') => {
  office.phone.user.dial(number);
  await office.exchange.settled();
  (number === '1002' ? office.colleague : office.third).answer();
  await office.exchange.settled();
};

test('a number that was typed is dialled when the handset is taken up, and its call ends when it is put down', async () => {
  await using office = await startOffice();
  office.phone.user.type('1003');
  office.phone.user.pickUp();
  await office.exchange.settled();
  expect(called(office)).toEqual(['1003 ringing']);
  office.phone.user.hangUp();
  await office.exchange.settled();
  expect([called(office), office.phone.audioPath]).toEqual([[], 'none']);
});

test('what rings is rejected by hand; where nothing rings there is nothing to reject', async () => {
  await using office = await startOffice();
  expect(office.phone.user.reject()).toBe(false);
  const call = office.colleague.dial('1001');
  await office.exchange.settled();
  expect([office.phone.user.reject(), call.endReason]).toEqual([true, 'remoteRejected']);
});

test('the speaker key in a call on the handset changes the ear and dials nothing', async () => {
  await using office = await startOffice();
  office.phone.user.pickUp();
  await talk(office, '1002');
  await office.press('SPEAKER');
  expect([called(office), office.phone.audioPath]).toEqual([['1002 connected'], 'speaker']);
});

test('a second call that rings is cancelled, and the one in the ear goes on', async () => {
  await using office = await startOffice();
  await talk(office, '1002');
  const second = office.third.dial('1001');
  await office.exchange.settled();
  await office.press('X');
  expect([second.endReason, called(office)]).toEqual(['remoteRejected', ['1002 connected']]);
});

test('F_TRANSFER with two calls of before joins the one in the ear with the other', async () => {
  await using office = await startOffice();
  await talk(office, '1002');
  await talk(office, '1003');
  expect(called(office)).toEqual(['1002 held', '1003 connected']);
  await office.press('F_TRANSFER');
  await office.press('F_TRANSFER');
  await office.settled();
  expect(called(office)).toEqual([]);
  expect(office.colleague.legs.map(({ remote }) => remote.number)).toEqual(['1003']);
});

test('the end key gives up a number that was to be entered, and keeps the call', async () => {
  await using office = await startOffice();
  await talk(office, '1002');
  await office.press('F_TRANSFER');
  await office.press('CALLEND');
  expect(called(office)).toEqual(['1002 held']);
});

test('a blind transfer sends the call on, and without a call does nothing', async () => {
  await using office = await startOffice();
  await talk(office, '1002');
  await office.press('BTrans=1003');
  await office.settled();
  expect(called(office)).toEqual([]);
  await office.press('BTrans=1003');
  expect(called(office)).toEqual([]);
});

test('line keys: the own line is chosen, dialled from, held and taken back', async () => {
  await using office = await startOffice();
  await office.press('L1');
  expect(office.phone.audioPath).toBe('speaker');
  office.phone.user.type('1002');
  await office.press('L1');
  office.colleague.answer();
  await office.exchange.settled();
  expect(called(office)).toEqual(['1002 connected']);
  await office.press('L1');
  expect(called(office)).toEqual(['1002 connected']);
  await office.press('F_HOLD');
  await office.press('L1');
  expect(called(office)).toEqual(['1002 connected']);
});

test('files of a provisioning server: its own alone where the model has no code', () => {
  expect(configUrls('', '1', 'aa')).toEqual([]);
  expect(configUrls('http://p/x.cfg', '1', 'aa')).toEqual(['http://p/x.cfg']);
  expect(configUrls('http://p/', '', 'aa')).toEqual(['http://p/aa.cfg']);
  expect(configUrls('http://p/', '29', 'aa')).toEqual(['http://p/y000000000029.cfg', 'http://p/aa.cfg']);
});
