import { expect, test, vi } from 'vitest';
import type { LoggedEvent } from '../../src/model.ts';
import { actionUrls, type SnomOffice, type SnomOfficeOptions, snomOffice } from './snom-office.ts';

vi.setConfig({ testTimeout: 20_000, expect: { poll: { timeout: 10_000 } } });

const ON = { uacstaEvents: 'true' };

const kindOf = ({ event }: LoggedEvent): string => (event.type === 'CALL' ? event.callEventKind : event.type);
const is =
  (kind: string) =>
  (event: LoggedEvent): boolean =>
    kindOf(event) === kind;

async function listening(office: SnomOffice, monitors = 1): Promise<void> {
  await expect.poll(() => office.virtual.sip?.csta.monitorCount).toBe(monitors);
  // The gateway knows it as well once it has asked for the calls that it missed.
  await expect.poll(() => refreshes(office)).toBeGreaterThan(0);
}

async function refreshes({ running, phone }: SnomOffice): Promise<number> {
  const { items } = await running.application.commands.list({ phoneIds: [phone.id] }, { first: 100 });
  return items.filter(({ node }) => node.name === 'refreshCalls' && node.settledAt !== null).length;
}

async function openOffice(options: SnomOfficeOptions = {}): Promise<SnomOffice> {
  const office = await snomOffice({ ...options, options: { ...ON, ...options.options } });
  await listening(office);
  return office;
}

test('a call is told by uaCSTA alone, and becomes one call', async () => {
  await using office = await openOffice();
  const customer = office.virtual.telephony.exchange.addParty({ number: '1002' });
  customer.dial('1001');
  await office.until(is('INCOMING'));
  const leg = office.virtual.calls[0];
  office.virtual.telephony.answer(leg ?? expect.unreachable());
  await office.until(is('CONNECTED'));
  office.virtual.telephony.hold(leg ?? expect.unreachable());
  await office.until(is('HELD'));
  office.virtual.telephony.resume(leg ?? expect.unreachable());
  await office.until(is('RESUMED'));
  customer.hangUp();
  const events = await office.until(is('ENDED'));
  expect(events.map((event) => [event.vendorEvent, kindOf(event)])).toEqual([
    ['uacsta:DeliveredEvent', 'INCOMING'],
    ['uacsta:EstablishedEvent', 'CONNECTED'],
    ['uacsta:HeldEvent', 'HELD'],
    ['uacsta:RetrievedEvent', 'RESUMED'],
    ['uacsta:ConnectionClearedEvent', 'ENDED'],
  ]);
  const variables = new Map(events[0]?.variables.map(({ name, value }) => [name, value]));
  expect(Object.fromEntries(variables)).toMatchObject({
    monitorCrossRefID: '43',
    'connection.callID': leg?.id,
    callingDevice: 'sip:1002@pbx.example',
    cause: 'newCall',
  });
  expect(await office.calls()).toMatchObject([
    {
      direction: 'INCOMING',
      state: 'ENDED',
      endReason: 'COMPLETED',
      endInferred: false,
      remote: { number: '1002' },
      local: { number: '1001' },
      vendorIds: { csta_id: leg?.id },
    },
  ]);
  expect(await office.findings()).toContain('MONITOR_OPEN');
});

test.each(['info', 'response'] as const)(
  'two identities are listened to in one dialog, responses by %s',
  async (way) => {
    await using office = await snomOffice({
      options: { ...ON, accounts: '1001@pbx.example, 1011@pbx.example' },
      identities: ['1001', '1011'],
      quirks: { uaCstaReplies: way },
    });
    await listening(office, 2);
    const customer = office.virtual.telephony.exchange.addParty({ number: '1002' });
    customer.dial('1011');
    await office.until(is('INCOMING'));
    customer.hangUp();
    const events = await office.until(is('REMOTE_CANCELED'));
    expect(events.map(kindOf)).toEqual(['INCOMING', 'REMOTE_CANCELED']);
    expect(await office.calls()).toMatchObject([{ local: { number: '1011' }, endReason: 'MISSED' }]);
    await office.running.gateway.stop();
    const stops = office.virtual.sipRequests?.all.filter(({ body }) => body.includes('<MonitorStop'));
    expect([stops?.length, office.virtual.sip?.csta.monitorCount]).toEqual([2, 0]);
    await office.running.restart();
  },
);

