import { type CallMonitor, type Driver, failed, rateLimited } from '@hookswitch/core';
import { expect, test } from 'vitest';
import { conformance, type DocumentedCommand, type VendorDocuments } from '../../src/index.ts';
import { CollectingRunner } from '../support/collecting-runner.ts';
import { type ExampleOptions, exampleDriver } from '../support/example-driver.ts';
import { exampleHarness } from '../support/example-harness.ts';

const PHONE = { model: 'E1', firmware: '1.0' };

/** What was told of a driver by the rows of documents, each name without what all have in common. */
async function told(
  documented: VendorDocuments,
  driver: Driver<ExampleOptions> = exampleDriver,
): Promise<readonly string[]> {
  const runner = new CollectingRunner();
  conformance(runner, { ...exampleHarness(driver), documented });
  const failures = await runner.failures((name) => name.startsWith('the Example driver: documented: '));
  return [...failures.keys()].map((name) => name.replace('the Example driver: documented: ', ''));
}

const answer: DocumentedCommand = {
  name: 'answering',
  phone: PHONE,
  capability: 'ANSWER',
  member: 'answer',
  command: () => ({}),
  exchange: ['GET /?key=OK'],
};

const screen: DocumentedCommand = {
  name: 'the screen',
  phone: PHONE,
  capability: 'SCREEN',
  member: 'screen',
  exchange: [{ sends: 'GET /screen.bmp', answer: { bytes: [0x42, 0x4d, 1] } }],
  value: { mediaType: 'image/bmp' },
};

const refused: DocumentedCommand = {
  ...answer,
  name: 'a refusal',
  exchange: [{ sends: 'GET /?key=OK', answer: { status: 403 } }],
  outcome: 'PHONE_REJECTED',
  says: 'ANSWERED 403',
};

test('rows that are as the driver has it pass, and each is a case', async () => {
  const documented: VendorDocuments = {
    models: [{ model: 'E1', functionKeys: 2 }],
    commands: [answer, screen, refused],
    settings: [{ name: 'all settings', phone: PHONE, settings: ['url.answered', 'url.incoming', 'url.ended'] }],
    ways: [{ name: 'an E1', phone: PHONE, capability: 'ANSWER', ways: ['HTTP DOCUMENTED'] }],
    events: [
      {
        phone: PHONE,
        setting: 'url.incoming',
        fills: { $mac: '', $call_id: '7', $remote: 'sip:2001@pbx.example' },
        means: { callEventKind: 'INCOMING', call: { vendorIds: { call_id: '7' }, remote: { number: '2001' } } },
        report: { vendorEvent: 'url.incoming' },
      },
    ],
    devices: [
      {
        name: 'a login',
        replies: [{ target: '/', status: 401, headers: { 'www-authenticate': 'Digest realm="E1"' } }],
        is: { score: 80, model: 'E1' },
      },
    ],
    diagnoses: [{ name: 'a phone', phone: PHONE, answers: [], finds: ['OK ANSWERS'], findsNot: ['PROBLEM ANSWERS'] }],
  };
  const runner = new CollectingRunner();
  const { names } = conformance(runner, { ...exampleHarness(), documented });
  expect(await told(documented)).toEqual([]);
  expect(names.filter((name) => name.includes('documented: '))).toHaveLength(10);
});

test.each<readonly [string, VendorDocuments, readonly string[]]>([
  ['another key', { commands: [{ ...answer, exchange: ['GET /?key=ENTER'] }] }, ['answering']],
  ['the beginning of the key alone', { commands: [{ ...answer, exchange: ['GET /?key=O'] }] }, ['answering']],
  ['a request more', { commands: [{ ...answer, exchange: [...answer.exchange, 'GET /?key=OK'] }] }, ['answering']],
  ['no request', { commands: [{ ...answer, exchange: [] }] }, ['answering']],
  ['another outcome', { commands: [{ ...answer, outcome: 'CONFIRMED' }] }, ['answering']],
  ['a way that there is not', { commands: [{ ...answer, rung: 'CSTA' }] }, ['answering']],
  ['a document for the phone to fetch', { commands: [{ ...answer, publishes: ['x'] }] }, ['answering']],
  ['other words', { commands: [{ ...refused, says: 'busy' }] }, ['a refusal']],
  ['another value', { commands: [{ ...screen, value: { mediaType: 'image/png' } }] }, ['the screen']],
  ['another number of keys', { models: [{ model: 'E1', functionKeys: 3 }] }, ['the model E1']],
  ['another model', { models: [{ model: 'E2', functionKeys: 2 }] }, ['the model E2', 'no other model']],
  ['keys that it has not', { models: [{ model: 'E1', functionKeys: 2, keys: ['OK'] }] }, ['the model E1']],
  ['a setting less', { settings: [{ name: 'settings', phone: PHONE, settings: ['url.answered'] }] }, ['settings']],
  [
    'other evidence',
    { ways: [{ name: 'it', phone: PHONE, capability: 'ANSWER', ways: ['HTTP ASSUMED'] }] },
    ['ANSWER of it'],
  ],
  ['another score', { devices: [{ name: 'nothing', is: { score: 1 } }] }, ['nothing']],
  ['a finding', { diagnoses: [{ name: 'it', phone: PHONE, answers: [], finds: ['NOTICE ANSWERS'] }] }, ['it']],
  [
    'a finding that is not to be there',
    { diagnoses: [{ name: 'it', phone: PHONE, answers: [], finds: [], findsNot: ['OK ANSWERS'] }] },
    ['it'],
  ],
  ['a command that is a key', { commandKeys: ['Reset'] }, ['Reset is a key that is a command']],
  ['a setting that it has not', { events: [{ phone: PHONE, setting: 'url.no', means: {} }] }, ['url.no is undefined']],
])('documents that have %s are told', async (_, documented, names) => {
  expect(await told(documented)).toEqual(names);
});

