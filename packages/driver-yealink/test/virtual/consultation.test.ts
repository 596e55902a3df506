import { expect, test } from 'vitest';
import { type Office, startOffice } from './support/office.ts';

const account = { enabled: true, registered: true, label: '', displayName: '', domain: 'pbx.example' };
const ACCOUNTS = [
  { ...account, index: 1, number: '1001' },
  { ...account, index: 2, number: '1006' },
];

const called = ({ phone }: Office) =>
  phone.calls.map(({ local, remote, state }) => `${local.number} ${remote.number} ${state}`);

/** A call from one of the accounts, answered. */
const talk = async (office: Office, number: '1002' | '1003', from: string) => {
  await office.press(`number=${number}&outgoing_uri=${from}@pbx.example`);
  (number === '1002' ? office.colleague : office.third).answer();
  await office.exchange.settled();
};

test('calls of two accounts cannot be joined, and the phone goes on waiting for a number', async () => {
  await using office = await startOffice({ accounts: ACCOUNTS });
  await talk(office, '1002', '1001');
  await talk(office, '1003', '1006');
  await office.press('F_TRANSFER');
  await office.press('F_TRANSFER');
  expect(called(office)).toEqual(['1001 1002 held', '1006 1003 held']);
  expect(await office.events()).not.toContain('transfer_call');
  const fourth = office.exchange.addParty({ number: '1004' });
  await office.press('1;0;0;4;F_TRANSFER');
  expect([called(office), fourth.legs[0]?.remote.number]).toEqual([['1001 1002 held'], '1003']);
});

test('a consultation whose first call is ended in the same breath calls nobody', async () => {
  await using office = await startOffice({ firmware: '96.85.0.5' });
  await talk(office, '1002', '1001');
  const id = office.phone.calls[0]?.id;
  await office.press(`F_TRANSFER;1;0;0;3;CANCEL:${id};OK`);
  expect([called(office), office.third.legs]).toEqual([[], []]);
});

test('whoever hangs up on the second party in the same breath may call another', async () => {
  await using office = await startOffice();
  const fourth = office.exchange.addParty({ number: '1004' });
  await talk(office, '1002', '1001');
  await office.press('F_CONFERENCE;1;0;0;3;OK;CALLEND;1;0;0;4;F_CONFERENCE');
  expect(called(office)).toEqual(['1001 1002 held', '1001 1004 ringing']);
  fourth.answer();
  await office.exchange.settled();
  await office.press('F_CONFERENCE');
  expect(called(office)).toEqual(['1001 1002 connected', '1001 1004 connected']);
});

test('a call that rings at an account that is unregistered is over, and its light goes out', async () => {
  await using office = await startOffice();
  office.colleague.dial('1001');
  await office.exchange.settled();
  expect(office.phone.lights.get('LINE1')?.state).toBe('fastflash');
  await office.events();
  office.phone.setRegistered(1, false);
  expect([called(office), office.phone.lights.get('LINE1')?.state]).toEqual([[], 'off']);
  expect(await office.events()).toEqual(['busy_to_idle', 'unregistered']);
});

test('an account that is unregistered loses its calls, and what was begun with them', async () => {
  await using office = await startOffice();
  await talk(office, '1002', '1001');
  await office.press('F_TRANSFER');
  await office.events();
  office.phone.setRegistered(1, false);
  expect(await office.events()).toEqual(['busy_to_idle', 'unregistered']);
  expect([called(office), office.phone.lights.get('LINE1')?.state, office.phone.audioPath]).toEqual([
    [],
    'off',
    'none',
  ]);
  office.phone.setRegistered(1, true);
  await office.press('1;0;0;3;OK');
  expect(called(office)).toEqual(['1001 1003 ringing']);
});
