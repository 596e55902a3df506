import {
  ACCEPTED,
  type CallMonitor,
  type CallWatcher,
  failed,
  phoneUnreachable,
  type SipConversation,
} from '@hookswitch/core';
import { describe, expect, test } from 'vitest';
import { conformance } from '../../src/index.ts';
import { CollectingRunner } from '../support/collecting-runner.ts';
import { type ExampleOptions, exampleDriver } from '../support/example-driver.ts';
import { exampleHarness, exampleSipPhone, SIP } from '../support/example-harness.ts';
import { EXAMPLE_SIP } from '../support/example-phone.ts';
import { exampleSipDriver } from '../support/example-sip-driver.ts';

type Monitor = CallMonitor<ExampleOptions>;

/** Takes in what the phone says, until it is enough. */
async function listen(conversation: SipConversation, watcher: CallWatcher): ReturnType<Monitor['watch']> {
  const { status } = await conversation.info({ contentType: EXAMPLE_SIP.csta, body: 'listen' });
  if (status !== 200) return failed(phoneUnreachable('It does not tell.'));
  watcher.listening();
  for (;;) {
    try {
      const said = await conversation.next(watcher.enough);
      if (said === null) return failed(phoneUnreachable('It tells no more.'));
      await take(said.body, watcher);
    } catch (error) {
      if (!watcher.enough.aborted) throw error;
      return ACCEPTED;
    }
  }
}

async function take(body: string, watcher: CallWatcher): Promise<void> {
  const [path = '', rawQuery = ''] = body.split('?');
  const profile = {
    model: 'E1',
    firmware: null,
    mac: null,
    options: { answerKey: 'OK' },
    reachableBy: { http: true, sip: true },
  };
  const report = exampleDriver.actionUrls.parse({ path, rawQuery }, profile);
  if (report !== null) await watcher.report(report);
}

const MONITOR: Monitor = {
  transport: 'UACSTA',
  evidence: 'ASSUMED',
  source: 'Example, manual, page 4',
  async watch({ sip }, watcher) {
    const talk = await sip.converse({ contentType: EXAMPLE_SIP.csta, body: '' }, (conversation) =>
      listen(conversation, watcher),
    );
    return 'value' in talk ? talk.value : failed(phoneUnreachable(`The phone answered ${talk.refused.status}.`));
  },
};

/** The cases about the monitor, and which of them fail. */
async function tried(monitor: () => Monitor | null, wanted = 'the monitor of calls') {
  const runner = new CollectingRunner();
  const { names } = conformance(runner, exampleHarness({ ...exampleSipDriver, monitor }, [exampleSipPhone()]));
  const cases = names.filter((name) => name.includes('the monitor of calls'));
  const failures = await runner.failures((name) => name.includes(wanted));
  return { cases, failed: [...failures.keys()].map((name) => name.replace('E1 by SIP: the monitor of calls ', '')) };
}

/** The same monitor with something wrong. */
function spoilt(change: Partial<Monitor>): () => Monitor {
  return () => ({ ...MONITOR, ...change });
}

/** One that hears with the ears of another watcher. */
function hearing(change: (watcher: CallWatcher) => Partial<CallWatcher>): () => Monitor {
  return spoilt({
    watch: (context, watcher) =>
      MONITOR.watch(context, {
        listening: () => watcher.listening(),
        report: (report) => watcher.report(report),
        unsure: () => watcher.unsure(),
        askEveryMs: watcher.askEveryMs,
        enough: watcher.enough,
        ...change(watcher),
      }),
  });
}

const TELLS = 'tells of a call that comes in, and ends when it is enough';
const STORED = 'does not go on as if a report had been stored that was not';
const NOBODY = 'ends when nobody is there, and was never listening';

describe('the monitor of calls', () => {
  test('that keeps the contract passes its cases', async () => {
    const { cases, failed: failures } = await tried(() => MONITOR);
    expect(failures).toEqual([]);
    expect(cases).toHaveLength(8);
  });

  test('that a phone does not have has no cases', async () => {
    expect((await tried(() => null)).cases).toEqual([]);
  });

  let count = 0;
  test.each<readonly [string, () => Monitor, string]>([
    ['has no source', spoilt({ source: ' ' }), 'is whole, and has its source'],
    [
      'is another one each time',
      () => ({ ...MONITOR, source: `page ${count++}` }),
      'is the same when it is asked for again',
    ],
    ['tells nothing', hearing(() => ({ report: async () => {} })), TELLS],
    [
      'tells of no call by its identifier',
      hearing((watcher) => ({
        report: (report) => {
          if (report.event.type !== 'CALL') return watcher.report(report);
          return watcher.report({
            ...report,
            event: { ...report.event, call: { ...report.event.call, vendorIds: {} } },
          });
        },
      })),
      TELLS,
    ],
    [
      'says that it listens to a dead phone',
      spoilt({
        watch: (context, watcher) => {
          watcher.listening();
          return MONITOR.watch(context, watcher);
        },
      }),
      NOBODY,
    ],
    [
      'goes on where a report was not stored',
      hearing((watcher) => ({
        report: (report) =>
          watcher
            .report(report)
            .catch(() => watcher.report(report))
            .catch(() => {}),
      })),
      STORED,
    ],
    [
      'fails where it was enough',
      spoilt({
        watch: async (context, watcher) => {
          const outcome = await MONITOR.watch(context, watcher);
          return outcome.status === 'ACCEPTED' ? failed(phoneUnreachable('Gone.')) : outcome;
        },
      }),
      TELLS,
    ],
    [
      'throws something of its own',
      spoilt({
        watch: async (context, watcher) => {
          try {
            return await MONITOR.watch(context, watcher);
          } catch {
            throw new Error('Something is wrong.');
          }
        },
      }),
      NOBODY,
    ],
    [
      'logs a password',
      spoilt({
        watch: (context, watcher) => {
          context.log.debug('listening', { login: SIP.password });
          return MONITOR.watch(context, watcher);
        },
      }),
      TELLS,
    ],
  ])(
    'that %s is found out',
    async (_, monitor, told) => {
      expect((await tried(monitor, told)).failed).toContain(told);
    },
    20_000,
  );
});
