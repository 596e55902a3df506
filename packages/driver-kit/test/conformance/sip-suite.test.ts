import { failed, invalidArgument, notHere } from '@hookswitch/core';
import { describe, expect, test } from 'vitest';
import { conformance } from '../../src/index.ts';
import { CollectingRunner } from '../support/collecting-runner.ts';
import { exampleHarness, examplePhone, exampleSipPhone } from '../support/example-harness.ts';
import { exampleSipDriver } from '../support/example-sip-driver.ts';

const CASES_OF_EXAMPLE = 147;

describe('the suite over SIP', () => {
  test('a driver that keeps the contract passes, each case by its name', async () => {
    const runner = new CollectingRunner();
    const { count, names } = conformance(runner, exampleHarness(exampleSipDriver, [exampleSipPhone()]));
    expect(await runner.failures()).toEqual(new Map());
    expect(names).toContain('E1 by SIP: ANSWER over SIP_NOTIFY: answer, the call named');
    expect(names).toContain(
      'E1 by SIP: ANSWER over UACSTA: answer is NOT_HERE when the phone answers 489, and not once something was done',
    );
    expect(names.filter((name) => name.includes('recognised'))).toEqual([]);
    expect(count).toBe(CASES_OF_EXAMPLE);
  });

  test('a phone that SIP is to reach must have a SIP URI', async () => {
    const { start, ...phone } = exampleSipPhone();
    const runner = new CollectingRunner();
    const withoutUri = async () => {
      const { sip: _, ...running } = await start();
      return running;
    };
    conformance(runner, exampleHarness(exampleSipDriver, [{ ...phone, start: withoutUri }]));
    const failures = await runner.failures();
    expect(failures.get('E1 by SIP: REJECT over SIP_NOTIFY: reject, the call named')).toContain('has no SIP URI');
  });

  test('a rung of SIP is found out where nothing says that SIP reaches the phone', async () => {
    const runner = new CollectingRunner();
    const driver = { ...exampleSipDriver, capabilitiesFor: () => exampleSipDriver.capabilitiesFor(everywhere) };
    conformance(runner, exampleHarness(driver, [examplePhone({ lacks: exampleSipPhone().lacks })]));
    const failures = await runner.failures();
    expect(failures.get('E1: ANSWER over SIP_NOTIFY: answer, the call named')).toContain('has no SIP URI');
    expect(failures.get('E1: ANSWER over SIP_NOTIFY: answer sends nothing once it is aborted, and ends')).toContain(
      'SIP does not reach',
    );
  });

  test('what the harness says is refused must be refused, and only that', async () => {
    const told = { refuses: ['ANSWER: answer, the call in focus'] };
    const kept = new CollectingRunner();
    conformance(kept, exampleHarness(exampleSipDriver, [exampleSipPhone(told)]));
    expect([...(await kept.failures()).keys()]).toEqual([
      'E1 by SIP: ANSWER: answer, the call in focus: some rung serves it',
    ]);
    const [first] = exampleSipDriver.capabilitiesFor(everywhere).ANSWER ?? [];
    if (first === undefined) throw new Error('The example answers.');
    const choosy = {
      ...exampleSipDriver,
      capabilitiesFor: (profile: typeof everywhere) => ({
        ...exampleSipDriver.capabilitiesFor(profile),
        ...(profile.reachableBy.sip ? { ANSWER: [{ ...first, answer: refusesFocus(first) }] as const } : {}),
      }),
    };
    const declared = new CollectingRunner();
    conformance(declared, exampleHarness(choosy, [exampleSipPhone(told)]));
    expect(await declared.failures()).toEqual(new Map());
    const silent = new CollectingRunner();
    conformance(silent, exampleHarness(choosy, [exampleSipPhone()]));
    expect([...(await silent.failures()).keys()]).toEqual([
      'E1 by SIP: ANSWER over SIP_NOTIFY: answer, the call in focus',
      'E1 by SIP: ANSWER: answer, the call in focus: some rung serves it',
    ]);
  });

  test('a member that is declared as not here is held to it', async () => {
    const [first, second] = exampleSipDriver.capabilitiesFor(everywhere).ANSWER ?? [];
    if (first === undefined || second === undefined) throw new Error('The example answers in two ways.');
    const driver = {
      ...exampleSipDriver,
      capabilitiesFor: (profile: typeof everywhere) => ({
        ...exampleSipDriver.capabilitiesFor(profile),
        ...(profile.reachableBy.sip
          ? { ANSWER: [{ ...first, answer: async () => notHere('No.') }, second] as const }
          : {}),
      }),
    };
    const runner = new CollectingRunner();
    conformance(runner, exampleHarness(driver, [exampleSipPhone({ notHere: ['ANSWER over SIP_NOTIFY: answer'] })]));
    expect(await runner.failures()).toEqual(new Map());
  });
});

type Profile = Parameters<typeof exampleSipDriver.capabilitiesFor>[0];
type Answer = NonNullable<ReturnType<typeof exampleSipDriver.capabilitiesFor>['ANSWER']>[0];

const everywhere: Profile = {
  model: 'E1',
  firmware: '1.0',
  mac: null,
  options: { answerKey: 'OK' },
  reachableBy: { http: true, sip: true },
};

function refusesFocus(rung: Answer): Answer['answer'] {
  return async (command, context) =>
    command.call === undefined ? failed(invalidArgument('call', 'Name the call.')) : rung.answer(command, context);
}
