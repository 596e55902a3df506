import { fileURLToPath } from 'node:url';
import type { DriverContext, PhoneProfile } from '@hookswitch/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { outcomeOf } from '../../src/commands/climb-ladder.ts';
import { DriverFault, type DriverPort } from '../../src/drivers/driver-port.ts';
import { loadDrivers } from '../../src/drivers/load-drivers.ts';
import { DEEDS, type Deed } from './hostile/deeds.ts';

// A driver that does every bad thing in every one of its functions: what asked gets a typed answer, and the driver is
// there again for the next question.

const HOSTILE = fileURLToPath(new URL('./hostile/driver.ts', import.meta.url));
const LIMITS = { answerMs: 1_000, loadMs: 20_000, pauseMs: 10, longestPauseMs: 50, memoryMb: 64 };

const ended: string[] = [];
let port: DriverPort;
beforeAll(async () => {
  const { drivers, broken } = await loadDrivers([HOSTILE], {
    folders: [],
    events: { onEnded: (_vendor, { message }) => ended.push(message), onFault: () => {} },
    limits: LIMITS,
  });
  expect(broken).toEqual([]);
  const [driver] = drivers;
  if (driver === undefined) throw new Error('there is no driver');
  port = driver;
});
afterAll(() => port.close());

function profileFor(mischief: string): PhoneProfile {
  return { model: 'Bad', firmware: null, mac: null, options: { mischief }, reachableBy: { http: true, sip: false } };
}

/** A context whose phone says yes. @param sent where its requests are put */
function contextFor(mischief: string, signal: AbortSignal, sent: string[] = []): DriverContext {
  const refuse = () => Promise.reject(new Error('not here'));
  return {
    phone: profileFor(mischief),
    calls: [],
    features: [],
    http: {
      async send({ target }) {
        sent.push(target);
        return { status: 200, headers: {}, bytes: new Uint8Array(), text: '' };
      },
    },
    sip: { send: refuse, converse: refuse },
    documents: { publish: refuse },
    clock: { now: Date.now, sleep: refuse },
    log: { debug: () => {}, warn: () => {} },
    signal,
  };
}

async function dial(
  mischief: string,
  to = '1',
): Promise<{ readonly outcome: object; readonly sent: readonly string[] }> {
  const sent: string[] = [];
  const { ladders } = await port.abilities(profileFor(''));
  const [rung] = ladders.DIAL ?? [];
  if (rung === undefined) throw new Error('it cannot dial');
  const signal = AbortSignal.timeout(4_000);
  const outcome = await outcomeOf(() => rung.dial({ to }, contextFor(mischief, signal, sent)), signal);
  return { outcome, sent };
}

/** @param before how many workers had been ended before the deed */
async function isThereAgain(before: number, deed: Deed): Promise<void> {
  // Some end it only after they were answered.
  if (FATAL.has(deed)) await expect.poll(() => ended.length, { timeout: 20_000 }).toBeGreaterThan(before);
  await expect.poll(() => port.health().state, { timeout: 20_000 }).toBe('RUNNING');
  expect(await dial('')).toEqual({ outcome: { status: 'ACCEPTED', value: undefined }, sent: ['/dial'] });
}

/** Functions that a driver answers by itself, and how each is brought to a deed. */
const ASKED: Readonly<Record<string, (deed: Deed) => Promise<unknown>>> = {
  validate: (deed) => port.validate({ mischief: `validate:${deed}` }),
  identify: async (deed) => port.identify({ mac: null, model: `identify:${deed}`, replies: [] }),
  capabilitiesFor: async (deed) => port.abilities(profileFor(`capabilitiesFor:${deed}`)),
  settingsFor: async (deed) => port.abilities(profileFor(`settingsFor:${deed}`)),
  keysOf: async (deed) => port.abilities(profileFor(`keysOf:${deed}`)),
  monitor: async (deed) => port.abilities(profileFor(`monitor:${deed}`)),
  parse: async (deed) => port.parse({ path: 'hello', rawQuery: `parse:${deed}` }, profileFor('')),
  provisioning: async (deed) =>
    port.provisioning({ phone: profileFor(`provisioning:${deed}`), actionUrls: [], gatewayHost: 'gateway.example' }),
};

