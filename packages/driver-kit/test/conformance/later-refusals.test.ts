import { ACCEPTED, type Failure, failed, phoneRejected, rateLimited } from '@hookswitch/core';
import { expect, test } from 'vitest';
import { conformance } from '../../src/index.ts';
import { CollectingRunner } from '../support/collecting-runner.ts';
import { exampleDriver } from '../support/example-driver.ts';
import { exampleHarness } from '../support/example-harness.ts';

const rung = { transport: 'HTTP', evidence: 'DOCUMENTED', source: 'Example, manual, page 1' } as const;

/** Of a driver that answers by two keys: the cases in which the phone is busy, as it says by 423. */
async function failingWhileBusy(failureOf: (step: number) => Failure): Promise<number> {
  const driver: typeof exampleDriver = {
    ...exampleDriver,
    capabilitiesFor: (profile) => ({
      ...exampleDriver.capabilitiesFor(profile),
      ANSWER: [
        {
          ...rung,
          answer: async (_, { http }) => {
            for (const step of [1, 2]) {
              const { status } = await http.send({ method: 'GET', target: '/?key=OK' });
              if (status !== 200) return failed(failureOf(step));
            }
            return ACCEPTED;
          },
        },
      ],
    }),
  };
  const runner = new CollectingRunner();
  conformance(runner, { ...exampleHarness(driver), refusals: [{ name: 'busy with itself', status: 423 }] });
  return (await runner.failures((name) => /ANSWER .* says no: busy with itself$/.test(name))).size;
}

test('a phone that says no in its own way once something was done is not to be asked for all of it again', async () => {
  const busy = rateLimited('The phone is busy.', 250);
  expect(await failingWhileBusy(() => busy)).toBe(1);
  expect(await failingWhileBusy((step) => (step === 1 ? busy : phoneRejected('The second key was refused.')))).toBe(0);
});
