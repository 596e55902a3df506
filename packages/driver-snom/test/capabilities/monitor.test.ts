import type { CallWatcher, DriverContext, Outcome, ParsedReport, SipConversation, SipReply } from '@hookswitch/core';
import { describe, expect, test } from 'vitest';
import { after } from '../../src/capabilities/after.ts';
import { monitor } from '../../src/capabilities/monitor.ts';
import type { SnomOptions } from '../../src/options.ts';
import { type FakePhone, fakeContext, profileOf, sipReplyOf } from '../fake-context.ts';

const PHONE = { model: 'D785', sip: true, options: { uacstaEvents: 'true', accounts: '101@pbx.example' } } as const;
const STARTED = '<MonitorStartResponse><monitorCrossRefID>7</monitorCrossRefID></MonitorStartResponse>';
const DELIVERED =
  '<DeliveredEvent><connection><callID>-1</callID></connection><localConnectionInfo>alerting</localConnectionInfo></DeliveredEvent>';

interface Talk {
  readonly phone?: FakePhone;
  /** What the phone says, one after the other. null: it ends the dialog. An error: the transport's. Then nothing comes. */
  readonly says?: readonly (string | null | Error)[];
  /** How it answers the INFOs after MonitorStart. */
  readonly answers?: readonly SipReply[];
  /** How it answers MonitorStop. Left out: with its MonitorStopResponse. */
  readonly stopped?: SipReply;
  /** The waits that come to their end: the first is that for MonitorStart. Left out: none. */
  readonly due?: readonly number[];
  /** It is enough when the phone has said that many things. */
  readonly enoughAfter?: number;
  readonly refused?: SipReply;
}

/** Listens to a phone that talks so. Nothing here waits for a time: whoever has nothing more to say is waited for until the signal. */
async function listen(talkOf: Talk) {
  const { says = [STARTED], answers = [], due = [], enoughAfter = -1, phone = PHONE, refused } = talkOf;
  const { stopped = sipReplyOf(200, '<MonitorStopResponse/>') } = talkOf;
  const profile = await profileOf(phone);
  const enough = new AbortController();
  const told: string[] = [];
  const infos: string[] = [];
  const references: string[] = [];
  const queue = [...says];
  const replies = [sipReplyOf(200), ...answers];
  let waits = 0;
  let said = 0;
  const conversation: SipConversation = {
    reply: sipReplyOf(200),
    refer: () => Promise.reject(new Error('No REFER.')),
    referProgress: async () => null,
    info: async ({ body }) => {
      infos.push(/<(\w+) xmlns/.exec(body)?.[1] ?? body);
      references.push(...(/<monitorCrossRefID>(.*)<\/monitorCrossRefID>/.exec(body)?.slice(1) ?? []));
      if (body.includes('<MonitorStop ')) return stopped;
      return replies.shift() ?? sipReplyOf(200);
    },
    next: async (signal) => {
      signal?.throwIfAborted();
      const body = queue.shift();
      said += 1;
      if (body instanceof Error) throw body;
      if (body === null) return null;
      if (said > enoughAfter && enoughAfter >= 0) enough.abort(new Error('enough'));
      if (body !== undefined) return { contentType: 'application/csta+xml', body };
      signal?.throwIfAborted();
      return new Promise((_, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason));
      });
    },
  };
  const context: DriverContext<SnomOptions> = {
    ...fakeContext(profile),
    clock: {
      now: () => 0,
      sleep: () => {
        waits += 1;
        return due.includes(waits) ? Promise.resolve() : new Promise(() => {});
      },
    },
    sip: {
      send: () => Promise.reject(new Error('Nothing outside of the dialog.')),
      converse: async (_, talk) => (refused === undefined ? { value: await talk(conversation) } : { refused }),
    },
  };
  const watcher: CallWatcher = {
    listening: () => void told.push('listening'),
    report: async ({ event }: ParsedReport) => void told.push(event.type),
    unsure: () => void told.push('unsure'),
    askEveryMs: 1000,
    enough: enough.signal,
  };
  const outcome: Outcome | undefined = await monitor(profile)?.watch(context, watcher);
  const words = outcome?.status === 'FAILED' ? outcome.failure.message : outcome?.status;
  return { words, told, infos, references };
}