test('told by action URLs as well it is still one call', async () => {
  await using office = await openOffice();
  const { virtual } = office;
  virtual.memory.storeOnly(actionUrls(office));
  virtual.memory.reload();
  virtual.telephony.exchange.addParty({ number: '1002', answersAfterMs: 0 });
  virtual.telephony.dial('1002');
  const connected = is('CONNECTED');
  await office.until((event) => connected(event) && event.vendorEvent === 'action_connected_url');
  await office.until((event) => connected(event) && event.vendorEvent === 'uacsta:EstablishedEvent');
  virtual.telephony.endAll();
  const ended = is('ENDED');
  await office.until((event) => ended(event) && event.vendorEvent === 'action_disconnected_url');
  await office.until((event) => ended(event) && event.vendorEvent === 'uacsta:ConnectionClearedEvent');
  const calls = await office.calls();
  expect(calls).toMatchObject([{ direction: 'OUTGOING', state: 'ENDED', endReason: 'COMPLETED' }]);
  // By the id that both tell, not only by the number.
  expect(Object.keys(calls[0]?.vendorIds ?? {}).toSorted()).toEqual(['call-id', 'csta_id']);
});

test('a transfer, a forwarding and a busy number end as what they are', async () => {
  await using office = await openOffice();
  const { telephony } = office.virtual;
  const { exchange } = telephony;
  const customer = exchange.addParty({ number: '1002' });
  exchange.addParty({ number: '1003', answersAfterMs: 0 });
  exchange.addParty({ number: '1004', busy: true });
  customer.dial('1001');
  await office.until(is('INCOMING'));
  telephony.deflect(office.virtual.calls[0] ?? expect.unreachable(), '1003');
  await office.until(is('FORWARDED'));
  telephony.dial('1004');
  await office.until(is('REMOTE_BUSY'));
  await exchange.settled();
  telephony.dial('1003');
  await office.until(is('CONNECTED'));
  telephony.blindTransfer(office.virtual.calls[0] ?? expect.unreachable(), '1005');
  exchange.addParty({ number: '1005' });
  await office.until(is('TRANSFER_FINISHED'));
  await office.until((event) => kindOf(event) === 'ENDED' && event.vendorEvent === 'uacsta:TransferredEvent');
  expect((await office.calls()).map(({ remote, endReason, transfer }) => [remote.number, endReason, transfer])).toEqual(
    expect.arrayContaining([
      ['1002', 'FORWARDED', null],
      ['1004', 'REMOTE_BUSY', null],
      ['1003', 'TRANSFERRED', expect.objectContaining({ state: 'FINISHED' })],
    ]),
  );
});

test('a consultation that is handed on ends both calls, and switches are told', async () => {
  await using office = await openOffice();
  const { telephony, features } = office.virtual;
  const customer = telephony.exchange.addParty({ number: '1002' });
  telephony.exchange.addParty({ number: '1003', answersAfterMs: 0 });
  customer.dial('1001');
  await office.until(is('INCOMING'));
  telephony.answer(office.virtual.calls[0] ?? expect.unreachable());
  await office.until(is('CONNECTED'));
  telephony.dial('1003');
  await office.until(twice(is('CONNECTED')));
  const [held, active] = office.virtual.calls;
  expect(telephony.attendedTransfer(held ?? expect.unreachable(), active ?? expect.unreachable())).toBe(true);
  await office.until(twice(is('ENDED')));
  expect((await office.calls()).map(({ remote, state, endReason }) => [remote.number, state, endReason])).toEqual(
    expect.arrayContaining([
      ['1002', 'ENDED', 'TRANSFERRED'],
      ['1003', 'ENDED', 'COMPLETED'],
    ]),
  );
  features.turn('dnd', true);
  const events = await office.until(is('FEATURE'));
  expect(events.at(-1)?.event).toMatchObject({ feature: 'DO_NOT_DISTURB', enabled: true });
});

