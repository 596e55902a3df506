import { describe, expect, test } from 'vitest';
import type { VirtualSnomPhone } from '../../src/virtual/index.ts';
import { keys, ringing, states, talking } from './keyed-calls.ts';
import { Office } from './office.ts';

const told = (phone: VirtualSnomPhone) => phone.effects.all.filter(({ type }) => type !== 'keyPressed');

describe('keys that end what was begun', () => {
  test('TRANSFER again, without a number: the call is still held, and the next digits are to dial', async () => {
    await using office = await Office.open();
    const { phone } = await talking(office);
    await keys(office, phone, 'TRANSFER');
    expect(phone.desk.transferring).toBe(phone.calls[0]);
    await keys(office, phone, 'TRANSFER');
    expect([phone.desk.transferring, states(phone)]).toEqual([undefined, ['1002 held']]);
  });

  test('so it is with a call that rings: it goes on ringing here', async () => {
    await using office = await Office.open();
    const { phone, far } = await ringing(office);
    await keys(office, phone, 'TRANSFER;TRANSFER');
    expect([phone.desk.transferring, states(phone), far.legs.length]).toEqual([undefined, ['1002 ringing'], 1]);
  });

  test('TRANSFER again, with a number: the call goes there', async () => {
    await using office = await Office.open();
    const { phone, far } = await talking(office);
    office.party('1003', { answersAfterMs: 0 });
    await keys(office, phone, 'TRANSFER;1;0;0;3;TRANSFER');
    expect([phone.calls, far.legs[0]?.remote.number]).toEqual([[], '1003']);
  });

  test('TRANSFER while the other one still rings: the held one rings there', async () => {
    await using office = await Office.open();
    const { phone, far } = await talking(office);
    const target = office.party('1003');
    await keys(office, phone, 'F_HOLD;1;0;0;3;ENTER');
    await keys(office, phone, 'TRANSFER');
    expect([phone.calls, far.legs[0]?.remote.number]).toEqual([[], '1003']);
    expect(target.legs.map(({ state, remote }) => [state, remote.number])).toEqual([['ringing', '1002']]);
  });

  test('CLEAR of a 220 takes digits away, its DISCONNECT a call', async () => {
    await using office = await Office.open();
    const { phone } = await ringing(office, { model: '220' });
    await keys(office, phone, '7;CLEAR');
    expect([phone.desk.digits, states(phone), phone.callLists.dialed]).toEqual(['', ['1002 ringing'], []]);
    await keys(office, phone, 'DISCONNECT');
    expect(phone.calls).toEqual([]);
  });

  test('a held call that ends takes the list of held calls with it', async () => {
    await using office = await Office.open();
    const { phone, far } = await talking(office, { settings: { call_join_xfer: 'on' } });
    office.party('1003', { answersAfterMs: 0 });
    await keys(office, phone, 'F_HOLD;1;0;0;3;ENTER');
    await keys(office, phone, 'TRANSFER');
    expect(phone.desk.holdList).toHaveLength(1);
    far.hangUp();
    await office.exchange.settled();
    expect([phone.desk.holdList, states(phone)]).toEqual([undefined, ['1003 connected']]);
  });

  test('UP and DOWN walk the list of held calls, and not beyond its ends', async () => {
    await using office = await Office.open();
    const { phone } = await talking(office, { settings: { call_join_xfer: 'on' } });
    office.party('1003', { answersAfterMs: 0 });
    office.party('1004', { answersAfterMs: 0 });
    await keys(office, phone, 'DOWN;F_HOLD;1;0;0;3;ENTER');
    await keys(office, phone, 'F_HOLD;1;0;0;4;ENTER');
    await keys(office, phone, 'TRANSFER');
    const selected = async (key: string) => {
      await keys(office, phone, key);
      return phone.desk.selectedCall?.remote.number;
    };
    expect([await selected('UP'), await selected('DOWN'), await selected('DOWN'), await selected('UP')]).toEqual([
      ...['1002', '1003', '1003', '1002'],
    ]);
  });
});

describe('keys without anything to act on', () => {
  test.each(['TRANSFER', 'F_HOLD', 'CANCEL', 'MUTE', 'REC', 'REDIAL', 'UP', 'DOWN', 'F_REDIRECT', 'ENTER'])(
    '%s does nothing to an idle phone',
    async (key) => {
      await using office = await Office.open();
      const phone = await office.phone({ quirks: { keyTiming: 'none' } });
      await keys(office, phone, key);
      const { digits, transferring, holdList, selectedCall } = phone.desk;
      expect([phone.calls, digits, transferring, holdList, selectedCall]).toEqual([
        [],
        '',
        ...Array(3).fill(undefined),
      ]);
      expect([phone.features.isOn('mute'), phone.features.forward('always').on, told(phone)]).toEqual([
        ...[false, false, []],
      ]);
    },
  );

  test('CANCEL leaves a call ringing where short_cancel_denies_call is off', async () => {
    await using office = await Office.open();
    const { phone } = await ringing(office, { settings: { short_cancel_denies_call: 'off' } });
    await keys(office, phone, 'CANCEL');
    expect(states(phone)).toEqual(['1002 ringing']);
  });
});

test('volume and recording', async () => {
  await using office = await Office.open();
  const { phone } = await talking(office);
  await keys(office, phone, 'VOLUME_UP;VOLUME_DOWN;VOLUME_DOWN;REC;F_REC');
  expect(told(phone)).toEqual([
    ...[1, -1, -1].map((by) => ({ type: 'volumeChanged', by })),
    ...[{ type: 'recordingToggled' }, { type: 'recordingToggled' }],
  ]);
});

test('where the sound of a call is: the handset where it is lifted, else the speaker or what was pressed', async () => {
  await using office = await Office.open();
  const { phone } = await ringing(office);
  expect(phone.desk.audio).toBe('handset');
  await keys(office, phone, 'ENTER');
  expect(phone.desk.audio).toBe('speaker');
  await keys(office, phone, 'HEADSET');
  expect(phone.desk.audio).toBe('headset');
  await keys(office, phone, 'OFFHOOK');
  expect(phone.desk.audio).toBe('handset');
});

test('a key under the display does the key event of gui_fkeyN, and what is none does nothing', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ settings: { gui_fkey1: 'F_DND', gui_fkey2: 'DND' } });
  await keys(office, phone, 'F2');
  expect(phone.features.isOn('dnd')).toBe(false);
  await keys(office, phone, 'F1');
  expect(phone.features.isOn('dnd')).toBe(true);
});

test('F_REDIRECT switches forwarding to the number that was set before, and back', async () => {
  await using office = await Office.open();
  const phone = await office.phone();
  phone.features.setForward('always', { on: false, target: '1003' });
  await keys(office, phone, 'F_REDIRECT');
  expect(phone.features.forward('always')).toMatchObject({ on: true, target: '1003' });
  await keys(office, phone, 'F_REDIRECT');
  expect(phone.features.forward('always').on).toBe(false);
});
