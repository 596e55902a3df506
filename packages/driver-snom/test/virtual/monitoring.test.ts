import { expect, test } from 'vitest';
import type { VirtualSnomOptions } from '../../src/virtual/index.ts';
import { Office } from './office.ts';
import { CSTA_TYPE, openDialog } from './sip-dialog-wire.ts';
import { sipSender } from './sip-wire.ts';

const start = (device: string) =>
  `<MonitorStart><monitorObject><deviceObject>${device}</deviceObject></monitorObject></MonitorStart>`;
const stop = (reference: number) => `<MonitorStop><monitorCrossRefID>${reference}</monitorCrossRefID></MonitorStop>`;

/** A phone with two identities, and a dialog for uaCSTA with it. Each request is answered in its 200. */
const listened = async (office: Office, options: VirtualSnomOptions = {}) => {
  const phone = await office.phone({
    sip: {},
    firmware: '10.1.33.33',
    settings: { filter_registrar: 'off' },
    identities: [{ number: '1001' }, { number: '1011' }],
    quirks: { uaCstaReplies: 'response' },
    ...options,
  });
  const dialog = await openDialog(await sipSender(phone), { headers: [CSTA_TYPE] });
  const ask = async (body: string) => (await dialog.request('INFO', body)).body.replace(/<\?xml[^>]*>/, '');
  return { phone, dialog, ask };
};

test('each monitor has a reference of its own, and is stopped by it, once', async () => {
  await using office = await Office.open();
  const { ask, phone } = await listened(office);
  expect(await ask(start('sip:1001@pbx.example'))).toContain('<monitorCrossRefID>43<');
  expect(await ask(start('2'))).toContain('<monitorCrossRefID>44<');
  expect(await ask(start('sip:9999@pbx.example'))).toContain('<operation>invalidDeviceID<');
  expect(phone.sip?.csta.monitorCount).toBe(2);
  expect(await ask(stop(44))).toContain('<MonitorStopResponse');
  expect(await ask(stop(44))).toContain('<operation>invalidParameterValue<');
  expect(phone.sip?.csta.monitorCount).toBe(1);
});

test('SystemRegister is answered from 8.7.4 on', async () => {
  await using office = await Office.open();
  const { ask } = await listened(office);
  const request = '<SystemRegister><requestTypes/></SystemRegister>';
  expect(await ask(request)).toContain('<SystemRegisterResponse');
  const before = await listened(office, {
    model: '720',
    firmware: '8.7.3.25',
    identities: [{ number: '1021' }],
  });
  expect(await before.ask(request)).not.toContain('SystemRegisterResponse');
});

test('a monitor tells of its own identity only; one of no identity, of all', async () => {
  await using office = await Office.open();
  const { ask, dialog } = await listened(office);
  await ask(start('2'));
  office.party('1002').dial('1001');
  await office.exchange.settled();
  office.party('1003').dial('1011');
  expect(await dialog.told('DeliveredEvent')).toContain('<deviceIdentifier>sip:1003@pbx.example<');
  await ask(stop(43));
  await ask('<MonitorStart><monitorObject/></MonitorStart>');
  office.party('1004').dial('1001');
  expect(await dialog.told('sip:1004@pbx.example')).toContain('<monitorCrossRefID>43<');
});

test('the far end holds the call, and takes it back: told as its doing, by one who is still connected', async () => {
  await using office = await Office.open();
  const { ask, dialog, phone } = await listened(office);
  await ask(start('1'));
  const far = office.party('1002');
  far.dial('1001');
  await office.exchange.settled();
  phone.user.answer();
  await office.exchange.settled();
  for (const [act, event, device] of [
    [() => far.hold(), 'HeldEvent', 'holdingDevice'],
    [() => far.resume(), 'RetrievedEvent', 'retrievingDevice'],
  ] as const) {
    act();
    const told = await dialog.told(`<${event} `);
    expect(told).toContain(`<${device}><deviceIdentifier>sip:1002@pbx.example</deviceIdentifier></${device}>`);
    expect(told).toContain('<localConnectionInfo>connected</localConnectionInfo>');
  }
});

test('the far end hands a call on that this phone holds: it is still held', async () => {
  await using office = await Office.open();
  const { ask, dialog, phone } = await listened(office);
  await ask(start('1'));
  office.party('1003', { answersAfterMs: 0 });
  const other = await office.phone({ identities: [{ number: '1002' }] });
  other.user.dial('1001');
  await office.exchange.settled();
  phone.user.answer();
  await office.exchange.settled();
  phone.user.press('F_HOLD');
  await office.exchange.settled();
  const [call] = other.calls;
  expect(call && other.telephony.blindTransfer(call, '1003')).toBe(true);
  const told = await dialog.told('<TransferredEvent ');
  expect(told).toContain('<localConnectionInfo>hold</localConnectionInfo>');
  expect(told).toContain('<cause>singleStepTransfer</cause>');
});

const party = (name: string, number: string) =>
  `<${name}><deviceIdentifier>sip:${number}@pbx.example</deviceIdentifier></${name}>`;

test('a call that is sent on while it rings, and one that is handed on, are told with where they went', async () => {
  await using office = await Office.open();
  const { ask, dialog, phone } = await listened(office);
  await ask(start('1'));
  office.party('1003', { answersAfterMs: 0 });
  const far = office.party('1002');
  far.dial('1001');
  await office.exchange.settled();
  for (const key of ['TRANSFER', '1', '0', '0', '3', 'ENTER']) phone.user.press(key);
  expect(await dialog.told('<DivertedEvent ')).toContain(party('newDestination', '1003'));
  far.hangUp();
  far.dial('1001');
  await office.exchange.settled();
  for (const key of ['ENTER', 'TRANSFER', '1', '0', '0', '3', 'ENTER']) phone.user.press(key);
  const told = await dialog.told('<TransferredEvent ');
  expect(told).toContain(party('transferringDevice', '1001') + party('transferredToDevice', '1003'));
});

test('a forwarding without a number is told without one', async () => {
  await using office = await Office.open();
  const { ask, dialog, phone } = await listened(office);
  await ask(start('1'));
  phone.features.setForward('always', { on: true });
  const told = await dialog.told('<ForwardingEvent ');
  expect(told).toContain('<forwardingType>forwardImmediate</forwardingType><forwardStatus>true</forwardStatus>');
  expect(told).not.toContain('forwardTo');
  phone.features.setForward('busy', { on: true, target: '1003' });
  expect(await dialog.told('forwardBusy')).toContain('<forwardTo>1003</forwardTo>');
});
