import { notHere } from '@hookswitch/core';
import { describe, expect, test } from 'vitest';
import { conformance } from '../../src/index.ts';
import { CollectingRunner } from '../support/collecting-runner.ts';
import { exampleDriver } from '../support/example-driver.ts';
import { exampleHarness, examplePhone } from '../support/example-harness.ts';

const CASES_OF_EXAMPLE = 144;

describe('the suite', () => {
  test('a driver that keeps the contract passes, each case by its name', async () => {
    const runner = new CollectingRunner();
    const { count, names } = conformance(runner, exampleHarness());
    expect(await runner.failures()).toEqual(new Map());
    expect(count).toBe(CASES_OF_EXAMPLE);
    expect(runner.cases.map(({ name }) => name)).toEqual(names);
    expect(names).toContain('the Example driver: its models are unique');
    expect(names).toContain('E1: ANSWER over HTTP: answer, the call named');
    expect(names).toContain('E1: TOUCH is not claimed: it has no key in the map');
    expect(names).toContain('E1: action URL url.incoming parses back');
  });

  test('each phone of the harness has its own cases', () => {
    const phones = [examplePhone(), examplePhone({ name: 'E1 again' })] as const;
    const one = conformance(new CollectingRunner(), exampleHarness());
    const two = conformance(new CollectingRunner(), exampleHarness(exampleDriver, phones));
    const ofDriver = one.names.filter((name) => name.startsWith('the Example driver')).length;
    expect(two.count).toBe(2 * one.count - ofDriver);
  });

  test('two phones with one name are refused', () => {
    const harness = exampleHarness(exampleDriver, [examplePhone(), examplePhone()]);
    expect(() => conformance(new CollectingRunner(), harness)).toThrow('Two cases are called "E1: ');
  });

  test('options that the driver refuses are refused', () => {
    const harness = exampleHarness(exampleDriver, [examplePhone({ options: { answerKey: 'ok!' } })]);
    expect(() => conformance(new CollectingRunner(), harness)).toThrow('answerKey: a key');
  });

  test('a schema that makes somebody wait is refused', () => {
    const validate = async () => ({ value: { answerKey: 'OK' } });
    const options = {
      ...exampleDriver.options,
      schema: { '~standard': { version: 1, vendor: 'slow', validate } },
    } as const;
    const harness = exampleHarness({ ...exampleDriver, options });
    expect(() => conformance(new CollectingRunner(), harness)).toThrow('without a promise');
  });

  test('what is declared as not here must be there to be it', () => {
    const harness = exampleHarness(exampleDriver, [examplePhone({ notHere: ['ANSWER over CSTA: answer'] })]);
    expect(() => conformance(new CollectingRunner(), harness)).toThrow('no "ANSWER over CSTA: answer"');
  });

  test('a member that is declared as not here is held to it', async () => {
    const answer = {
      transport: 'CSTA',
      evidence: 'ASSUMED',
      source: null,
      answer: async () => notHere('No.'),
    } as const;
    const driver = {
      ...exampleDriver,
      capabilitiesFor: (profile: Parameters<typeof exampleDriver.capabilitiesFor>[0]) => {
        const ladders = exampleDriver.capabilitiesFor(profile);
        return ladders.ANSWER === undefined ? ladders : { ...ladders, ANSWER: [answer, ...ladders.ANSWER] as const };
      },
    };
    const declared = new CollectingRunner();
    const phone = examplePhone({ notHere: ['ANSWER over CSTA: answer'] });
    const { names } = conformance(declared, exampleHarness(driver, [phone]));
    expect(names).toContain('E1: ANSWER over CSTA: answer, the call named, is not here');
    expect(await declared.failures()).toEqual(new Map());
    const wrongly = new CollectingRunner();
    conformance(wrongly, exampleHarness(driver, [examplePhone({ notHere: ['ANSWER over HTTP: answer'] })]));
    expect([...(await wrongly.failures()).keys()]).toContain(
      'E1: ANSWER over HTTP: answer, the call named, is not here',
    );
  });

  test('effects that the harness declares are looked for, and only where there is such a sample', async () => {
    const none = new CollectingRunner();
    conformance(none, { ...exampleHarness(), effects: { 'REJECT: reject, the call named': [] } });
    expect(await none.failures()).toEqual(new Map());
    const one = new CollectingRunner();
    conformance(one, { ...exampleHarness(), effects: { 'REJECT: reject, the call named': ['bell'] } });
    expect([...(await one.failures()).keys()]).toEqual(['E1: REJECT over HTTP: reject, the call named']);
    const unknown = { ...exampleHarness(), effects: { 'REJECT: reject, nobody': ['bell'] } };
    expect(() => conformance(new CollectingRunner(), unknown)).toThrow(
      'No phone has a sample called "REJECT: reject, nobody"',
    );
  });

  test('options of the harness reach the driver', async () => {
    const runner = new CollectingRunner();
    conformance(runner, exampleHarness(exampleDriver, [examplePhone({ options: { answerKey: 'NOKEY' } })]));
    const failed = await runner.failures();
    expect([...failed.keys()]).toEqual([
      'E1: ANSWER over HTTP: answer, the call named',
      'E1: ANSWER over HTTP: answer, the call in focus',
    ]);
  });
});