const FILLS = { $mac: 'a', $call_id: '7', $remote: '2001' };
const incoming = (means: unknown, fills: Readonly<Record<string, string>> = FILLS): VendorDocuments => ({
  events: [{ phone: PHONE, setting: 'url.incoming', fills, means }],
});

test.each<readonly [string, VendorDocuments]>([
  ['of another kind', incoming({ callEventKind: 'OUTGOING' })],
  ['of another call', incoming({ callEventKind: 'INCOMING', call: { vendorIds: { call_id: '8' } } })],
  ['with a variable that the URL has not', incoming({ callEventKind: 'INCOMING' }, { ...FILLS, $local: '1001' })],
  ['with one less than the URL has', incoming({ callEventKind: 'INCOMING' }, { $mac: 'a', $call_id: '7' })],
])('an event %s is told', async (_, documented) => {
  expect(await told(documented)).toHaveLength(1);
});

test('a value that the phone escapes is what the row says that is read', async () => {
  const escaped = { ...FILLS, $remote: '%2B49%2030' };
  const means = { callEventKind: 'INCOMING', call: { remote: { number: '+49 30' } } };
  const row = (reads: Readonly<Record<string, string>>): VendorDocuments => ({
    events: [{ phone: PHONE, setting: 'url.incoming', fills: escaped, reads, means }],
  });
  expect(await told(row({ $remote: '+49 30' }))).toEqual([]);
  for (const wrong of [{}, { $remote: '%2B49%2030' }, { $remote: '+49 30', $local: '' }])
    expect(await told(row(wrong))).toEqual(['url.incoming is INCOMING']);
});

test('when a phone that is busy wants to be asked again', async () => {
  const busy: Driver<ExampleOptions> = {
    ...exampleDriver,
    capabilitiesFor: (profile) => ({
      ...exampleDriver.capabilitiesFor(profile),
      ANSWER: [
        {
          transport: 'HTTP',
          evidence: 'ASSUMED',
          source: null,
          answer: async (_, { http }) => {
            const { headers } = await http.send({ method: 'GET', target: '/?key=OK' });
            return failed(rateLimited('Busy.', Number(headers['retry-after']) * 1000));
          },
        },
      ],
    }),
  };
  const row = {
    ...answer,
    exchange: [{ sends: 'GET /?key=OK', answer: { status: 503, headers: { 'retry-after': '2' } } }],
    outcome: 'RATE_LIMITED',
  };
  expect(await told({ commands: [{ ...row, retryAfterMs: 2000 }] }, busy)).toEqual([]);
  expect(await told({ commands: [{ ...row, retryAfterMs: 1000 }] }, busy)).toEqual(['answering']);
  expect(await told({ commands: [{ ...answer, retryAfterMs: 1000 }] })).toEqual(['answering']);
});

test('what a phone says to who listens is read, and what is read otherwise is told', async () => {
  const monitor: CallMonitor<ExampleOptions> = {
    transport: 'UACSTA',
    evidence: 'ASSUMED',
    source: 'Example, manual, page 2',
    async watch({ sip }, watcher) {
      await sip.converse({}, async (conversation) => {
        for (let said = await conversation.next(); said !== null; said = await conversation.next()) {
          if (said.body === 'who?') watcher.unsure();
          const report = exampleDriver.actionUrls.parse({ path: said.body, rawQuery: 'call_id=7' }, PROFILE);
          if (report !== null) await watcher.report(report);
        }
      });
      return { status: 'ACCEPTED', value: undefined };
    },
  };
  const listening = { ...exampleDriver, monitor: () => monitor };
  const row = { phone: PHONE, agrees: ['yes'], means: [{ callEventKind: 'INCOMING' }], body: 'incoming' };
  const tellings = [
    { ...row, name: 'right' },
    { ...row, name: 'unsure', body: 'who?', means: [], isUnsure: true },
    { ...row, name: 'another event', body: 'ended' },
    { ...row, name: 'no event', body: 'babble' },
    { ...row, name: 'sure', isUnsure: true },
  ];
  expect(await told({ tellings }, listening)).toEqual(['another event', 'no event', 'sure']);
  expect(await told({ tellings: [{ ...row, name: 'right' }] })).toEqual(['right']);
});

const PROFILE = {
  model: 'E1',
  firmware: '1.0',
  mac: null,
  options: { answerKey: 'OK' },
  reachableBy: { http: true, sip: true },
};
