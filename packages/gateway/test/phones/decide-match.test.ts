import { type Driver, defineDriver } from '@hookswitch/core';
import { expect, onTestFinished, test } from 'vitest';
import { decideMatch } from '../../src/phones/decide-match.ts';
import { acme } from '../support/driver.ts';
import { testGateway } from '../support/gateway.ts';
import { scriptedPhone } from '../support/scripted-phone.ts';

const claim = (vendor: string, score: number): Driver =>
  defineDriver({
    ...acme,
    vendor,
    identify: ({ replies }) => ({
      ...{ score: replies.length > 0 ? score : 0, reasons: [`it looks like ${vendor}`] },
      ...{ model: vendor.toUpperCase(), firmware: null, mac: null },
    }),
  });

/** What becomes of a device that these drivers claim. */
async function decided(drivers: readonly Driver[], driverPrecedence: readonly string[]) {
  await using device = await scriptedPhone((_request, response) => void response.end('<html/>'));
  const running = await testGateway({ drivers, config: { driverPrecedence } });
  onTestFinished(() => running[Symbol.asyncDispose]());
  const { application, caller } = running;
  const asked = await application.phones.identify({ address: device.origin }, caller);
  if (!asked.ok) throw new Error(asked.failure.message);
  const added = await application.phones.add({ name: 'Desk', address: device.origin }, caller);
  return {
    claims: asked.value.candidates.map(({ vendor, score, reasons }) => ({ vendor, score, reasons })),
    match: asked.value.match,
    added: added.ok ? added.value.vendor : added.failure.code,
  };
}

test('the highest score wins, whatever the precedence', async () => {
  expect(await decided([claim('one', 40), claim('two', 70)], ['one'])).toEqual({
    claims: [
      { vendor: 'two', score: 70, reasons: ['it looks like two'] },
      { vendor: 'one', score: 40, reasons: ['it looks like one'] },
    ],
    match: { vendor: 'two', reason: 'two has the highest score: 70, and one 40.' },
    added: 'two',
  });
});

test('among equal scores the stated precedence decides, and says so', async () => {
  expect(
    await decided([claim('one', 70), claim('two', 70), claim('low', 10)], ['absent', 'low', 'two', 'one']),
  ).toMatchObject({
    claims: [{ vendor: 'one' }, { vendor: 'two' }, { vendor: 'low' }],
    match: {
      vendor: 'two',
      reason: 'one and two claim it with the same score, 70; by the stated precedence it is two’s.',
    },
    added: 'two',
  });
});

test('without one nobody wins, and how to decide is said', async () => {
  expect(await decided([claim('one', 70), claim('two', 70)], [])).toMatchObject({
    match: { vendor: null, reason: expect.stringContaining('state a precedence (driverPrecedence)') },
    added: 'VENDOR_UNIDENTIFIED',
  });
});

test('one claim alone wins, and none falls to who takes the rest', () => {
  expect(decideMatch([{ vendor: 'one', score: 1 }], []).vendor).toBe('one');
  expect(decideMatch([], []).vendor).toBeNull();
  expect(decideMatch([], ['one'], 'generic').vendor).toBe('generic');
});
