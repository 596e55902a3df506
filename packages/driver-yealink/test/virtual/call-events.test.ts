import { expect, test } from 'vitest';
import { ACTION_URL_EVENTS } from '../../src/virtual/index.ts';
import { fixtureLines } from '../support/fixture.ts';
import { type Office, startOffice } from './support/office.ts';

/** Events that are not `idle_to_busy` and `busy_to_idle`. */
const eventsOf = async (office: Office) => (await office.events()).filter((event) => !/_to_/.test(event));

const ring = async (office: Office) => {
  const call = office.colleague.dial('1001');
  await office.exchange.settled();
  return call;
};

test('the phone knows the 44 settings of the guide and the one that came later', () => {
  const known = ACTION_URL_EVENTS.map((event) => `action_url.${event}`);
  expect(known).toEqual([...fixtureLines('action-url/settings-v80.txt'), 'action_url.peripheral_information']);
  expect(known.length).toBe(45);
});

test('an incoming call: rings, answered, held, ended by the far end', async () => {
  await using office = await startOffice();
  await ring(office);
  await office.press('OK');
  office.colleague.hold();
  office.colleague.resume();
  office.colleague.hangUp();
  expect(await office.events()).toEqual([
    'idle_to_busy',
    'incoming_call',
    'call_established',
    'held',
    'unheld',
    'call_terminated',
    'busy_to_idle',
  ]);
});

test('an outgoing call: dialled, answered, held, muted, ended here', async () => {
  await using office = await startOffice();
  await office.press('number=1002');
  office.colleague.answer();
  await office.exchange.settled();
  for (const key of ['F_HOLD', 'F_HOLD', 'MUTE', 'MUTE', 'CALLEND']) await office.press(key);
  expect(await office.events()).toEqual([
    'idle_to_busy',
    'outgoing_call',
    'call_established',
    'hold',
    'unhold',
    'mute',
    'unmute',
    'call_terminated',
    'busy_to_idle',
  ]);
});

test('a call that rings here and is given up by the caller is not "terminated"', async () => {
  await using office = await startOffice();
  await ring(office);
  office.colleague.hangUp();
  expect(await eventsOf(office)).toEqual(['incoming_call', 'call_remote_canceled', 'missed_call']);
});

test('a call that nobody answers is missed, and rejecting one has an event of its own', async () => {
  await using office = await startOffice();
  await ring(office);
  await office.press('X');
  expect(await eventsOf(office)).toEqual(['incoming_call', 'reject_incoming_call']);
});

test.each([
  ['given up while it rings', 'cancel_callout', async (office: Office) => office.press('X')],
  ['rejected', 'remote_busy', async (office: Office) => void office.colleague.hangUp()],
])('a call from here that is %s fires %s', async (_, event, end) => {
  await using office = await startOffice();
  await office.press('number=1002');
  await end(office);
  expect(await eventsOf(office)).toEqual(['outgoing_call', event]);
});

test.each([
  ['busy', '1002'],
  ['unknown', '1999'],
])('a number that is %s fires remote_busy', async (_, number) => {
  await using office = await startOffice();
  office.colleague.script = { number: '1002', busy: true };
  await office.press(`number=${number}`);
  expect(await eventsOf(office)).toEqual(['outgoing_call', 'remote_busy']);
});

test('what fires at an end can be changed', async () => {
  await using office = await startOffice();
  office.phone.quirks.callEndEvents = {
    ...office.phone.quirks.callEndEvents,
    remoteCancelled: ['call_remote_canceled'],
  };
  await ring(office);
  office.colleague.hangUp();
  expect(await eventsOf(office)).toEqual(['incoming_call', 'call_remote_canceled']);
});

test('a second call that is answered is a new one', async () => {
  await using office = await startOffice();
  await ring(office);
  await office.press('OK');
  expect(await eventsOf(office)).toEqual(['incoming_call', 'call_established']);
  office.third.dial('1001');
  await office.exchange.settled();
  await office.press('OK');
  expect(await eventsOf(office)).toEqual(['incoming_call', 'hold', 'call_established', 'answer_new_incoming_call']);
});

