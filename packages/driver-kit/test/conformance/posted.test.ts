import type { ActionUrls, CallEndReason, Driver } from '@hookswitch/core';
import { expect, test } from 'vitest';
import { conformance, type PostedSample } from '../../src/index.ts';
import { CollectingRunner } from '../support/collecting-runner.ts';
import { type ExampleOptions, exampleDriver } from '../support/example-driver.ts';
import { exampleHarness } from '../support/example-harness.ts';

const SETTING = 'url.all';
const CALLS: readonly PostedSample[] = [
  { name: 'a call that rings', body: '{"call":"7","state":"ringing"}', event: 'CALL INCOMING', state: 'RINGING' },
  { name: 'a greeting', body: '{"hello":true}', event: 'OTHER' },
];

type Parse = ActionUrls<ExampleOptions>['parse'];

const party = { number: null, uri: null, displayName: null };

/** Reads JSON that is posted: `{"call": "7", "state": "ringing"}`. */
const reading: Parse = ({ path, rawQuery, body = '' }, phone) => {
  if (path !== 'all') return exampleDriver.actionUrls.parse({ path, rawQuery }, phone);
  let call = '';
  try {
    const told: unknown = JSON.parse(body);
    const isRinging = told instanceof Object && 'state' in told && told.state === 'ringing';
    if (isRinging && 'call' in told && typeof told.call === 'string') call = told.call;
  } catch {
    call = '';
  }
  const facts = { vendorIds: { call }, direction: null, remote: party, local: party, target: null };
  return {
    event:
      call === '' ? { type: 'OTHER' } : { type: 'CALL', callEventKind: 'INCOMING', callState: 'RINGING', call: facts },
    vendorEvent: SETTING,
    variables: body === '' ? [] : [{ name: 'body', value: body }],
    device: { mac: null, model: null, firmware: null },
  };
};

function withPosts(parse: Parse): Driver<ExampleOptions> {
  const { actionUrls } = exampleDriver;
  const setting = { setting: SETTING, path: 'all', query: '', isPosted: true };
  return {
    ...exampleDriver,
    actionUrls: { ...actionUrls, settingsFor: (phone) => [...actionUrls.settingsFor(phone), setting], parse },
  };
}

/** The names of the cases of posts that fail. */
async function failuresOf(
  parse: Parse,
  posted: Readonly<Record<string, readonly PostedSample[]>> = { [SETTING]: CALLS },
): Promise<readonly string[]> {
  const runner = new CollectingRunner();
  conformance(runner, { ...exampleHarness(withPosts(parse)), posted, otherEvents: [SETTING] });
  return [...(await runner.failures((name) => name.includes(`action URL ${SETTING}`))).keys()];
}

const RINGS = `E1: action URL ${SETTING}: a call that rings is CALL INCOMING`;
const STRANGE = `E1: action URL ${SETTING} with its documents cut short, spoilt and strange`;

test('a driver that reads what is posted passes', async () => {
  expect(await failuresOf(reading)).toEqual([]);
});

test('one that tells another state is told', async () => {
  const dialling: Parse = (report, phone) => {
    const read = reading(report, phone);
    return read?.event.type === 'CALL' ? { ...read, event: { ...read.event, callState: 'DIALING' } } : read;
  };
  expect(await failuresOf(dialling)).toEqual([RINGS]);
});

test('one that does not tell why a call ended is told, where the sample says so', async () => {
  const samples = (endReason: CallEndReason | null) => ({ [SETTING]: CALLS.map((one) => ({ ...one, endReason })) });
  expect(await failuresOf(reading, samples(null))).toEqual([]);
  expect(await failuresOf(reading, samples('MISSED'))).toContain(RINGS);
});

test('one that does not look at the body is told', async () => {
  expect(await failuresOf(({ body: _, ...report }, phone) => reading(report, phone))).toContain(RINGS);
});

test('one that throws at what is cut short is told', async () => {
  const throwing: Parse = (report, phone) => {
    if (report.body !== undefined) JSON.parse(report.body);
    return reading(report, phone);
  };
  expect(await failuresOf(throwing)).toEqual([STRANGE]);
});

test('one that takes everything for a call is told', async () => {
  const eager: Parse = (report, phone) => reading({ ...report, body: CALLS[0]?.body }, phone);
  expect(await failuresOf(eager)).toContain(STRANGE);
});

test('documents for a setting that is fetched are a mistake of the harness', async () => {
  await expect(failuresOf(reading, { 'url.incoming': CALLS })).rejects.toThrow(
    /no action URL url\.incoming that is posted/,
  );
});
