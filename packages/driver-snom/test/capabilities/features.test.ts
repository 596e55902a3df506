import { failed, phoneUnreachable, TransportError } from '@hookswitch/core';
import { describe, expect, test } from 'vitest';
import { forwardingByPage } from '../../src/capabilities/features.ts';
import { snomPhone } from '../../src/phone.ts';
import { fakeContext, profileOf, replyOf } from '../fake-context.ts';
import { answering, run } from '../run.ts';

const get = (device: string) => `<GetDoNotDisturb><device>${device}</device></GetDoNotDisturb>`;
const set = (device: string, on: boolean) =>
  `<SetDoNotDisturb><device>${device}</device><doNotDisturbOn>${on}</doNotDisturbOn></SetDoNotDisturb>`;
const dnd = (on: boolean) =>
  replyOf(200, `<GetDoNotDisturbResponse><doNotDisturbOn>${on}</doNotDisturbOn></GetDoNotDisturbResponse>`);

describe('do-not-disturb by CSTA', () => {
  test('asked, set, asked again', async () => {
    const { outcome, sent } = await run('setDoNotDisturb', { enabled: true });
    expect(outcome).toEqual({ status: 'CONFIRMED', changed: true, value: undefined });
    expect(sent).toEqual([get('1'), set('1', true), get('1')]);
  });
  test('nothing where it already is so', async () => {
    const { outcome, sent } = await run('setDoNotDisturb', { enabled: true }, { answer: () => dnd(true) });
    expect(outcome).toEqual({ status: 'CONFIRMED', changed: false, value: undefined });
    expect(sent).toEqual([get('1')]);
  });
  test('a phone that acknowledges and does not do it', async () => {
    const { outcome } = await run(
      'setDoNotDisturb',
      { enabled: true },
      { answer: answering('GetDoNotDisturb', dnd(false)) },
    );
    expect(outcome).toMatchObject({ status: 'FAILED', failure: { code: 'PHONE_REJECTED' } });
  });
  test('a phone that does not tell', async () => {
    const answer = answering('GetDoNotDisturb', replyOf(200, '<GetDoNotDisturbResponse/>'));
    expect((await run('setDoNotDisturb', { enabled: false }, { answer })).outcome.status).toBe('ACCEPTED');
  });
  test('a phone that falls silent after it was set', async () => {
    let asked = 0;
    const { outcome } = await run(
      'setDoNotDisturb',
      { enabled: true },
      {
        answer: ({ body = '' }) => {
          if (body.includes('GetDoNotDisturb') && ++asked === 2) {
            throw new TransportError(failed(phoneUnreachable('Silence.')));
          }
          return undefined;
        },
      },
    );
    expect(outcome.status).toBe('ACCEPTED');
  });
  test('of a phone whose firmware is not known, as of 8.7.4: the first identity by its index', async () => {
    const phone = { model: '720', firmware: null };
    const { outcome, sent } = await run('setDoNotDisturb', { enabled: true }, { phone });
    expect([outcome.status, sent]).toEqual(['CONFIRMED', [get('1'), set('1', true), get('1')]]);
    const before = { model: '720', firmware: '8.7.3.25' };
    expect((await run('setDoNotDisturb', { enabled: true }, { phone: before })).transport).toBe('HTTP');
  });
  test('every identity', async () => {
    const phone = { options: { accounts: '101@h,102@h' } };
    const { outcome, sent } = await run('setDoNotDisturb', { enabled: false }, { phone });
    expect(outcome).toMatchObject({ status: 'CONFIRMED', changed: true });
    expect(sent).toEqual(
      ['sip:101@h', 'sip:102@h'].flatMap((device) => [get(device), set(device, false), get(device)]),
    );
    const answer = answering('SetDoNotDisturb><csta:device>sip:102@h', replyOf(500));
    expect((await run('setDoNotDisturb', { enabled: false }, { phone, answer })).outcome).toMatchObject({
      failure: { message: expect.stringContaining('first 1 of 2 identities') },
    });
  });
});

test('do-not-disturb by key', async () => {
  const { sent, outcome } = await run(
    'setDoNotDisturb',
    { enabled: true },
    { phone: { model: '320', firmware: '8.4.35' } },
  );
  expect([sent, outcome.status]).toEqual([['/command.htm?key=DND'], 'ACCEPTED']);
  const { transport } = await run('setDoNotDisturb', { enabled: true }, { answer: answering('/csta', replyOf(404)) });
  expect(transport).toBe('HTTP');
});