/** Deeds after which there has to be another worker. */
const FATAL: ReadonlySet<Deed> = new Set(['loops', 'eats', 'eatsBuffers', 'exits', 'rejects', 'floodsOwnPort']);

describe.each(DEEDS)('a driver that %s', { timeout: 60_000 }, (deed) => {
  test.each(Object.keys(ASKED))('in %s', async (name) => {
    const before = ended.length;
    const answer = await ASKED[name]?.(deed).catch((error: unknown) => error);
    expect(answer).toBeInstanceOf(DriverFault);
    expect(String(answer)).not.toContain('secret');
    await isThereAgain(before, deed);
  });

  test('in isCommandKey', async () => {
    const before = ended.length;
    const answer = await Promise.resolve(port.isCommandKey(`isCommandKey.${deed}`)).catch((error: unknown) => error);
    // What is not `true` is no.
    if (deed === 'wrong') expect(answer).toBe(false);
    else expect(answer).toBeInstanceOf(DriverFault);
    await isThereAgain(before, deed);
  });

  test('where it is asked which lights go together', async () => {
    const before = ended.length;
    const { ladders } = await port.abilities(profileFor(''));
    const together = ladders.LED?.[0].together;
    expect(await together?.takes({ key: 'P1', light: 'ON', label: 'none' })).toBe(true);
    expect(await together?.takes({ key: 'P1', light: 'ON', label: `takes:${deed}` })).toBe(false);
    await isThereAgain(before, deed);
  });

  test('in a command, before anything was sent', async () => {
    const before = ended.length;
    const { outcome, sent } = await dial(`dial:${deed}`);
    expect(sent).toEqual([]);
    const late = deed === 'never' ? { status: 'UNKNOWN' } : { status: 'FAILED', failure: { code: 'DRIVER_FAILED' } };
    expect(outcome).toMatchObject(late);
    expect(JSON.stringify(outcome)).not.toContain('secret');
    await isThereAgain(before, deed);
  });

  test('in a command, after the phone was asked to dial', async () => {
    const before = ended.length;
    const { outcome, sent } = await dial(`dial:${deed}`, 'after');
    expect(sent).toEqual(['/dial']);
    expect(outcome).toMatchObject({ status: 'UNKNOWN' });
    await isThereAgain(before, deed);
  });

  test('in a diagnosis', async () => {
    const before = ended.length;
    const signal = AbortSignal.timeout(4_000);
    const findings = await port
      .diagnose(contextFor(`diagnose:${deed}`, signal))
      .catch((error: unknown) => (error === signal.reason ? 'its time is over' : error));
    if (deed === 'never') expect(findings).toBe('its time is over');
    else expect(findings).toMatchObject([{ code: 'DRIVER_FAILED', severity: 'PROBLEM' }]);
    await isThereAgain(before, deed);
  });

  test('in a monitor', async () => {
    const before = ended.length;
    const profile = profileFor(`watch:${deed}`);
    const { monitor } = await port.abilities(profile);
    const signal = AbortSignal.timeout(4_000);
    const watcher = {
      listening: () => {},
      report: () => Promise.resolve(),
      unsure: () => {},
      askEveryMs: 1_000,
      enough: new AbortController().signal,
    };
    const outcome = await outcomeOf(
      async () => monitor?.watch(contextFor(`watch:${deed}`, signal), watcher) ?? Promise.reject(new Error('none')),
      signal,
    );
    const late = deed === 'never' ? { status: 'UNKNOWN' } : { status: 'FAILED', failure: { code: 'DRIVER_FAILED' } };
    expect(outcome).toMatchObject(late);
    await isThereAgain(before, deed);
  });
});

test('a driver that writes 100,000 lines into its log is heard a hundred times a second', async () => {
  let lines = 0;
  const { ladders } = await port.abilities(profileFor(''));
  const signal = AbortSignal.timeout(20_000);
  const warn = (): void => {
    lines += 1;
  };
  const context = { ...contextFor('', signal), log: { debug: () => {}, warn } };
  expect(await ladders.DIAL?.[0].dial({ to: 'log' }, context)).toMatchObject({ status: 'ACCEPTED' });
  expect(lines).toBeGreaterThanOrEqual(100);
  expect(lines).toBeLessThan(2_000);
});
