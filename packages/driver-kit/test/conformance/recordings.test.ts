import { describe, expect, test } from 'vitest';
import { conformance, type Recording } from '../../src/index.ts';
import { CollectingRunner } from '../support/collecting-runner.ts';
import { exampleDriver } from '../support/example-driver.ts';
import { exampleHarness } from '../support/example-harness.ts';

/** The driver of these tests, which says that an E1 was seen to answer and to show its screen. */
const verified: typeof exampleDriver = {
  ...exampleDriver,
  capabilitiesFor: (profile) => {
    const { ANSWER: [answer] = [], SCREEN: [screen] = [], ...others } = exampleDriver.capabilitiesFor(profile);
    if (answer === undefined || screen === undefined) return others;
    const seen = { evidence: 'VERIFIED', source: 'an E1 on a desk' } as const;
    return { ...others, ANSWER: [{ ...answer, ...seen }], SCREEN: [{ ...screen, ...seen }] };
  },
};

const phone = { model: 'E1', firmware: '1.0', rung: 'HTTP' } as const;
const ANSWER: Recording = {
  ...phone,
  name: 'an E1 answers',
  capability: 'ANSWER',
  member: 'answer',
  command: {},
  exchanges: [{ request: { method: 'GET', target: '/?key=OK' }, reply: { status: 200 } }],
};
const SCREEN: Recording = {
  ...phone,
  name: 'an E1 shows its screen',
  capability: 'SCREEN',
  member: 'screen',
  exchanges: [{ request: { method: 'GET', target: '/screen.bmp' }, reply: { status: 200, bodyBase64: 'Qk0AAA==' } }],
};

/** Runs the cases of recordings. @returns what failed, by the names */
async function failuresOf(...recordings: readonly Recording[]): Promise<readonly string[]> {
  const runner = new CollectingRunner();
  conformance(runner, { ...exampleHarness(verified), recordings });
  const failed = await runner.failures((name) => name.includes('recording'));
  return [...failed.keys()];
}

const PROOF_OF_ANSWER = 'E1: ANSWER over HTTP: answer is VERIFIED by a recording of this model and firmware';
const PROOF_OF_SCREEN = 'E1: SCREEN over HTTP: screen is VERIFIED by a recording of this model and firmware';
const ANSWERS = 'E1: the recording "an E1 answers" is repeated';

test('what says VERIFIED without a recording fails', async () => {
  expect(await failuresOf()).toEqual([PROOF_OF_ANSWER, PROOF_OF_SCREEN]);
  expect(await failuresOf(ANSWER)).toEqual([PROOF_OF_SCREEN]);
});

test('with a recording that the driver repeats it passes', async () => {
  expect(await failuresOf(ANSWER, SCREEN)).toEqual([]);
});

describe('a recording that the driver does not repeat', () => {
  const [exchange] = ANSWER.exchanges;
  if (exchange === undefined) throw new Error('There is one.');
  const { request, reply } = exchange;
  test.each<[string, Recording['exchanges']]>([
    ['another target', [{ request: { ...request, target: '/?key=ENTER' }, reply }]],
    ['another method', [{ request: { ...request, method: 'POST' }, reply }]],
    ['another body', [{ request: { ...request, body: 'key=OK' }, reply }]],
    ['a header that is not sent', [{ request: { ...request, headers: { 'X-Key': 'OK' } }, reply }]],
    ['a request more than is sent', [exchange, exchange]],
    ['a request less than is sent', []],
    ['a reply that is a refusal', [{ request, reply: { status: 500 } }]],
  ])('%s', async (_, exchanges) => {
    expect(await failuresOf({ ...ANSWER, exchanges }, SCREEN)).toEqual([ANSWERS]);
  });
});

test.each<[string, Partial<Recording>, string]>([
  ['a phone', { firmware: '0.9' }, 'No phone is a E1 with 0.9: "an E1 answers"'],
  ['a rung', { rung: 'CSTA' }, 'E1 has no "ANSWER over CSTA: answer" to be recorded'],
  ['a member', { member: 'hangUp' }, 'E1 has no "ANSWER over HTTP: hangUp" to be recorded'],
])('a recording of %s that there is not is refused', (_, change, told) => {
  const recordings = [{ ...ANSWER, ...change }];
  expect(() => conformance(new CollectingRunner(), { ...exampleHarness(verified), recordings })).toThrow(told);
});
