import { expect, test } from 'vitest';
import type { AnswerKey } from '../../src/virtual/index.ts';
import { fixture } from '../support/fixture.ts';
import { type Office, startOffice } from './support/office.ts';

/** The colleague's call to 1001, ringing. */
const ring = async (office: Office) => {
  const call = office.colleague.dial('1001');
  await office.exchange.settled();
  return call;
};

/** A call to the colleague, answered. */
const talk = async (office: Office, number = '1002') => {
  await office.press(`number=${number}`);
  (number === '1002' ? office.colleague : office.third).answer();
  await office.exchange.settled();
};

const states = (office: Office) => office.phone.calls.map((leg) => `${leg.remote.number} ${leg.state}`);

test('the dial example of the guide calls from the account that it names', async () => {
  const account = { enabled: true, registered: true, label: '', displayName: 'Anna' };
  await using office = await startOffice({
    accounts: [
      { ...account, index: 1, number: '1001', domain: '10.3.5.199' },
      { ...account, index: 2, number: '1006', domain: '10.3.5.199' },
    ],
  });
  office.exchange.addParty({ number: '1234' });
  expect((await office.get(fixture('action-uri/dial.txt'))).status).toBe(200);
  expect(office.phone.calls.map((leg) => [leg.local.number, leg.remote.number])).toEqual([['1006', '1234']]);
  await office.press('number=1002');
  expect(office.phone.calls.map((leg) => leg.local.number)).toEqual(['1006', '1001']);
  await office.press('number=1003&outgoing_uri=1009@10.3.5.199');
  expect(office.phone.calls.length).toBe(2);
});

const ANSWERS: readonly (readonly [firmware: string, answering: readonly AnswerKey[]])[] = [
  ['54.80.0.130', ['ANSWER', 'OK', 'ENTER']],
  ['96.85.0.5', ['ANSWER', 'ASW', 'OK']],
  ['96.86.0.70', ['OK', 'ASW']],
];

test.each(ANSWERS)('on firmware %s these keys answer and no other: %j', async (firmware, answering) => {
  for (const key of ['ANSWER', 'ASW', 'OK', 'ENTER'] as const) {
    await using office = await startOffice({ model: 'T53W', firmware });
    const call = await ring(office);
    await office.press(key);
    expect([key, call.state]).toEqual([key, answering.includes(key) ? 'connected' : 'ringing']);
  }
});

test.each(['OFFHOOK', 'SPEAKER', 'HEADSET', 'L1', 'F1'])('%s answers what rings', async (key) => {
  await using office = await startOffice();
  const call = await ring(office);
  await office.press(key);
  expect(call.state).toBe('connected');
});

test('F_HOLD is a toggle, or only holds', async () => {
  await using office = await startOffice();
  await talk(office);
  await office.press('F_HOLD');
  expect(states(office)).toEqual(['1002 held']);
  await office.press('F_HOLD');
  expect(states(office)).toEqual(['1002 connected']);
  office.phone.quirks.holdToggles = false;
  await office.press('HOLD');
  await office.press('HOLD');
  expect(states(office)).toEqual(['1002 held']);
});

test('MUTE is a toggle and works in a call only', async () => {
  await using office = await startOffice();
  await office.press('MUTE');
  expect(office.phone.features.isOn('mute')).toBe(false);
  await talk(office);
  await office.press('MUTE');
  expect(office.phone.features.isOn('mute')).toBe(true);
  await office.press('MUTE');
  expect(office.phone.features.isOn('mute')).toBe(false);
  await office.press('MUTE');
  await office.press('CALLEND');
  expect(office.phone.features.isOn('mute')).toBe(false);
});

test.each(['X', 'CANCEL'])(
  '%s rejects what rings, cancels a call from here, and by switch mutes or ends',
  async (key) => {
    await using office = await startOffice();
    const incoming = await ring(office);
    await office.press(key);
    expect(incoming.endReason).toBe('remoteRejected');
    await office.press('number=1002');
    await office.press(key);
    expect(office.phone.calls).toEqual([]);
    await talk(office);
    await office.press(key);
    expect([states(office), office.phone.features.isOn('mute')]).toEqual([['1002 connected'], true]);
    office.phone.quirks.cancelInCall = 'nothing';
    await office.press(key);
    expect(office.phone.features.isOn('mute')).toBe(true);
    office.phone.quirks.cancelInCall = 'end';
    await office.press(key);
    expect(office.phone.calls).toEqual([]);
  },
);