test('by switch the first answered call is a new one too, and a call that rings leaves the phone idle', async () => {
  await using office = await startOffice({ quirks: { answerNewFires: 'everyIncoming', ringingIsBusy: false } });
  await ring(office);
  expect(await office.events()).toEqual(['incoming_call']);
  await office.press('OK');
  expect(await office.events()).toEqual(['idle_to_busy', 'call_established', 'answer_new_incoming_call']);
});

test('transfers: their own event, the common one by switch, and the outcome', async () => {
  await using office = await startOffice();
  await ring(office);
  await office.press('OK');
  await office.events();
  await office.press('BTrans=1999');
  expect(await eventsOf(office)).toEqual(['transfer_call', 'blind_transfer_call', 'transfer_failed']);
  office.phone.quirks.transferCallFiresToo = false;
  await office.press('BTrans=1003');
  expect(await eventsOf(office)).toEqual(['blind_transfer_call', 'transfer_finished', 'call_terminated']);
});

test('handset, speaker and headset', async () => {
  await using office = await startOffice();
  for (const key of ['OFFHOOK', 'ONHOOK', 'SPEAKER', 'SPEAKER', 'HEADSET', 'HEADSET']) await office.press(key);
  expect(await office.events()).toEqual([
    'off_hook',
    'idle_to_busy',
    'on_hook',
    'busy_to_idle',
    'handfree',
    'idle_to_busy',
    'handfree',
    'busy_to_idle',
    'headset',
    'idle_to_busy',
    'headset',
    'busy_to_idle',
  ]);
  office.phone.quirks.speakerFiresHook = true;
  for (const key of ['SPEAKER', 'SPEAKER']) await office.press(key);
  expect(await eventsOf(office)).toEqual(['handfree', 'off_hook', 'handfree', 'on_hook']);
});

test('forwarding at once, on busy and after some seconds', async () => {
  await using office = await startOffice({ secondMs: 0 });
  const { features } = office.phone;
  features.setForward('always', { on: true, target: '1003' });
  const always = await ring(office);
  expect([always.state, office.third.legs.length]).toEqual(['ringing', 1]);
  office.colleague.hangUp();
  expect(await eventsOf(office)).toEqual(['always_fwd_on', 'forward_incoming_call']);

  features.setForward('always', { on: false });
  features.setForward('busy', { on: true, target: '1003' });
  features.turn('callWaiting', false);
  await office.press('SPEAKER');
  await office.press('number=1002');
  const fourth = office.exchange.addParty({ number: '1004' });
  fourth.dial('1001');
  await office.exchange.settled();
  expect(office.third.legs[0]?.remote.number).toBe('1004');
  await office.press('CALLEND');
  fourth.hangUp();
  await office.events();

  features.setForward('noAnswer', { on: true, target: '1003', afterSeconds: 6 });
  await ring(office);
  await office.receiver.received.waitFor(
    ({ target }) => target.startsWith('/forward_incoming_call?') && target.includes('1002'),
  );
  await office.exchange.settled();
  expect([office.phone.calls.length, office.third.legs[0]?.remote.number]).toEqual([0, '1002']);
});

test('accounts, address and peripherals', async () => {
  await using office = await startOffice();
  const { phone } = office;
  phone.setRegistered(1, false);
  office.colleague.dial('1001');
  await office.exchange.settled();
  expect(phone.calls).toEqual([]);
  phone.failRegistration(1);
  phone.setRegistered(1, true);
  phone.changeIp('192.0.2.99');
  phone.setPeripherals({ usbheadset: 1 });
  expect(await office.events()).toEqual([
    'unregistered',
    'register_failed',
    'registered',
    'ip_change',
    'peripheral_information',
  ]);
  expect(() => phone.setRegistered(2, true)).toThrow('no account 2');
});

test('features that change, whoever changes them', async () => {
  await using office = await startOffice();
  const { features } = office.phone;
  for (const flag of ['dnd', 'callWaiting']) {
    features.turn(flag, !features.isOn(flag));
    features.turn(flag, !features.isOn(flag));
  }
  for (const kind of ['always', 'busy', 'noAnswer'] as const) {
    features.setForward(kind, { on: true, target: '1003' });
    features.setForward(kind, { on: false });
  }
  expect((await office.events()).toSorted()).toEqual(
    ACTION_URL_EVENTS.filter((event) => /^(?:dnd|call_waiting|always|busy_fwd|no_answer)/.test(event)).toSorted(),
  );
});
