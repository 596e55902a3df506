import { type Commands, confirmed, type FeatureReading } from '@hookswitch/core';
import { describe, expect, test } from 'vitest';
import { driver } from '../../src/index.ts';
import { fakeContext, profile } from '../support/fake-context.ts';
import { fixture } from '../support/fixture.ts';
import { firstRung, short } from '../support/ladders.ts';

test.each([
  [true, 'DNDOn'],
  [false, 'DNDOff'],
])('do not disturb %s: %s', async (enabled, key) => {
  const context = fakeContext({ features: [{ feature: 'DO_NOT_DISTURB', enabled: !enabled, target: null }] });
  await firstRung('DO_NOT_DISTURB', context).setDoNotDisturb({ enabled }, context);
  expect(context.trace).toEqual([`GET /servlet?key=${key}`]);
});

type Forwarding = Commands['setForwarding'];

const ASKED = 'GET /servlet?phonecfg=get&accounts=1&dnd=1&fw=1';
const CONFIGURATION = `[Status]
FirmwareVersion=66.86.0.15
[DND]
State=On
[Forward_Always]
State=On
Target=+4930
[Forward_Busy]
State=Off
Target=101
`;

describe('a switch that is as wished already', () => {
  test.each<[string, readonly FeatureReading[], readonly string[]]>([
    ['told by an event: nothing is sent', [{ feature: 'DO_NOT_DISTURB', enabled: true, target: null }], []],
    ['not told: the phone is asked', [], [ASKED]],
  ])('do not disturb, %s', async (_name, features, trace) => {
    const context = fakeContext({ features, answers: [{ text: CONFIGURATION }] });
    const outcome = await firstRung('DO_NOT_DISTURB', context).setDoNotDisturb({ enabled: true }, context);
    expect([outcome, context.trace]).toEqual([confirmed(false), trace]);
  });

  test.each<[Forwarding, readonly string[], string]>([
    [{ kind: 'ALWAYS', enabled: true, target: 'sip:+4930' }, [ASKED], 'CONFIRMED'],
    [{ kind: 'BUSY', enabled: false }, [ASKED], 'CONFIRMED'],
    [{ kind: 'ALWAYS', enabled: true, target: '31' }, [ASKED, 'GET /servlet?key=AlwaysFwdOn=31'], 'ACCEPTED'],
    [{ kind: 'NO_ANSWER', enabled: false }, [ASKED, 'GET /servlet?key=NoAnswFwdOff'], 'ACCEPTED'],
    // How long it waits nobody can ask.
    [
      { kind: 'NO_ANSWER', enabled: true, target: '1', afterSeconds: 6 },
      ['GET /servlet?key=NoAnswFwdOn=1=6'],
      'ACCEPTED',
    ],
  ])('forwarding, by keys and by settings: %j', async (command, trace, status) => {
    const context = fakeContext({ answers: [{ text: CONFIGURATION }] });
    expect(short(await firstRung('FORWARDING', context).setForwarding(command, context))).toBe(status);
    expect(context.trace).toEqual(trace);
    const pushed = fakeContext({
      phone: profile({ model: 'T46G', firmware: '28.80.0.60' }),
      answers: [{ text: CONFIGURATION }],
    });
    await firstRung('FORWARDING', pushed).setForwarding(command, pushed);
    expect(pushed.trace).toHaveLength(trace.length);
  });

  test('off, told by an event: nothing is sent', async () => {
    const features = [{ feature: 'FORWARD_BUSY', enabled: false, target: null }] as const;
    const context = fakeContext({ features });
    const command = { kind: 'BUSY', enabled: false } as const;
    expect(await firstRung('FORWARDING', context).setForwarding(command, context)).toEqual(confirmed(false));
    expect(context.trace).toEqual([]);
  });

  test('refused credentials are not tried again by the order', async () => {
    const context = fakeContext({ answers: [{ status: 401 }] });
    const outcome = await firstRung('DO_NOT_DISTURB', context).setDoNotDisturb({ enabled: true }, context);
    expect([short(outcome), ...context.trace]).toEqual(['PHONE_UNAUTHORIZED', ASKED]);
  });

  test('by SIP alone nothing can be asked', async () => {
    const context = fakeContext({ phone: profile({ reachableBy: { http: false, sip: true } }) });
    await firstRung('DO_NOT_DISTURB', context).setDoNotDisturb({ enabled: true }, context);
    expect(context.trace).toHaveLength(1);
  });
});

