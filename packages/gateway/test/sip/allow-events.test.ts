import { parseMessage } from '@hookswitch/sip';
import { expect, test } from 'vitest';
import { allowEventsOf } from '../../src/sip/allow-events.ts';
import { type SnomOffice, type SnomOfficeOptions, snomOffice } from './snom-office.ts';

function eventsIn(status: string, ...fields: readonly string[]) {
  const parsed = parseMessage(Buffer.from([`SIP/2.0 ${status}`, ...fields, '', ''].join('\r\n')));
  if (!parsed.ok || parsed.message.kind !== 'response') throw new Error('no response');
  return allowEventsOf(parsed.message);
}

const VIA = [
  'Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK1',
  'From: <sip:a@b>;tag=1',
  'To: <sip:a@b>;tag=2',
  'Call-ID: 1',
];
const response = (status: string, ...fields: readonly string[]) =>
  eventsIn(status, ...VIA, 'CSeq: 1 OPTIONS', ...fields);

test.each([
  ['in one field', ['Allow-Events: talk, Hold,refer'], ['talk', 'hold', 'refer']],
  ['in several, by the short name too', ['Allow-Events: talk', 'u: hold, talk'], ['talk', 'hold']],
  ['without what is no name', ['Allow-Events: talk, , <b>, call-info'], ['talk', 'call-info']],
  ['none', ['Allow-Events: '], []],
  ['nothing said', [], null],
])('the events of a response: %s', (_, fields, names) => {
  expect(response('200 OK', ...fields)).toEqual(names);
});

test('who refuses may be a proxy', () => {
  expect(response('489 Bad Event', 'Allow-Events: talk, hold')).toBeNull();
  expect(response('407 Proxy Authentication Required', 'Allow-Events: talk, hold')).toBeNull();
});

/** A D862, which takes keys by NOTIFY: those are what is used while nothing better is known. */
const d862 = (options: SnomOfficeOptions = {}) =>
  snomOffice({
    model: 'D862',
    firmware: '10.1.226.13',
    settings: { mb_trusted_hosts: '127.0.0.1', xml_notify: 'on' },
    ...options,
  });

/** By what a ringing call would be answered. */
async function answersBy({ running, phone }: SnomOffice): Promise<string> {
  const answer = { name: 'answer', arguments: {} } as const;
  const { exchanges } = await running.application.commands.explain(phone.id, answer, running.caller);
  return /Event: (\w+)|$/.exec(exchanges.join())?.[1] ?? 'nothing';
}

const states = ({ virtual }: SnomOffice) => virtual.calls.map(({ state }) => state);
const hold = (held: boolean) => ({ name: 'setHold', arguments: { held } }) as const;

async function ringing(office: SnomOffice): Promise<void> {
  office.virtual.telephony.exchange.addParty({ number: '1002' }).dial('1001');
  await expect.poll(() => states(office)).toEqual(['ringing']);
}

test('a phone that names talk and hold is controlled by them from then on, after a restart of the gateway too', async () => {
  await using office = await d862();
  const { running, phone, virtual } = office;
  expect(await answersBy(office)).toBe('xml');
  await running.run(phone, { name: 'pressKeys', arguments: { keys: [{ key: 'CANCEL' }] } });
  await expect.poll(() => answersBy(office)).toBe('talk');
  await running.restart();
  await ringing(office);
  const accepted = { status: 'ACCEPTED', transport: 'SIP_NOTIFY', skippedTransports: [] };
  expect(await running.run(phone, { name: 'answer', arguments: {} })).toMatchObject(accepted);
  expect(states(office)).toEqual(['connected']);
  expect(await running.run(phone, hold(true))).toMatchObject(accepted);
  expect(states(office)).toEqual(['held']);
  expect(await running.run(phone, hold(false))).toMatchObject(accepted);
  expect(states(office)).toEqual(['connected']);
  const notified = (virtual.sipRequests?.all ?? []).filter(({ method }) => method === 'NOTIFY');
  const events = notified.map(({ headers }) => headers['event']);
  expect(events).toEqual(['xml', 'talk', 'hold', 'talk']);
});

test('one that wants them in the dialog of the call (481) gets keys', async () => {
  await using office = await d862({ quirks: { talkOutsideDialog: 'refused' } });
  await office.findings();
  await expect.poll(() => answersBy(office)).toBe('talk');
  await ringing(office);
  expect(await office.running.run(office.phone, { name: 'answer', arguments: {} })).toMatchObject({
    status: 'ACCEPTED',
    transport: 'SIP_NOTIFY',
    skippedTransports: [{ transport: 'SIP_NOTIFY', reason: expect.stringContaining('481') }],
  });
  await expect.poll(() => states(office)).toEqual(['connected']);
});

test('the operator may say otherwise, and another SIP URI may be another phone', async () => {
  await using office = await d862();
  const { running, phone, virtual } = office;
  await office.findings();
  await expect.poll(() => answersBy(office)).toBe('talk');
  const { phones } = running.application;
  const update = (patch: Parameters<typeof phones.update>[1]) => phones.update(phone.id, patch, running.caller);
  await update({ options: [{ name: 'talkAndHold', value: 'off' }] });
  expect(await answersBy(office)).toBe('xml');
  await update({ options: [] });
  expect(await answersBy(office)).toBe('talk');
  await update({ sipUri: `${virtual.sipUri};transport=tcp` });
  expect(await answersBy(office)).toBe('xml');
});