test('a phone that restarts is listened to again once it says so, and what it lost is corrected', async () => {
  await using office = await openOffice();
  const { virtual } = office;
  const { action_setup_url: started } = actionUrls(office);
  virtual.memory.storeOnly({ action_setup_url: started ?? expect.unreachable() });
  const customer = virtual.telephony.exchange.addParty({ number: '1002' });
  customer.dial('1001');
  await office.until(is('INCOMING'));
  virtual.power.reboot();
  await virtual.power.settled();
  await expect.poll(() => virtual.sip?.csta.monitorCount).toBe(1);
  customer.dial('1001');
  const [, again] = (await office.until(twice(is('INCOMING')))).filter(is('INCOMING'));
  expect(again?.vendorEvent).toBe('uacsta:DeliveredEvent');
  const calls = await office.calls();
  expect(calls.map(({ state }) => state).toSorted()).toEqual(['ENDED', 'RINGING']);
});

test('one that says nothing is found out by asking, and its calls are asked for', async () => {
  await using office = await openOffice({ monitorIntervalMs: 100 });
  const { virtual } = office;
  const customer = virtual.telephony.exchange.addParty({ number: '1002' });
  customer.dial('1001');
  await office.until(is('INCOMING'));
  virtual.power.reboot();
  await virtual.power.settled();
  await expect.poll(() => virtual.sip?.csta.monitorCount).toBe(1);
  const events = await office.until(is('ENDED'));
  // Nobody told the end: the gateway noticed it.
  expect(events.at(-1)?.vendorEvent).toBeNull();
  expect(await office.calls()).toMatchObject([{ state: 'ENDED', endInferred: true }]);
});

test('it follows the options of the phone, and ends with the phone', async () => {
  await using office = await openOffice();
  const { running, phone, virtual } = office;
  const { phones } = running.application;
  const given = (value: string) => [
    { name: 'accounts', value: '1001@pbx.example' },
    { name: 'uacstaEvents', value },
  ];
  const count = () => virtual.sip?.csta.monitorCount;
  await phones.update(phone.id, { options: given('false') }, running.caller);
  await expect.poll(count).toBe(0);
  await expect.poll(() => virtual.sipRequests?.last).toMatchObject({ method: 'BYE' });
  expect(await office.findings()).not.toContain('MONITOR_OPEN');
  await phones.update(phone.id, { options: given('true') }, running.caller);
  await expect.poll(count).toBe(1);
  // Its name does not matter.
  const before = virtual.sipRequests?.count;
  await phones.update(phone.id, { name: 'Other' }, running.caller);
  await phones.remove(phone.id, running.caller);
  await expect.poll(count).toBe(0);
  const since = virtual.sipRequests?.all.slice(before).map(({ method }) => method);
  expect(since?.filter((method) => method === 'INVITE').length).toBeLessThanOrEqual(1);
});

test('a gateway that stops leaves no monitor and no dialog, and listens again when it runs', async () => {
  await using office = await openOffice();
  const { virtual, running } = office;
  await running.gateway.stop();
  expect(virtual.sip?.csta.monitorCount).toBe(0);
  const [stop, bye] = virtual.sipRequests?.all.slice(-2) ?? [];
  expect(stop).toMatchObject({ method: 'INFO', body: expect.stringContaining('<MonitorStop') });
  expect(bye).toMatchObject({ method: 'BYE' });
  await running.restart();
  await expect.poll(() => virtual.sip?.csta.monitorCount).toBe(1);
});

test('one that refuses is asked again later, and the diagnosis says why it does not tell', async () => {
  await using office = await snomOffice({ options: ON, settings: { csta_control: 'off' } });
  await expect.poll(() => office.findings()).toContain('MONITOR_FAILED');
  const findings = await office.running.application.readings.diagnosis(office.phone.id, office.running.caller);
  expect(findings.find(({ code }) => code === 'MONITOR_FAILED')?.message).toContain('488');
  office.virtual.settings.set('csta_control', 'on');
  // Whoever corrects the phone need not wait.
  const { phones } = office.running.application;
  await phones.update(office.phone.id, { name: 'Corrected' }, office.running.caller);
  await expect.poll(() => office.findings()).toContain('MONITOR_OPEN');
});

test('nothing is opened where nobody asks for it', async () => {
  await using office = await snomOffice();
  await office.findings();
  expect(office.virtual.sipRequests?.all.filter(({ method }) => method === 'INVITE')).toEqual([]);
});

/** The second one that fits. */
function twice(fits: (event: LoggedEvent) => boolean): (event: LoggedEvent) => boolean {
  let seen = 0;
  return (event) => {
    if (fits(event)) seen += 1;
    return seen === 2;
  };
}
