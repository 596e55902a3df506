import { describe, expect, test } from 'vitest';
import { replyOf } from '../fake-context.ts';
import { answering, run } from '../run.ts';

const url = (word: string) => `http://gw/a/T/${word}?csta_id=$csta_id&remote=$remote`;
const urls = [
  { setting: 'action_incoming_url', url: url('incoming') },
  { setting: 'action_hold', url: url('hold') },
  { setting: 'action_dnd_on_url', url: url('dnd_on') },
];
const xml = (name: string, text: string) =>
  `<Setting><name>${name}</name><value>${text.replaceAll('&', '&amp;')}</value></Setting>`;
const holding = (...pairs: readonly (readonly [string, string])[]) =>
  replyOf(200, `<GetSettingsResponse>${pairs.map(([name, text]) => xml(name, text)).join('')}</GetSettingsResponse>`);
const dummy = `/dummy.htm?settings=save&action_dnd_on_url=${encodeURIComponent(url('dnd_on'))}&store_settings=save`;

describe('configureActionUrls', () => {
  test("CSTA's list by SetSettings, the rest by dummy.htm, read back; what cannot be read is named", async () => {
    const { outcome, transport, sent } = await run('configureActionUrls', { urls });
    expect(transport).toBe('CSTA');
    expect(outcome).toEqual({ status: 'ACCEPTED', value: { unreadable: ['action_dnd_on_url'] } });
    expect(sent).toEqual([
      '<GetSettings></GetSettings>',
      `<SetSettings>${xml('action_incoming_url', url('incoming'))}${xml('action_hold', url('hold'))}</SetSettings>`,
      dummy,
      '<GetSettings></GetSettings>',
    ]);
  });

  test('only what differs is written', async () => {
    let asked = 0;
    const { outcome, sent } = await run(
      'configureActionUrls',
      { urls: urls.slice(0, 2) },
      {
        answer: ({ body = '' }) => {
          if (!body.includes('GetSettings')) return undefined;
          asked += 1;
          return holding(
            ['action_incoming_url', url('incoming')],
            ['action_hold', asked === 1 ? 'http://old/' : url('hold')],
          );
        },
      },
    );
    expect(outcome).toEqual({ status: 'CONFIRMED', changed: true, value: { unreadable: [] } });
    expect(sent).toEqual([
      '<GetSettings></GetSettings>',
      `<SetSettings>${xml('action_hold', url('hold'))}</SetSettings>`,
      '<GetSettings></GetSettings>',
    ]);
  });

  test('nothing where all is as it should be', async () => {
    const answer = answering(
      'GetSettings',
      holding(['action_incoming_url', url('incoming')], ['action_hold', url('hold')]),
    );
    const { outcome, sent } = await run('configureActionUrls', { urls: urls.slice(0, 2) }, { answer });
    expect(outcome).toEqual({ status: 'CONFIRMED', changed: false, value: { unreadable: [] } });
    expect(sent).toHaveLength(1);
  });

  test('a phone that holds something else', async () => {
    const answer = answering('GetSettings', holding(['action_incoming_url', 'http://pbx/']));
    const { outcome } = await run('configureActionUrls', { urls }, { answer });
    expect(outcome).toMatchObject({
      status: 'FAILED',
      failure: {
        code: 'SETTINGS_DIFFER',
        differences: [
          { name: 'action_incoming_url', expected: url('incoming'), actual: 'http://pbx/' },
          { name: 'action_hold', expected: url('hold'), actual: null },
        ],
      },
    });
  });

  test('without CSTA all by dummy.htm, and all named', async () => {
    const unreadable = urls.map(({ setting }) => setting);
    for (const scene of [
      { phone: { model: '320', firmware: '8.4.35' } },
      { answer: answering('/csta', replyOf(404)) },
    ]) {
      const { outcome, transport } = await run('configureActionUrls', { urls }, scene);
      expect([transport, outcome]).toEqual(['HTTP', { status: 'ACCEPTED', value: { unreadable } }]);
    }
  });

  test('only such as cannot be read', async () => {
    const { outcome } = await run('configureActionUrls', { urls: urls.slice(2) });
    expect(outcome).toEqual({ status: 'ACCEPTED', value: { unreadable: ['action_dnd_on_url'] } });
  });

  test('half of it: says which were written', async () => {
    const { outcome } = await run('configureActionUrls', { urls }, { answer: answering('/dummy.htm', replyOf(404)) });
    expect(outcome).toMatchObject({
      status: 'FAILED',
      failure: { message: expect.stringContaining('Written were action_incoming_url, action_hold') },
    });
  });

  test('none of it, where CSTA tells none of them: for the next way, or the failure as it is', async () => {
    const others = { urls: urls.slice(2) };
    const answer = answering('/dummy.htm', replyOf(404));
    const here = await run('configureActionUrls', others, { answer, on: 'CSTA' });
    expect(here.outcome).toEqual({ status: 'NOT_HERE', reason: 'The phone has no such page (404).' });
    const failed = answering('/dummy.htm', replyOf(500));
    expect((await run('configureActionUrls', others, { answer: failed, on: 'CSTA' })).outcome).toMatchObject({
      failure: { message: 'The phone answered 500.' },
    });
  });

  test('written, but it cannot be read back: all are named', async () => {
    let asked = 0;
    const { outcome, sent } = await run(
      'configureActionUrls',
      { urls },
      {
        answer: ({ body = '' }) => {
          if (!body.includes('GetSettings')) return undefined;
          asked += 1;
          return asked === 1 ? undefined : replyOf(503);
        },
      },
    );
    expect(outcome).toEqual({ status: 'ACCEPTED', value: { unreadable: urls.map(({ setting }) => setting) } });
    expect(sent).toHaveLength(4);
  });

  test.each([
    [[], 'urls'],
    [[{ setting: 'http_pass', url: 'http://h/' }], 'urls.0.setting'],
    [[urls[0] ?? { setting: '', url: '' }, { setting: 'action_hold', url: 'a\nb' }], 'urls.1.url'],
  ])('%j is refused', async (wrong, argument) => {
    for (const phone of [{}, { model: '720', firmware: '8.7.2' }]) {
      const { outcome, sent } = await run('configureActionUrls', { urls: wrong }, { phone });
      expect(outcome).toMatchObject({ failure: { code: 'INVALID_ARGUMENT', argument } });
      expect(sent).toEqual([]);
    }
  });
});

