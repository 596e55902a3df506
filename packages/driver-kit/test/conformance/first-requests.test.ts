import {
  ACCEPTED,
  type Driver,
  type DriverContext,
  type Ladders,
  notHere,
  type Outcome,
  type Rung,
} from '@hookswitch/core';
import { describe, expect, test } from 'vitest';
import { type ConformanceHarness, conformance } from '../../src/index.ts';
import { CollectingRunner } from '../support/collecting-runner.ts';
import { type ExampleOptions, exampleDriver } from '../support/example-driver.ts';
import { exampleHarness, examplePhone } from '../support/example-harness.ts';

const rung = { transport: 'HTTP', evidence: 'DOCUMENTED', source: 'Example, manual, page 1' } as const;

/** A request before the command's own gives what that one must carry, as the token of a login is given. */
async function pressWithToken({ http }: DriverContext, { key, readOnly }: { key: string; readOnly: boolean }) {
  const { bytes } = await http.send({ method: 'GET', target: '/screen.bmp', readOnly });
  const headers = { 'x-token': `t${bytes.length}` };
  const { status } = await http.send({ method: 'GET', target: `/?key=${key}`, headers });
  return status === 200 ? ACCEPTED : notHere(`${status}`);
}

function withLadders(ladders: Ladders): Driver<ExampleOptions> {
  return {
    ...exampleDriver,
    capabilitiesFor: (profile) => ({ ...exampleDriver.capabilitiesFor(profile), ...ladders }),
  };
}

async function failing(harness: ConformanceHarness<ExampleOptions>, wanted: RegExp): Promise<readonly string[]> {
  const runner = new CollectingRunner();
  conformance(runner, harness);
  expect(runner.cases.filter(({ name }) => wanted.test(name))).not.toEqual([]);
  return [...(await runner.failures((name) => wanted.test(name))).keys()];
}

describe('a command that begins with a login', () => {
  const answer = (_: unknown, context: DriverContext): Promise<Outcome> =>
    pressWithToken(context, { key: 'OK', readOnly: true });
  const harness = exampleHarness(withLadders({ ANSWER: [{ ...rung, answer }] }));
  const named = /ANSWER over HTTP: answer, the call named$/;

  test('sends what no dry run can show, unless the harness says which part the phone chose', async () => {
    expect(await failing(harness, named)).toEqual(['E1: ANSWER over HTTP: answer, the call named']);
    expect(await failing({ ...harness, chosenByPhone: [/x-token: t\d+/] }, named)).toEqual([]);
  });

  test('presses a key by one request beside those that only read', async () => {
    const pressing = (readOnly: boolean) =>
      exampleHarness(
        withLadders({
          PRESS_KEYS: [
            {
              ...rung,
              pressKeys: ({ keys }, context) => pressWithToken(context, { key: keys[0]?.key ?? '', readOnly }),
            },
          ],
        }),
      );
    const key = /the key OK is pressed/;
    expect(await failing(pressing(true), key)).toEqual([]);
    expect(await failing(pressing(false), key)).toHaveLength(1);
  });
});

describe('a part of a capability for which the phone has no way', () => {
  const display: Rung<'DISPLAY'> = {
    ...rung,
    pushXml: async () => notHere('Plain text alone.'),
    showMessage: async () => ACCEPTED,
  };
  const pushXml = 'DISPLAY over HTTP: pushXml';
  const showMessage = 'DISPLAY over HTTP: showMessage';
  const namesWith = (notHere: readonly string[]): readonly string[] => {
    const harness = exampleHarness(withLadders({ DISPLAY: [display] }), [examplePhone({ notHere })]);
    return conformance(new CollectingRunner(), harness).names.filter((name) => /DISPLAY: .*some rung/.test(name));
  };

  test('need not be served once it is declared, and the other part must be', () => {
    expect(namesWith([]).filter((name) => name.includes('pushXml'))).toHaveLength(2);
    expect(namesWith([pushXml])).toEqual([
      'E1: DISPLAY: showMessage, a text: some rung serves it',
      'E1: DISPLAY: showMessage, a text for a while, with a beep: some rung serves it',
    ]);
  });

  test('must not be all of it', () => {
    expect(namesWith([pushXml, showMessage])).toEqual(namesWith([]));
  });
});
