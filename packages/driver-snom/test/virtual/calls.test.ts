import { describe, expect, test } from 'vitest';
import type { VirtualSnomOptions } from '../../src/virtual/index.ts';
import { keys, ringing, states, talking } from './keyed-calls.ts';
import { Office } from './office.ts';
import { ask } from './wire.ts';

describe('a call that rings', () => {
  test.each(['ENTER', 'OFFHOOK', 'SPEAKER', 'HEADSET', 'P1', 'F_OK'])('is answered by %s', async (key) => {
    await using office = await Office.open();
    const { phone } = await ringing(office);
    await keys(office, phone, key);
    expect(states(phone)).toEqual(['1002 connected']);
  });

  test('is not answered by OFFHOOK with offhook_accept_calls off', async () => {
    await using office = await Office.open();
    const { phone } = await ringing(office, { settings: { offhook_accept_calls: 'off' } });
    await keys(office, phone, 'OFFHOOK');
    expect(states(phone)).toEqual(['1002 ringing']);
  });

  test('is rejected by CANCEL', async () => {
    await using office = await Office.open();
    const { phone, far } = await ringing(office);
    const [leg] = far.legs;
    await keys(office, phone, 'CANCEL');
    expect([phone.calls, leg?.endReason]).toEqual([[], 'remoteRejected']);
  });

  test('goes elsewhere by TRANSFER, digits, ENTER', async () => {
    await using office = await Office.open();
    const { phone } = await ringing(office);
    const other = office.party('1003');
    await keys(office, phone, 'TRANSFER;1;0;0;3;ENTER');
    expect([phone.calls, other.legs.map(({ remote }) => remote.number)]).toEqual([[], ['1002']]);
  });

  test('blinks on the first line key, which goes dark after the call', async () => {
    await using office = await Office.open();
    const { phone } = await ringing(office, { settings: { fkey0: 'speed 1009' } });
    expect([phone.lights.get('P1')?.state, phone.lights.get('P2')]).toEqual([
      'off',
      { state: 'blinkfast', color: 'green' },
    ]);
    await keys(office, phone, 'ENTER');
    expect(phone.lights.get('P2')).toEqual({ state: 'on', color: 'red' });
    await keys(office, phone, 'CANCEL');
    expect(phone.lights.get('P2')?.state).toBe('off');
  });

  test('is answered by itself with user_auto_connect', async () => {
    await using office = await Office.open();
    const phone = await office.phone({ settings: { user_auto_connect1: 'on' } });
    office.party('1002').dial('1001');
    await office.exchange.settled();
    expect(states(phone)).toEqual(['1002 connected']);
  });
});

describe('dialling', () => {
  test.each(['1;0;0;2;ENTER', '1;0;0;2;OFFHOOK', 'OFFHOOK;1,80,120;0;0;2;ENTER', '1;0;0;2;P1', '1;0;0;2;SPEAKER'])(
    '%s calls 1002',
    async (events) => {
      await using office = await Office.open();
      const phone = await office.phone({ quirks: { keyTiming: 'none' } });
      office.party('1002');
      await keys(office, phone, events);
      expect(states(phone)).toEqual(['1002 ringing']);
      expect(phone.calls[0]?.direction).toBe('outgoing');
    },
  );

  test('CANCEL first clears digits, then ends the call', async () => {
    await using office = await Office.open();
    const { phone } = await talking(office);
    await keys(office, phone, 'F_HOLD;7');
    await keys(office, phone, 'CANCEL');
    expect([phone.desk.digits, states(phone)]).toEqual(['', ['1002 held']]);
    await keys(office, phone, 'CANCEL');
    expect(phone.calls).toEqual([]);
  });

  test('REDIAL shows the last number, ENTER dials it', async () => {
    await using office = await Office.open();
    const phone = await office.phone();
    office.party('1002');
    await keys(office, phone, '1;0;0;2;ENTER');
    await keys(office, phone, 'CANCEL;REDIAL');
    expect([phone.desk.digits, phone.calls]).toEqual(['1002', []]);
    await keys(office, phone, 'ENTER');
    expect(states(phone)).toEqual(['1002 ringing']);
  });

  test.each([
    ['speed 1002', 'P3'],
    ['dest <sip:1002@pbx.example>', 'P3'],
    ['blf 1002|*8', 'P3'],
  ])('a key set to %s calls 1002', async (setting, key) => {
    await using office = await Office.open();
    const phone = await office.phone();
    office.party('1002');
    await ask(phone, `/dummy.htm?settings=save&fkey2=${encodeURIComponent(setting)}`);
    await keys(office, phone, key);
    expect(states(phone)).toEqual(['1002 ringing']);
  });

  test.each([
    ['360', 'fkey12'],
    ['D385', 'fkey174'],
  ])('%s: the first expansion key is set by %s', async (model, setting) => {
    await using office = await Office.open();
    const phone = await office.phone({ model, expansionKeys: 42, settings: { [setting]: 'speed 1002' } });
    office.party('1002');
    await keys(office, phone, 'EK0');
    expect(states(phone)).toEqual(['1002 ringing']);
  });
});