const REFUSED: readonly (readonly [Forwarding, string])[] = [
  [{ kind: 'ALWAYS', enabled: true }, 'target'],
  [{ kind: 'ALWAYS', enabled: true, target: '' }, 'target'],
  [{ kind: 'ALWAYS', enabled: true, target: '1;Reset' }, 'target'],
  [{ kind: 'ALWAYS', enabled: true, target: '1', afterSeconds: 6 }, 'afterSeconds'],
  [{ kind: 'NO_ANSWER', enabled: true, target: '1', afterSeconds: 10 }, 'afterSeconds'],
  [{ kind: 'NO_ANSWER', enabled: true, target: '1', afterSeconds: 9 }, 'afterSeconds'],
  [{ kind: 'NO_ANSWER', enabled: true, target: '1', afterSeconds: -6 }, 'afterSeconds'],
  [{ kind: 'NO_ANSWER', enabled: true, target: '1', afterSeconds: 126 }, 'afterSeconds'],
  [{ kind: 'NO_ANSWER', enabled: false, afterSeconds: 6 }, 'afterSeconds'],
];

describe('forwarding by keys', () => {
  test.each<[Forwarding, string]>([
    [{ kind: 'ALWAYS', enabled: true, target: '+4930' }, 'AlwaysFwdOn=%2B4930'],
    [{ kind: 'ALWAYS', enabled: false }, 'AlwaysFwdOff'],
    [{ kind: 'BUSY', enabled: true, target: 'sip:a=b@pbx.example' }, 'BusyFwdOn=a%3Db@pbx.example'],
    [{ kind: 'BUSY', enabled: false, target: '101' }, 'BusyFwdOff'],
    [{ kind: 'NO_ANSWER', enabled: true, target: '1001' }, 'NoAnswFwdOn=1001=12'],
    [{ kind: 'NO_ANSWER', enabled: true, target: '1001', afterSeconds: 120 }, 'NoAnswFwdOn=1001=120'],
  ])('%j', async (command, key) => {
    const context = fakeContext();
    expect(short(await firstRung('FORWARDING', context).setForwarding(command, context))).toBe('ACCEPTED');
    expect(context.trace.filter((line) => line !== ASKED)).toEqual([`GET /servlet?key=${key}`]);
  });

  test("the guide's example", async () => {
    const context = fakeContext();
    const rung = firstRung('FORWARDING', context);
    await rung.setForwarding({ kind: 'NO_ANSWER', enabled: true, target: '1001', afterSeconds: 24 }, context);
    await rung.setForwarding({ kind: 'NO_ANSWER', enabled: false }, context);
    expect(context.trace.filter((line) => line !== ASKED)).toEqual([
      `GET ${fixture('action-uri/forward-no-answer.txt')}`,
      `GET ${fixture('action-uri/forward-no-answer-off.txt')}`,
    ]);
  });

  test.each(REFUSED)('%j is refused before any traffic', async (command, argument) => {
    const context = fakeContext();
    const outcome = await firstRung('FORWARDING', context).setForwarding(command, context);
    expect([short(outcome), ...context.trace]).toEqual([`INVALID_ARGUMENT ${argument}`]);
  });
});

describe('forwarding by settings', () => {
  const old = profile({ model: 'T46G', firmware: '28.80.0.60' });

  test('is the only way on V80 and the second one later', () => {
    const transports = (phone = profile()) =>
      driver.capabilitiesFor(phone).FORWARDING?.map(({ transport }) => transport);
    expect(transports(old)).toEqual(['XML_PUSH']);
    expect(transports()).toEqual(['HTTP', 'XML_PUSH']);
    expect(transports(profile({ ...old, options: { xmlPush: false } }))).toBeUndefined();
  });

  test.each<[Forwarding, string[]]>([
    [{ kind: 'ALWAYS', enabled: false }, ['forward.always.enable = 0']],
    [{ kind: 'BUSY', enabled: true, target: '<1>' }, ['forward.busy.enable = 1', 'forward.busy.target = &lt;1&gt;']],
    [
      { kind: 'NO_ANSWER', enabled: true, target: '101', afterSeconds: 18 },
      ['forward.no_answer.enable = 1', 'forward.no_answer.target = 101', 'forward.no_answer.timeout = 3'],
    ],
  ])('%j', async (command, items) => {
    const context = fakeContext({ phone: old });
    await firstRung('FORWARDING', context).setForwarding(command, context);
    expect(context.requests.at(-1)?.body?.match(/<Item>.*?<\/Item>/g)).toEqual(
      items.map((item) => `<Item>${item}</Item>`),
    );
  });

  test.each([...REFUSED, [{ kind: 'ALWAYS', enabled: true, target: '1'.repeat(33) }, 'target'] as const])(
    '%j is refused before any traffic',
    async (command, argument) => {
      const context = fakeContext({ phone: old });
      const outcome = await firstRung('FORWARDING', context).setForwarding(command, context);
      expect([short(outcome), ...context.trace]).toEqual([`INVALID_ARGUMENT ${argument}`]);
    },
  );
});
