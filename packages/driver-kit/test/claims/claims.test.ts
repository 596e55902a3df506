import { describe, expect, test } from 'vitest';
import { unprovedClaims } from '../../src/claims/claim.ts';
import { conformance, modelClaims, phoneClaims, supportMatrix } from '../../src/index.ts';
import { CollectingRunner } from '../support/collecting-runner.ts';
import { exampleDriver } from '../support/example-driver.ts';
import { exampleHarness, examplePhone } from '../support/example-harness.ts';

/** The example driver, whose way to answer is known otherwise. */
function answersBy(way: { readonly evidence: 'VERIFIED' | 'DOCUMENTED' | 'ASSUMED'; readonly source: string | null }) {
  return {
    ...exampleDriver,
    capabilitiesFor: (profile: Parameters<typeof exampleDriver.capabilitiesFor>[0]) => {
      const ladders = exampleDriver.capabilitiesFor(profile);
      const [answer] = ladders.ANSWER ?? [];
      return answer === undefined ? ladders : { ...ladders, ANSWER: [{ ...answer, ...way }] as const };
    },
  };
}

const RECORDING = {
  name: 'answer',
  model: 'E1',
  firmware: '1.0',
  capability: 'ANSWER',
  rung: 'HTTP',
  member: 'answer',
  exchanges: [],
};

describe('the claims of a driver', () => {
  test('are what it says for each phone and each model', () => {
    const [phone] = phoneClaims(exampleHarness());
    expect(phone).toMatchObject({ name: 'E1', model: 'E1', firmware: '1.0', reachableBy: { http: true, sip: false } });
    expect(phone?.claims.map(({ capability, transport }) => `${capability} ${transport}`)).toEqual([
      'ANSWER HTTP',
      'HANG_UP HTTP',
      'REJECT HTTP',
      'SCREEN HTTP',
    ]);
    expect(modelClaims(exampleDriver)).toEqual([{ model: 'E1', claims: phone?.claims }]);
  });

  test('hold no secret option', () => {
    const driver = {
      ...exampleDriver,
      options: { ...exampleDriver.options, credentials: { push: { username: 'user', password: 'secret' } } },
    };
    const [phone] = phoneClaims(
      exampleHarness(driver, [examplePhone({ options: { answerKey: 'OK', secret: 'do-not-tell' } })]),
    );
    expect(phone?.options).toEqual({ answerKey: 'OK' });
  });

  test('are in the support matrix, with their sources', () => {
    const lines = supportMatrix(exampleHarness()).split('\n');
    expect(lines).toContain('| Capability | E1 |');
    expect(lines).toContain('| ANSWER | D1 HTTP |');
    expect(lines).toContain('- Group 1: E1');
    expect(lines).toContain('1. Example, manual, page 1');
    const assumed = supportMatrix(exampleHarness(answersBy({ evidence: 'ASSUMED', source: null })));
    expect(assumed).toContain('| ANSWER | A HTTP |');
  });

  test.each([
    ['VERIFIED', 'a phone', 'VERIFIED, but no recording'],
    ['DOCUMENTED', null, 'DOCUMENTED, but where is it from?'],
    ['DOCUMENTED', ' ', 'DOCUMENTED, but where is it from?'],
  ] as const)('%s from %j alone is without proof, and fails the suite', async (evidence, source, words) => {
    const harness = exampleHarness(answersBy({ evidence, source }));
    expect(unprovedClaims(harness)).toEqual([
      `ANSWER over HTTP on E1 with 1.0: ${words}`,
      `ANSWER over HTTP on E1 with any firmware: ${words}`,
    ]);
    const runner = new CollectingRunner();
    conformance(runner, harness);
    const failed = await runner.failures((name) => name.endsWith('no claim for any of its models is without proof'));
    expect(failed.size).toBe(1);
  });

  test('of a model are not proved by the recording of one firmware', () => {
    const harness = {
      ...exampleHarness(answersBy({ evidence: 'VERIFIED', source: 'a phone' })),
      recordings: [RECORDING],
    };
    expect(unprovedClaims(harness)).toEqual(['ANSWER over HTTP on E1 with any firmware: VERIFIED, but no recording']);
  });
});
