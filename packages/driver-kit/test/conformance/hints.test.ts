import { type ActionUrls, failed, invalidArgument, type Ladders, notHere } from '@hookswitch/core';
import { expect, test } from 'vitest';
import { type ConformanceHarness, conformance, type PhoneUnderTest } from '../../src/index.ts';
import { CollectingRunner } from '../support/collecting-runner.ts';
import { type ExampleOptions, exampleDriver } from '../support/example-driver.ts';
import { exampleHarness, examplePhone } from '../support/example-harness.ts';
import { moreHarness, refused } from '../support/example-settings.ts';

/** The messages of the cases that fail, by their names without that of the phone. */
async function failures(
  harness: ConformanceHarness<ExampleOptions>,
  of: RegExp,
): Promise<Readonly<Record<string, string>>> {
  const runner = new CollectingRunner();
  conformance(runner, harness);
  const found = await runner.failures((name) => of.test(name));
  return Object.fromEntries([...found].map(([name, error]) => [name.replace(/^E1: /, ''), String(error)]));
}

const rung = { transport: 'HTTP', evidence: 'DOCUMENTED', source: 'Example, manual, page 3' } as const;
const answering = (answer: NonNullable<Ladders['ANSWER']>[0]['answer']) =>
  moreHarness({ ANSWER: [{ ...rung, answer }] });
const NAMED = /ANSWER.*: answer, the call named(: some rung serves it)?$/;
const REFUSES = "declare refuses: ['ANSWER: answer, the call named'] at the phone";

test.each<readonly [string, ConformanceHarness<ExampleOptions>, string]>([
  ['refuses it', answering(async () => failed(invalidArgument('call', 'No.'))), REFUSES],
  ['has no way', answering(async () => notHere('No.')), "declare notHere: ['ANSWER over HTTP: answer'] at the phone"],
])('a driver that %s is told what may be declared, in each case that it fails', async (_, harness, hint) => {
  const told = await failures(harness, NAMED);
  expect(Object.keys(told)).toContain('ANSWER: answer, the call named: some rung serves it');
  for (const message of Object.values(told)) expect(message).toContain(hint);
});

test('what the phone refuses, and what it accepts and does not do, is told with the same words', async () => {
  const pressed = (target: string) =>
    answering(async (_, { http }) => {
      const reply = await http.send({ method: 'GET', target, rehearsal: { status: 200, body: '=' } });
      return reply.status === 200 ? { status: 'ACCEPTED', value: undefined } : refused(reply);
    });
  for (const target of ['/setting?none', '/?key=NONE']) {
    expect((await failures(pressed(target), NAMED))['ANSWER over HTTP: answer, the call named']).toContain(REFUSES);
  }
});

test('a sample that is declared to be refused and is served is told which declaration is too many', async () => {
  const phone = examplePhone({ refuses: ['ANSWER: answer, the call named'] });
  const told = await failures(exampleHarness(exampleDriver, [phone]), NAMED);
  expect(told['ANSWER: answer, the call named: some rung serves it']).toContain(
    'take "ANSWER: answer, the call named" out of refuses of the phone',
  );
});

test('a request that is another one each time is told what may be named', async () => {
  let count = 0;
  const told = await failures(
    answering(async (_, { http }) => {
      const reply = await http.send({ method: 'GET', target: `/?key=OK&token=${count++}` });
      return reply.status === 200 ? { status: 'ACCEPTED', value: undefined } : refused(reply);
    }),
    NAMED,
  );
  expect(told['ANSWER over HTTP: answer, the call named']).toContain('chosenByPhone of the harness');
});

/** Where `url.ended` means nothing on firmware 2. */
const otherSince2: ActionUrls<ExampleOptions> = {
  ...exampleDriver.actionUrls,
  parse: (report, profile) => {
    const parsed = exampleDriver.actionUrls.parse(report, profile);
    const isOther = profile.firmware === '2.0' && report.path === 'ended';
    return parsed !== null && isOther ? { ...parsed, event: { type: 'OTHER' } } : parsed;
  },
};

const ENDED = 'action URL url.ended parses back';

async function otherEvents(
  one: readonly string[] | undefined,
  two: readonly string[] | undefined,
  all?: readonly string[],
) {
  const phoneOf = (firmware: string, declared: readonly string[] | undefined): PhoneUnderTest =>
    examplePhone({ name: firmware, firmware, ...(declared === undefined ? {} : { otherEvents: declared }) });
  const harness = {
    ...exampleHarness({ ...exampleDriver, actionUrls: otherSince2 }, [phoneOf('1.0', one), phoneOf('2.0', two)]),
    ...(all === undefined ? {} : { otherEvents: all }),
  };
  return failures(harness, /parses back$/);
}

test('a setting may be OTHER on one phone alone', async () => {
  expect(await otherEvents(undefined, ['url.ended'])).toEqual({});
  expect(await otherEvents([], undefined, ['url.ended'])).toEqual({});
  const undeclared = await otherEvents(undefined, undefined);
  expect(Object.keys(undeclared)).toEqual([`2.0: ${ENDED}`]);
  expect(undeclared[`2.0: ${ENDED}`]).toContain('declare it under otherEvents, of the harness or of this phone alone');
  const everywhere = await otherEvents(undefined, undefined, ['url.ended']);
  expect(Object.keys(everywhere)).toEqual([`1.0: ${ENDED}`]);
  expect(everywhere[`1.0: ${ENDED}`]).toContain('take it out of otherEvents');
});

test('a phone that declares a setting as OTHER which it does not have is refused', async () => {
  await expect(otherEvents(['url.none'], undefined)).rejects.toThrow('1.0 has no action URL url.none');
});