describe('verifyEventPath', () => {
  const tests = [
    { setting: 'action_firewall_test', url: 'http://gw/a/T/firewall_test' },
    { setting: 'action_fwtest_url', url: 'http://gw/a/T/fwtest' },
  ];
  const set = (name: string, word: string) => `<SetSettings>${xml(name, `http://gw/a/T/${word}`)}</SetSettings>`;

  test('sets both names, then fires', async () => {
    const { outcome, sent } = await run('verifyEventPath', { urls: [...urls, ...tests] });
    expect(outcome.status).toBe('ACCEPTED');
    expect(sent).toEqual([
      set('action_fwtest_url', 'fwtest'),
      set('action_firewall_test', 'firewall_test'),
      '<FireTest></FireTest>',
    ]);
  });
  test('a phone that knows only one of them', async () => {
    const { outcome, sent } = await run(
      'verifyEventPath',
      { urls: tests },
      { answer: answering('action_fwtest_url', replyOf(500)) },
    );
    expect([outcome.status, sent.length]).toEqual(['ACCEPTED', 3]);
  });
  test('a phone that knows none', async () => {
    const { outcome, sent } = await run(
      'verifyEventPath',
      { urls: tests },
      { answer: answering('SetSettings', replyOf(500)) },
    );
    expect([outcome.status, sent.length]).toEqual(['FAILED', 2]);
    const off = await run('verifyEventPath', { urls: tests }, { answer: () => replyOf(404) });
    expect(off.outcome.status).toBe('NOT_HERE');
  });
  test('a phone that cannot fire', async () => {
    const { outcome } = await run('verifyEventPath', { urls: tests }, { answer: answering('FireTest', replyOf(404)) });
    expect(outcome).toMatchObject({
      status: 'FAILED',
      failure: { message: expect.stringContaining('nothing fires it') },
    });
  });
  test('a reply that cannot be read ends it', async () => {
    const { outcome, sent } = await run('verifyEventPath', { urls: tests }, { answer: () => replyOf(200, 'what?') });
    expect([outcome.status, sent.length]).toEqual(['UNKNOWN', 1]);
  });
  test('no URL for it', async () => {
    expect((await run('verifyEventPath', { urls })).outcome).toMatchObject({
      failure: { code: 'INVALID_ARGUMENT', argument: 'urls' },
    });
  });
});