describe('in conversation', () => {
  test('F_HOLD holds and resumes', async () => {
    await using office = await Office.open();
    const { phone, far } = await talking(office);
    await keys(office, phone, 'F_HOLD');
    expect([states(phone), far.legs[0]?.heldByRemote]).toEqual([['1002 held'], true]);
    await keys(office, phone, 'F_HOLD');
    expect([states(phone), far.legs[0]?.heldByRemote]).toEqual([['1002 connected'], false]);
  });

  test('digits are DTMF', async () => {
    await using office = await Office.open();
    const { phone, far } = await talking(office);
    await keys(office, phone, '1;%23');
    expect([far.legs[0]?.receivedDigits, phone.desk.digits]).toEqual(['1#', '']);
  });

  test('MUTE toggles, and the next call begins unmuted', async () => {
    await using office = await Office.open();
    const { phone } = await talking(office);
    await keys(office, phone, 'MUTE');
    expect(phone.features.isOn('mute')).toBe(true);
    await keys(office, phone, 'CANCEL');
    expect(phone.features.isOn('mute')).toBe(false);
    await keys(office, phone, 'MUTE');
    expect(phone.features.isOn('mute')).toBe(false);
  });

  test('ONHOOK ends a call on the handset and does nothing to one on the speaker', async () => {
    await using office = await Office.open();
    const { phone } = await talking(office);
    await keys(office, phone, 'ONHOOK');
    expect(states(phone)).toEqual(['1002 connected']);
    await keys(office, phone, 'OFFHOOK;SPEAKER;ONHOOK');
    expect(states(phone)).toEqual(['1002 connected']);
    await keys(office, phone, 'OFFHOOK;ONHOOK');
    expect(phone.calls).toEqual([]);
  });

  test('a second call is answered by ENTER, the first held', async () => {
    await using office = await Office.open();
    const { phone } = await talking(office);
    office.party('1003').dial('1001');
    await office.exchange.settled();
    await keys(office, phone, 'ENTER');
    expect(states(phone)).toEqual(['1002 held', '1003 connected']);
    await keys(office, phone, 'P1');
    expect(states(phone)).toEqual(['1002 connected', '1003 held']);
    await keys(office, phone, 'F_CONFERENCE');
    expect(states(phone)).toEqual(['1002 connected', '1003 connected']);
  });

  test('TRANSFER, digits, ENTER is a blind transfer', async () => {
    await using office = await Office.open();
    const { phone, far } = await talking(office);
    office.party('1003', { answersAfterMs: 0 });
    await keys(office, phone, 'TRANSFER;1;0;0;3');
    expect([states(phone), phone.desk.digits]).toEqual([['1002 held'], '1003']);
    await keys(office, phone, 'ENTER');
    expect([phone.calls, far.legs[0]?.remote.number]).toEqual([[], '1003']);
  });

  test('a blind transfer to nobody leaves the call', async () => {
    await using office = await Office.open();
    const { phone } = await talking(office);
    await keys(office, phone, 'TRANSFER;9;9;ENTER');
    expect(states(phone)).toEqual(['1002 held']);
  });
});