test('do-not-disturb by key is a toggle: not pressed where the phone told that it is as wished', async () => {
  const phone = { model: '320', firmware: '8.4.35' };
  const features = [{ feature: 'DO_NOT_DISTURB', enabled: true, target: null }] as const;
  const same = await run('setDoNotDisturb', { enabled: true }, { phone, features });
  expect([same.sent, same.outcome]).toEqual([[], { status: 'CONFIRMED', value: undefined, changed: false }]);
  const other = await run('setDoNotDisturb', { enabled: false }, { phone, features });
  expect([other.sent, other.outcome.status]).toEqual([['/command.htm?key=DND'], 'ACCEPTED']);
});

describe('forwarding', () => {
  const item = (type: string, on: boolean, ...[to = '', more = '']: readonly [to?: string, more?: string]) =>
    replyOf(
      200,
      `<GetForwardingResponse><forwardListItem><forwardingType>${type}</forwardingType><forwardStatus>${on}</forwardStatus><forwardDN>${to}</forwardDN>${more}</forwardListItem></GetForwardingResponse>`,
    );

  /** What the phone tells before it was set, and after that. */
  const becoming = (before: ReturnType<typeof item>, after: ReturnType<typeof item>) => {
    let isSet = false;
    return ({ body = '' }: { readonly body?: string | undefined }) => {
      if (body.includes('SetForwarding')) isSet = true;
      return body.includes('GetForwarding') ? (isSet ? after : before) : undefined;
    };
  };

  test('nothing where the phone tells that it is so already', async () => {
    const command = { kind: 'ALWAYS', enabled: true, target: '0102' } as const;
    const answer = answering('GetForwarding', item('forwardImmediate', true, 'sip:0102@h'));
    const { outcome, sent } = await run('setForwarding', command, { answer });
    expect(outcome).toEqual({ status: 'CONFIRMED', changed: false, value: undefined });
    expect(sent).toEqual(['<GetForwarding><device>1</device></GetForwarding>']);
    const other = await run('setForwarding', { ...command, target: '0103' }, { answer });
    expect(other.sent.some((body) => body.startsWith('<SetForwarding>'))).toBe(true);
  });
  test('is set and asked for', async () => {
    const command = { kind: 'BUSY', enabled: true, target: '0102' } as const;
    const { outcome, sent } = await run('setForwarding', command, {
      answer: becoming(item('forwardBusy', false), item('forwardBusy', true, 'sip:0102@h')),
    });
    expect(outcome).toEqual({ status: 'CONFIRMED', changed: true, value: undefined });
    expect(sent).toEqual([
      '<GetForwarding><device>1</device></GetForwarding>',
      '<SetForwarding><device>1</device><forwardingType>forwardBusy</forwardingType><activateForward>true</activateForward><forwardDN>0102</forwardDN></SetForwarding>',
      '<GetForwarding><device>1</device></GetForwarding>',
    ]);
    expect((await run('setForwarding', command)).outcome.status).toBe('ACCEPTED');
    const elsewhere = answering('GetForwarding', item('forwardBusy', true, '0103'));
    expect((await run('setForwarding', command, { answer: elsewhere })).outcome.status).toBe('ACCEPTED');
  });
  test('after some seconds: done only where the phone says so too', async () => {
    const command = { kind: 'NO_ANSWER', enabled: true, target: '0102', afterSeconds: 20 } as const;
    const { outcome, sent } = await run('setForwarding', command, {
      answer: becoming(
        item('forwardNoAns', true, '0102', '<ringDuration>12</ringDuration>'),
        item('forwardNoAns', true, '0102', '<ringDuration>20</ringDuration>'),
      ),
    });
    expect(outcome.status).toBe('CONFIRMED');
    expect(sent[1]).toContain('<forwardDN>0102</forwardDN><ringDuration>20</ringDuration></SetForwarding>');
    for (const told of ['', '<ringDuration>12</ringDuration>', '<ringDuration>soon</ringDuration>']) {
      const answer = answering('GetForwarding', item('forwardNoAns', true, '0102', told));
      expect((await run('setForwarding', command, { answer })).outcome.status).toBe('ACCEPTED');
    }
  });
  test('is switched off', async () => {
    const answer = becoming(item('forwardImmediate', true, '0102'), item('forwardImmediate', false));
    const { outcome, sent } = await run('setForwarding', { kind: 'ALWAYS', enabled: false }, { answer });
    expect(outcome.status).toBe('CONFIRMED');
    expect(sent[1]).toContain('<activateForward>false</activateForward></SetForwarding>');
  });
  test.each([
    [{ kind: 'ALWAYS', enabled: true }, 'target'],
    [{ kind: 'ALWAYS', enabled: true, target: 'a b' }, 'target'],
    [{ kind: 'BUSY', enabled: true, target: '1', afterSeconds: 20 }, 'afterSeconds'],
    [{ kind: 'NO_ANSWER', enabled: true, target: '1', afterSeconds: 0 }, 'afterSeconds'],
  ] as const)('%o is refused', async (command, argument) => {
    const { outcome, sent } = await run('setForwarding', command);
    expect(outcome).toMatchObject({ failure: { code: 'INVALID_ARGUMENT', argument } });
    expect(sent).toEqual([]);
  });
});

