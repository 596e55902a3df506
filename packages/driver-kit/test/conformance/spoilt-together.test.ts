import { ACCEPTED, type LedsTogether, notHere, type Outcome, TransportError } from '@hookswitch/core';
import { expect, test } from 'vitest';
import { conformance } from '../../src/index.ts';
import { CollectingRunner } from '../support/collecting-runner.ts';
import { exampleDriver, press } from '../support/example-driver.ts';
import { exampleHarness } from '../support/example-harness.ts';

const rung = { transport: 'HTTP', evidence: 'DOCUMENTED', source: 'Example, manual, page 1' } as const;

/** Lights that go together as they should. */
const TOGETHER: LedsTogether = {
  takes: ({ key }) => key.startsWith('FUNCTION_'),
  setLeds: (commands, context) => press(context, `leds=${commands.map(({ key }) => key).join(',')}`),
};

/** What fails of lights that go together. */
async function failuresOf(together: Partial<LedsTogether>): Promise<readonly string[]> {
  const runner = new CollectingRunner();
  const driver: typeof exampleDriver = {
    ...exampleDriver,
    capabilitiesFor: (profile) => {
      const ladders = exampleDriver.capabilitiesFor(profile);
      if (ladders.ANSWER === undefined) return ladders;
      const setLed = () => Promise.resolve<Outcome>(notHere('One light alone is not here.'));
      return { ...ladders, LED: [{ ...rung, setLed, together: { ...TOGETHER, ...together } }] };
    },
  };
  conformance(runner, exampleHarness(driver));
  return [...(await runner.failures((name) => /setLeds/.test(name))).keys()];
}

test('lights that go together as they should pass', async () => {
  expect(await failuresOf({})).toEqual([]);
});

const one = 'E1: LED over HTTP: setLeds, two lights';

test.each<readonly [string, Partial<LedsTogether>, string]>([
  ['a light that is not taken', { takes: () => false }, one],
  ['one light is forgotten', { setLeds: ([first], context) => press(context, `leds=${first?.key}`) }, one],
  ['none is set', { setLeds: async () => ACCEPTED }, one],
  [
    'each has a request of its own',
    {
      setLeds: async (commands, context) => {
        for (const { key } of commands) await press(context, `leds=${key}`);
        return ACCEPTED;
      },
    },
    `${one}, are one request`,
  ],
  [
    'a lost reply is tried again',
    {
      setLeds: async (commands, context) => {
        try {
          return await TOGETHER.setLeds(commands, context);
        } catch {
          return TOGETHER.setLeds(commands, context);
        }
      },
    },
    'E1: LED over HTTP: setLeds is UNKNOWN when a reply is lost, in any step',
  ],
  [
    'a lost reply is a success',
    {
      setLeds: async (commands, context) => {
        try {
          return await TOGETHER.setLeds(commands, context);
        } catch (error) {
          if (TransportError.is(error) && error.outcome.status === 'UNKNOWN') return ACCEPTED;
          throw error;
        }
      },
    },
    'E1: LED over HTTP: setLeds is UNKNOWN when the connection is reset',
  ],
  [
    'a refusal is a success',
    {
      setLeds: async (_, { http }) => {
        await http.send({ method: 'GET', target: '/?leds=FUNCTION_1,FUNCTION_2' });
        return ACCEPTED;
      },
    },
    'E1: LED over HTTP: setLeds is not accepted when the phone answers 503, in any step',
  ],
])('%s: it is found out', async (_fault, together, told) => {
  expect(await failuresOf(together)).toContain(told);
});