test.each(['CALLEND', 'CallEnd', 'ONHOOK'])('%s ends the call in the ear and leaves a held one', async (key) => {
  await using office = await startOffice();
  await talk(office);
  await talk(office, '1003');
  expect(states(office)).toEqual(['1002 held', '1003 connected']);
  await office.press(key);
  expect(states(office)).toEqual(['1002 held']);
});

test('keys that make no sense at the moment are a 200 without effect', async () => {
  await using office = await startOffice();
  for (const key of ['F_HOLD', 'F_TRANSFER', 'F_CONFERENCE', 'CALLEND', 'ANSWER', 'ATrans=1003', 'BTrans=1003', 'X']) {
    await office.press(key);
  }
  expect(await office.events()).toEqual([]);
});

test('digits are dialled with OK or #, and sent as DTMF in a call', async () => {
  await using office = await startOffice();
  for (const key of ['OFFHOOK', '1', '0', '0', '2']) await office.press(key);
  expect([office.phone.typed, office.phone.calls.length]).toEqual(['1002', 0]);
  await office.press('POUND');
  office.colleague.answer();
  await office.exchange.settled();
  for (const key of ['1', '*', 'POUND']) await office.press(key);
  expect(office.colleague.legs[0]?.receivedDigits).toBe('1*#');
});

test('a line key chooses the account that the next number is dialled from', async () => {
  const account = { enabled: true, registered: true, label: '', displayName: '', domain: 'pbx.example' };
  await using office = await startOffice({
    accounts: [
      { ...account, index: 1, number: '1001' },
      { ...account, index: 2, number: '1006' },
    ],
  });
  for (const key of ['L2', '1', '0', '0', '2', 'OK']) await office.press(key);
  expect(office.phone.calls[0]?.local.number).toBe('1006');
});

test('BTrans sends an answered call on, and is ignored while it rings', async () => {
  await using office = await startOffice();
  const call = await ring(office);
  await office.press('BTrans=1003');
  expect([call.state, office.third.legs.length]).toEqual(['ringing', 0]);
  await office.press('ASW');
  await office.press('BTrans=1003');
  expect([office.phone.calls.length, call.remote.number, office.third.legs[0]?.state]).toEqual([0, '1003', 'ringing']);
});

test('by switch BTrans sends on a call that still rings', async () => {
  await using office = await startOffice({ quirks: { blindTransfersRinging: true } });
  const call = await ring(office);
  await office.press('BTrans=1003');
  expect([office.phone.calls.length, call.remote.number, office.third.legs[0]?.state]).toEqual([0, '1003', 'ringing']);
  expect(await office.events()).toContain('forward_incoming_call');
});

test.each([
  ['semi-attended', false],
  ['attended', true],
])('ATrans calls the other party and F_TRANSFER completes: %s', async (_, answered) => {
  await using office = await startOffice();
  await talk(office);
  await office.press('ATrans=1003');
  expect(states(office)).toEqual(['1002 held', '1003 ringing']);
  if (answered) office.third.answer();
  await office.press('F_TRANSFER');
  expect(office.phone.calls).toEqual([]);
  expect(office.colleague.legs[0]?.remote.number).toBe('1003');
  expect(await office.events()).toEqual(
    expect.arrayContaining(['transfer_call', 'attended_transfer_call', 'transfer_finished']),
  );
});

test('F_TRANSFER, a number, F_TRANSFER again is a blind transfer; OK instead calls first', async () => {
  await using office = await startOffice();
  await talk(office);
  for (const key of ['F_TRANSFER', '1', '0', '0', '3', 'F_TRANSFER']) await office.press(key);
  expect([office.phone.calls.length, office.third.legs[0]?.state]).toEqual([0, 'ringing']);
  office.third.answer();
  office.third.hangUp();
  await office.exchange.settled();

  await talk(office);
  for (const key of ['F_TRANSFER', '1', '0', '0', '3', 'OK']) await office.press(key);
  expect(states(office)).toEqual(['1002 held', '1003 ringing']);
  await office.press('F_TRANSFER');
  expect(office.phone.calls).toEqual([]);
});