describe('forwarding by settings', () => {
  const start = '/dummy.htm?settings=save';
  const end = '&store_settings=save';
  const old = { model: '320', firmware: '8.4.35' };
  const wish = { kind: 'BUSY', enabled: true, target: '0102' } as const;

  test.each([
    [old, wish, '&redirect_busy_number=0102&redirect_event=busy'],
    [
      old,
      { kind: 'NO_ANSWER', enabled: true, target: '0102', afterSeconds: 20 },
      '&redirect_time_number=0102&redirect_time=20&redirect_event=time',
    ],
    [{ model: '720', firmware: '8.7.3.17' }, wish, '&redirect_busy_number=0102&redirect_on_busy=on'],
    [{ model: '720', firmware: '8.7.3.17' }, { kind: 'ALWAYS', enabled: false }, '&redirect_allways=off'],
    [{ model: '720', firmware: '8.7.4' }, wish, '&fwd_busy_target1=0102&fwd_busy_enabled1=on'],
    [
      { options: { accounts: '101@h,102@h' } },
      { kind: 'NO_ANSWER', enabled: true, target: '0102', afterSeconds: 20 },
      '&fwd_time_target1=0102&fwd_time_secs1=20&fwd_time_enabled1=on&fwd_time_target2=0102&fwd_time_secs2=20&fwd_time_enabled2=on',
    ],
  ] as const)('%o %o', async (phone, command, settings) => {
    const { outcome, sent } = await run('setForwarding', command, { phone, on: 'HTTP' });
    expect([outcome.status, sent]).toEqual(['ACCEPTED', [`${start}${settings}${end}`]]);
  });

  test.each([
    ['busy', 'BUSY', true],
    ['all', 'BUSY', false],
    ['none', 'ALWAYS', false],
    [null, 'ALWAYS', true],
  ] as const)('with one setting for all: at %s, %s off is sent: %s', async (event, kind, isSent) => {
    const page = event === null ? replyOf(404) : replyOf(200, `redirect_event!: ${event}`);
    const answer = answering('/settings.htm', page);
    const { outcome, sent } = await run('setForwarding', { kind, enabled: false }, { phone: old, answer });
    expect(sent.slice(1)).toEqual(isSent ? [`${start}&redirect_event=none${end}`] : []);
    expect(outcome).toMatchObject(isSent ? { status: 'ACCEPTED' } : { status: 'CONFIRMED', changed: false });
  });

  test('nothing is written where the firmware is not known, so neither the names of its settings', async () => {
    const profile = await profileOf({ model: '720', firmware: null });
    const context = fakeContext(profile);
    expect(await forwardingByPage(snomPhone(profile)).setForwarding(wish, context)).toEqual({
      status: 'NOT_HERE',
      reason: 'Without the firmware the names of the settings are not known.',
    });
    expect(context.sent).toEqual([]);
    // Nor is it claimed.
    expect((await run('setForwarding', wish, { phone: { model: '320', firmware: null } })).transport).toBeUndefined();
  });

  test('stands in where CSTA is off, and refuses the same', async () => {
    const { transport } = await run('setForwarding', wish, { answer: answering('/csta', replyOf(404)) });
    expect(transport).toBe('HTTP');
    const { outcome, sent } = await run('setForwarding', { kind: 'BUSY', enabled: true }, { phone: old });
    expect(outcome).toMatchObject({ failure: { code: 'INVALID_ARGUMENT', argument: 'target' } });
    expect(sent).toEqual([]);
  });
});
