import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CALL_EVENT_KINDS, type PhoneEvent } from '@hookswitch/core';
import { describe, expect, test } from 'vitest';
import { CSTA_ENDINGS, CSTA_EVENT_ROWS } from '../../src/wire/csta-events.table.ts';
import { type CstaEventReading, ownDevices, readCstaEvent } from '../../src/wire/csta-events.ts';
import { fixture } from '../fixture.ts';

const ACCOUNTS = ['101@pbx.example'];

function read(name: string, accounts: readonly string[] = ACCOUNTS): CstaEventReading {
  return readCstaEvent(fixture(`uacsta/${name}.xml`), ownDevices(accounts)) ?? expect.unreachable(name);
}

/** `KIND STATE id direction remote>target` of a call event, the type of another. */
function inShort(event: PhoneEvent): string {
  if (event.type !== 'CALL') return event.type;
  const { vendorIds, direction, remote, target } = event.call;
  const parts = [event.callEventKind, event.callState, vendorIds['csta_id'], direction, remote.number];
  return [...parts.map((part) => part ?? '-'), ...(target === null ? [] : [`>${target.number}`])].join(' ');
}

/** What each event means to a phone whose identity is 101, and to one whose identities nobody knows. */
const MEANINGS: Readonly<Record<string, readonly [known: readonly string[], unknown?: readonly string[]]>> = {
  'delivered-here': [['INCOMING RINGING -18 INCOMING +4930123']],
  'delivered-there': [['OUTGOING DIALING 2 OUTGOING 0049123']],
  'delivered-no-state': [['INCOMING RINGING -18 INCOMING -']],
  originated: [['OUTGOING DIALING 2 OUTGOING 200']],
  established: [['CONNECTED CONNECTED -18 INCOMING 200'], ['CONNECTED CONNECTED -18 - -']],
  held: [['HELD HELD -18 - -']],
  'held-by-other': [['REMOTE_HELD - -18 - -']],
  retrieved: [['RESUMED CONNECTED -18 - -']],
  'retrieved-by-other': [['REMOTE_RESUMED - -18 - -'], ['RESUMED CONNECTED -18 - -']],
  cleared: [['ENDED ENDED -18 - -']],
  'cleared-canceled': [['CANCELED ENDED -18 - -'], ['ENDED ENDED -18 - -']],
  'cleared-remote-canceled': [['REMOTE_CANCELED ENDED -18 - -'], ['ENDED ENDED -18 - -']],
  'cleared-picked-up': [['REMOTE_CANCELED ENDED -18 - -'], ['ENDED ENDED -18 - -']],
  'cleared-declined': [['REJECTED ENDED -18 - -'], ['ENDED ENDED -18 - -']],
  'cleared-other-left': [['OTHER']],
  'cleared-strange-cause': [['ENDED ENDED -18 - -']],
  'call-cleared': [['ENDED ENDED -18 - -']],
  'failed-busy': [['REMOTE_BUSY ENDED 2 OUTGOING 200'], ['REMOTE_BUSY ENDED 2 - -']],
  'failed-unknown-number': [['ENDED ENDED 2 OUTGOING 200'], ['ENDED ENDED 2 - -']],
  diverted: [['FORWARDED ENDED -18 INCOMING 200 >300'], ['FORWARDED ENDED -18 - - >300']],
  'diverted-there': [['OTHER']],
  'transferred-blind': [['TRANSFER_FINISHED - -18 - - >300', 'ENDED ENDED -18 - -']],
  'transferred-attended': [['TRANSFER_FINISHED - -18 - - >300', 'ENDED ENDED -18 - -', 'ENDED ENDED 2 - -']],
  'transferred-by-other': [['TRANSFER_RECEIVED - -18 - -']],
  conferenced: [['CONFERENCED CONNECTED -18 - -', 'CONFERENCED CONNECTED 2 - -'], ['OTHER']],
  queued: [['OTHER']],
  'service-initiated': [['OTHER']],
  'do-not-disturb': [['FEATURE']],
  forwarding: [['FEATURE']],
};

const reportsOf = (name: string, accounts?: readonly string[]): readonly string[] =>
  read(name, accounts).reports.map(({ event }) => inShort(event));

test('every written event is read as what it is', () => {
  const files = readdirSync(join(import.meta.dirname, '../fixtures/uacsta')).map((name) => name.replace(/\.xml$/, ''));
  expect(files.toSorted()).toEqual(Object.keys(MEANINGS).toSorted());
  expect(files).toHaveLength(29);
});

test.each(Object.entries(MEANINGS))('%s', (name, [known, unknown = known]) => {
  expect(reportsOf(name)).toEqual(known);
  expect(reportsOf(name, [])).toEqual(unknown);
});