test('a transfer that was begun can be given up, and the call is still held', async () => {
  await using office = await startOffice();
  await talk(office);
  await office.press('F_TRANSFER');
  await office.press('X');
  expect(states(office)).toEqual(['1002 held']);
  await office.press('F_HOLD');
  expect(states(office)).toEqual(['1002 connected']);
});

test('F_CONFERENCE joins two calls, unless conferences are not allowed', async () => {
  await using office = await startOffice();
  await talk(office);
  await talk(office, '1003');
  office.phone.quirks.localConference = false;
  await office.press('F_CONFERENCE');
  expect(states(office)).toEqual(['1002 held', '1003 connected']);
  office.phone.quirks.localConference = true;
});

test('F_CONFERENCE, a number, F_CONFERENCE calls, and once more joins', async () => {
  await using office = await startOffice();
  await talk(office);
  for (const key of ['F_CONFERENCE', '1', '0', '0', '3', 'F_CONFERENCE']) await office.press(key);
  expect(states(office)).toEqual(['1002 held', '1003 ringing']);
  office.third.answer();
  await office.press('F_CONFERENCE');
  expect(states(office)).toEqual(['1002 connected', '1003 connected']);
  expect(new Set(office.phone.calls.map((leg) => leg.conference)).size).toBe(1);
  expect(office.phone.calls[0]?.conference).toBeDefined();
});

test('calls are addressed by the id that action URLs give, or the phone does not care', async () => {
  await using office = await startOffice({ firmware: '96.85.0.5' });
  await ring(office);
  const incoming = await office.receiver.received.waitFor(({ target }) => target.startsWith('/incoming_call'));
  const id = new URL(incoming.target, office.receiver.address).searchParams.get('cid');
  expect(id).toMatch(/^\d+$/);
  await office.press('ASW:1');
  expect(states(office)).toEqual(['1002 ringing']);
  await office.press(`ASW:${id}`);
  await office.press(`HOLD:${id}`);
  await office.press(`HOLD:${id}`);
  expect(states(office)).toEqual(['1002 held']);
  office.phone.quirks.callAddressedKeys = 'ignored';
  await office.press(`UNHOLD:${id}`);
  expect(states(office)).toEqual(['1002 held']);
  office.phone.quirks.callAddressedKeys = 'obeyed';
  await office.press(`UNHOLD:${id}`);
  expect(states(office)).toEqual(['1002 connected']);
  await office.press(`CANCEL:${id}`);
  expect(office.phone.calls).toEqual([]);
});

test('the call id of the guide answers on a phone whose first call has it', async () => {
  await using office = await startOffice({ firmware: '96.85.0.5' });
  const call = await ring(office);
  await office.get(fixture('action-uri/answer-by-call-id.txt'));
  expect(call.state).toBe('connected');
});

test('RD calls the last number again, MSG the voice box', async () => {
  await using office = await startOffice({ settings: { 'voice_mail.number.1': '1003' } });
  await office.press('RD');
  expect(office.phone.calls).toEqual([]);
  await office.press('number=1002');
  await office.press('CALLEND');
  await office.press('RD');
  expect(states(office)).toEqual(['1002 ringing']);
  await office.press('CALLEND');
  await office.press('MSG');
  expect(states(office)).toEqual(['1003 ringing']);
});

test('of two calls that ring, DOWN chooses which is answered', async () => {
  await using office = await startOffice();
  await ring(office);
  office.third.dial('1001');
  await office.exchange.settled();
  await office.press('DOWN');
  await office.press('OK');
  expect(states(office)).toEqual(['1002 ringing', '1003 connected']);
});

test('a person picks up, presses keys, hangs up', async () => {
  await using office = await startOffice();
  const call = await ring(office);
  office.phone.user.pickUp();
  expect([call.state, office.phone.audioPath]).toEqual(['connected', 'handset']);
  office.phone.user.press('F_HOLD');
  expect(call.heldByRemote).toBe(true);
  office.phone.user.press('F_HOLD');
  office.phone.user.type('5');
  await office.exchange.settled();
  expect(call.receivedDigits).toBe('5');
  office.phone.user.hangUp();
  expect([call.endReason, office.phone.audioPath]).toEqual(['remoteHungUp', 'none']);
  expect(office.phone.user.answer()).toBe(false);
  expect(() => office.phone.user.press('L99')).toThrow('no key L99');
});