describe('attended transfer by the documented recipe', () => {
  const consult = async (office: Office, options: VirtualSnomOptions = {}) => {
    const made = await talking(office, options);
    const target = office.party('1003', { answersAfterMs: 0 });
    await keys(office, made.phone, 'F_HOLD');
    for (const digit of '1003') await keys(office, made.phone, digit);
    await keys(office, made.phone, 'ENTER');
    expect(states(made.phone)).toEqual(['1002 held', '1003 connected']);
    return { ...made, target };
  };

  test('F_HOLD, digits, ENTER, TRANSFER joins the two', async () => {
    await using office = await Office.open();
    const { phone, far, target } = await consult(office);
    await keys(office, phone, 'TRANSFER');
    expect([phone.calls, far.legs[0]?.remote.number, target.legs[0]?.remote.number]).toEqual([[], '1003', '1002']);
  });

  test.each(['ENTER', 'TRANSFER'])('with call_join_xfer a list is shown, and %s completes', async (key) => {
    await using office = await Office.open();
    const { phone, far } = await consult(office, { settings: { call_join_xfer: 'on' } });
    await keys(office, phone, 'TRANSFER');
    expect(states(phone)).toEqual(['1002 held', '1003 connected']);
    expect(phone.desk.holdList?.map(({ remote }) => remote.number)).toEqual(['1002']);
    expect(phone.screen.content.lines).toContain('Calls on Hold');
    await keys(office, phone, key);
    expect([phone.calls, far.legs[0]?.remote.number, phone.desk.holdList]).toEqual([[], '1003', undefined]);
  });

  test('the list is walked with UP and DOWN, and left with CANCEL', async () => {
    await using office = await Office.open();
    const { phone } = await consult(office, { settings: { call_join_xfer: 'on' } });
    const third = office.party('1004', { answersAfterMs: 0 });
    await keys(office, phone, 'F_HOLD;1;0;0;4;ENTER');
    await keys(office, phone, 'TRANSFER;DOWN;DOWN');
    expect(phone.desk.selectedCall?.remote.number).toBe('1003');
    await keys(office, phone, 'CANCEL');
    expect([phone.desk.holdList, phone.calls.length]).toEqual([undefined, 3]);
    await keys(office, phone, 'TRANSFER;DOWN;ENTER');
    expect([states(phone), third.legs[0]?.remote.number]).toEqual([['1002 held'], '1003']);
  });

  test('CANCEL ends the consultation only', async () => {
    await using office = await Office.open();
    const { phone } = await consult(office);
    await keys(office, phone, 'CANCEL');
    expect(states(phone)).toEqual(['1002 held']);
    await keys(office, phone, 'F_HOLD');
    expect(states(phone)).toEqual(['1002 connected']);
  });
});

describe('features', () => {
  test('DND toggles and refuses calls', async () => {
    await using office = await Office.open();
    const phone = await office.phone();
    await keys(office, phone, 'DND');
    const leg = office.party('1002').dial('1001');
    await office.exchange.settled();
    expect([phone.features.isOn('dnd'), leg.endReason]).toEqual([true, 'busy']);
    await keys(office, phone, 'F_DND');
    expect(phone.features.isOn('dnd')).toBe(false);
  });

  test('a redirect key switches forwarding', async () => {
    await using office = await Office.open();
    const phone = await office.phone({ settings: { fkey4: 'redirect 1003' } });
    const other = office.party('1003');
    await keys(office, phone, 'P5');
    office.party('1002').dial('1001');
    await office.exchange.settled();
    expect([phone.calls, other.legs.length]).toEqual([[], 1]);
  });
});