describe('a monitor of calls', () => {
  test('is there by option, for phones that have uaCSTA', async () => {
    expect(monitor(await profileOf({ ...PHONE, options: {} }))).toBeNull();
    expect(monitor(await profileOf({ ...PHONE, sip: false }))).toBeNull();
    expect(monitor(await profileOf(PHONE))).toMatchObject({ transport: 'UACSTA', evidence: 'ASSUMED' });
  });

  test('tells what the phone says, and stops its monitor when it is enough', async () => {
    const ran = await listen({ says: [STARTED, DELIVERED], enoughAfter: 2 });
    expect(ran).toEqual({
      ...{ words: 'ACCEPTED', told: ['listening', 'CALL'], infos: ['MonitorStart', 'MonitorStop'], references: ['7'] },
    });
  });

  test('takes what the phone says before it responds to MonitorStop', async () => {
    const says = [STARTED, DELIVERED, DELIVERED, '<MonitorStopResponse/>'];
    const { words, told } = await listen({ says, enoughAfter: 1, stopped: sipReplyOf(200) });
    expect({ words, told }).toEqual({ words: 'ACCEPTED', told: ['listening', 'CALL', 'CALL'] });
  });

  test('listens to a phone that gives no reference too, and stops it without one', async () => {
    const ran = await listen({ says: ['<MonitorStartResponse/>', DELIVERED], enoughAfter: 2 });
    expect(ran).toMatchObject({ words: 'ACCEPTED', told: ['listening', 'CALL'], references: [''] });
  });

  test('before 8.7.4 there is no MonitorStop', async () => {
    const phone = { ...PHONE, model: '720', firmware: '8.7.3.17' };
    expect(await listen({ phone, enoughAfter: 1 })).toMatchObject({ words: 'ACCEPTED', infos: ['MonitorStart'] });
  });

  test('without an identity, before 8.7.4, nobody is asked', async () => {
    const phone = { ...PHONE, model: '720', firmware: '8.7.3.17', options: { uacstaEvents: 'true' } };
    expect(await listen({ phone })).toMatchObject({ words: 'NOT_HERE', told: [], infos: [] });
  });

  test('without an identity the first one is meant by today’s firmware', async () => {
    const phone = { ...PHONE, options: { uacstaEvents: 'true' } };
    expect((await listen({ phone, enoughAfter: 1 })).told).toEqual(['listening']);
  });

  test('a phone that takes no uaCSTA', async () => {
    expect((await listen({ refused: sipReplyOf(488) })).words).toBe('NOT_HERE');
  });

  test('a phone that refuses to be listened to, or says nothing in time', async () => {
    const fault = '<CSTAErrorCode><operation>invalidDeviceID</operation></CSTAErrorCode>';
    expect((await listen({ says: [fault] })).words).toContain('invalidDeviceID');
    const late = await listen({ says: [], due: [1] });
    expect(late).toMatchObject({ words: 'The phone gave no MonitorStartResponse in the dialog.', told: [] });
    const cut = new Error('Cut.');
    await expect(listen({ says: [cut] })).rejects.toBe(cut);
  });

  test('events that come before the response are taken, what is none is left, and joins are unsure', async () => {
    const joined = '<ConferencedEvent><primaryOldCall><callID>-1</callID></primaryOldCall></ConferencedEvent>';
    const { told } = await listen({ says: [DELIVERED, STARTED, '<Nonsense/>', joined], enoughAfter: 4 });
    expect(told[0]).toBe('CALL');
    expect(told).toContain('unsure');
  });

  test('a phone that ends the dialog, or stops telling', async () => {
    expect((await listen({ says: [STARTED, null] })).words).toBe('The phone has ended the dialog.');
    const stopped = await listen({ says: [STARTED, '<MonitorStop/>'] });
    expect(stopped).toMatchObject({ words: 'The phone has stopped telling of its calls.', infos: ['MonitorStart'] });
  });

  test('now and then it is asked whether it still knows the dialog', async () => {
    const asked = await listen({ answers: [sipReplyOf(200), sipReplyOf(481)], due: [2, 3] });
    expect(asked).toMatchObject({
      words: 'The phone does not know the dialog any more (481).',
      infos: ['MonitorStart', 'RequestSystemStatus', 'RequestSystemStatus'],
    });
    const cut = new Error('Cut.');
    await expect(listen({ says: [STARTED, cut] })).rejects.toBe(cut);
  });
});

test('a wait that is ended before its time comes never', async () => {
  const ended = Promise.reject(new Error('ended'));
  const signal = after({ now: () => 0, sleep: () => ended }, 10);
  await ended.catch(() => {});
  expect(signal.aborted).toBe(false);
});