describe('an event', () => {
  test('brings its own name and what it holds, numbers as they were', () => {
    const [report] = read('delivered-here').reports;
    expect(report?.vendorEvent).toBe('uacsta:DeliveredEvent');
    expect(report?.variables).toEqual([
      { name: 'monitorCrossRefID', value: '43' },
      { name: 'connection.callID', value: '-18' },
      { name: 'connection.deviceID', value: 'sip:101@pbx.example' },
      { name: 'alertingDevice', value: 'sip:101@pbx.example' },
      { name: 'callingDevice', value: 'sip:+4930123@pbx.example;user=phone' },
      { name: 'calledDevice', value: 'sip:101@pbx.example' },
      { name: 'localConnectionInfo', value: 'alerting' },
      { name: 'cause', value: 'newCall' },
    ]);
    expect(report?.event).toMatchObject({ call: { local: { number: '101', uri: 'sip:101@pbx.example' } } });
  });

  test('that joins calls under another id makes the gateway ask, but not where the phone has left them', () => {
    const unsure = Object.keys(MEANINGS).filter((name) => read(name).isUnsure);
    expect(unsure).toEqual(['transferred-by-other', 'conferenced']);
  });

  test('about a switch tells which', () => {
    expect(read('do-not-disturb').reports[0]?.event).toMatchObject({ feature: 'DO_NOT_DISTURB', enabled: true });
    expect(read('forwarding').reports[0]?.event).toEqual({
      type: 'FEATURE',
      feature: 'FORWARD_NO_ANSWER',
      enabled: true,
      target: 'sip:300@pbx.example',
    });
  });

  test('with a bare id, as before 8.7, names its call as well', () => {
    const body = '<HeldEvent><heldConnection>-18</heldConnection></HeldEvent>';
    const [report] = readCstaEvent(body, ownDevices([]))?.reports ?? [];
    expect(inShort(report?.event ?? expect.unreachable())).toBe('HELD HELD -18 - -');
  });

  test('that names no call is told without one', () => {
    const [report] = readCstaEvent('<HeldEvent/>', ownDevices(ACCOUNTS))?.reports ?? [];
    expect(report?.event).toHaveProperty('callEventKind', 'HELD');
    expect(report?.event).toHaveProperty('call.vendorIds', {});
  });

  test('of a transfer, where neither the own end nor the identities are known, is taken for its own', () => {
    const calls = '<primaryOldCall><callID>-18</callID></primaryOldCall>';
    const told = (accounts: readonly string[], by: string) =>
      readCstaEvent(
        `<TransferredEvent>${calls}<transferringDevice>${by}</transferringDevice></TransferredEvent>`,
        ownDevices(accounts),
      );
    const kinds = (reading: CstaEventReading | null) => reading?.reports.map(({ event }) => inShort(event));
    const left = ['TRANSFER_FINISHED - -18 - - >null', 'ENDED ENDED -18 - -'];
    for (const reading of [
      told([], 'sip:201@pbx.example'),
      told(ACCOUNTS, ''),
      told(ACCOUNTS, 'sip:101@pbx.example'),
    ]) {
      expect(kinds(reading)).toEqual(left);
      expect(reading?.isUnsure).toBe(false);
    }
    const byOther = told(ACCOUNTS, 'sip:201@pbx.example');
    expect(kinds(byOther)).toEqual(['TRANSFER_RECEIVED - -18 - -']);
    expect(byOther?.isUnsure).toBe(true);
  });

  test('however long does not fill the log', () => {
    const many = Array.from({ length: 200 }, (_, index) => `<x${index}>${'y'.repeat(2_000)}</x${index}>`).join('');
    const [report] = readCstaEvent(`<OddEvent>${many}</OddEvent>`, ownDevices([]))?.reports ?? [];
    expect(report?.event).toEqual({ type: 'OTHER' });
    expect(report?.variables).toHaveLength(40);
    expect(Math.max(...(report?.variables ?? []).map(({ value }) => value.length))).toBe(500);
  });
});

test('what is no event is none', () => {
  const own = ownDevices(ACCOUNTS);
  for (const body of [
    '',
    'hello',
    '<DeliveredEvent>',
    '<!DOCTYPE x><DeliveredEvent/>',
    '<RequestSystemStatusResponse><systemStatus>normal</systemStatus></RequestSystemStatusResponse>',
    '<CSTAErrorCode><operation>invalidCallID</operation></CSTAErrorCode>',
  ]) {
    expect(readCstaEvent(body, own)).toBeNull();
  }
  expect(readCstaEvent('<MonitorStop><monitorCrossRefID>43</monitorCrossRefID></MonitorStop>', own)?.isLast).toBe(true);
});

test('the tables hold only words of the contract, and no event twice', () => {
  expect(CSTA_EVENT_ROWS).toHaveLength(9);
  expect(new Set(CSTA_EVENT_ROWS.map(({ event }) => event)).size).toBe(9);
  const kinds = [
    ...CSTA_EVENT_ROWS.flatMap(({ own, other }) => [own.kind, other?.kind]),
    ...Object.values(CSTA_ENDINGS).flatMap(({ own, other }) => [own, other]),
  ].filter((kind) => kind !== undefined && kind !== null);
  expect(kinds.filter((kind) => !CALL_EVENT_KINDS.includes(kind))).toEqual([]);
});
