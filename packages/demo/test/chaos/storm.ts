import type { ScriptedParty } from '@hookswitch/driver-kit/virtual';
import { VirtualSnomPhone } from '@hookswitch/driver-snom/virtual';
import { createGateway, createLog, type Gateway } from '@hookswitch/gateway';
import { demoConfig } from '../../src/demo-config.ts';
import { createGraphqlClient } from '../../src/graphql-client.ts';
import { createRandom, type Random } from '../support/random.ts';
import { type EventPath, openEventPath, type PathFaults } from './event-path.ts';
import { createFleetPhone, type FleetPhone, join, KINDS } from './fleet.ts';
import { createIntegrator, type Integrator } from './integrator.ts';
import { personAt } from './people.ts';
import { type SimulatedTime, simulateTime } from './simulated-time.ts';
import { openWitnessedExchange, type Witness } from './witness.ts';

/** How much happens. */
export interface StormOptions {
  readonly seed: number;
  readonly phones: number;
  /** The age at which the gateway takes any call to be over, milliseconds. */
  readonly callLimitMs: number;
  readonly faults: PathFaults;
  /** How many commands lose their phone's reply. Probability. */
  readonly lostReplies: number;
  /** How many commands a client gives again with the same key. Probability. */
  readonly retries: number;
}

/** An office in which everybody does something, and a gateway that hears of it by a bad network. */
export interface Storm {
  readonly gateway: Gateway;
  readonly time: SimulatedTime;
  readonly phones: readonly FleetPhone[];
  readonly path: EventPath;
  readonly witness: Witness;
  readonly integrator: Integrator;
  readonly restarts: () => number;
  /** People and programs act for that many milliseconds, then nobody does anything any more. */
  rage(durationMs: number): Promise<void>;
  /** Everybody hangs up. */
  hangUpAll(): Promise<void>;
  stop(): Promise<void>;
}

/** When nobody has done anything for so long, what was late has come, and phones that were started are up and were asked. */
export const CALM_MS = 45_000;
/** The limit of ringing, as the gateway has it by default. */
const RING_LIMIT_MS = 180_000;

const KEY = 'storm-key-of-an-administrator';

/** Starts exchange, phones and gateway. Whoever takes it stops it. */
export async function openStorm(options: StormOptions): Promise<Storm> {
  const { seed } = options;
  const chances = new Map<string, Random>();
  const chanceOf = (what: string): Random => {
    const known = chances.get(what);
    if (known !== undefined) return known;
    const made = createRandom(
      [...`${seed}/${what}`].reduce((hash, sign) => Math.imul(hash ^ sign.charCodeAt(0), 16_777_619), 0x811c9dc5),
    );
    chances.set(what, made);
    return made;
  };
  const numberOf = new Map<string, string>();
  const path = await openEventPath((token) => chanceOf(`path ${numberOf.get(token) ?? ''}`));
  const url = { gateway: '' };
  let stopped = false;
  const started: FleetPhone['phone'][] = [];
  const time = simulateTime({
    underWay: () => path.underWay + started.filter(({ actionUrls }) => actionUrls.underWay > 0).length,
    notTo: () => url.gateway,
    // Being ready, it has written a row behind all others.
    written: async () => url.gateway !== '' && !stopped && (await fetch(`${url.gateway}/health/ready`)).arrayBuffer(),
  });
  // Only now: whoever takes the clock takes the one that was set.
  const witness = openWitnessedExchange(seed % 2 === 0 ? 'shared' : 'perLeg');
  const kinds = Array.from({ length: options.phones }, (_, index) => KINDS[index % KINDS.length] ?? KINDS[0]).filter(
    (kind) => kind !== undefined,
  );
  const virtual = kinds.map((kind, index) => createFleetPhone(kind, index, witness.exchange));
  started.push(...virtual);
  const setup = await demoConfig({
    environment: { HOOKSWITCH_PORT: '0', HOOKSWITCH_PUBLIC_URL: path.url, HOOKSWITCH_ADMIN_KEY: KEY },
    file: null,
  });
  await Promise.all(virtual.map((phone) => phone.start()));
  const gateway = await createGateway({
    config: { ...setup.config, calls: { ...setup.config.calls, callMs: options.callLimitMs, ringMs: RING_LIMIT_MS } },
    log: createLog('silent'),
    // Simulated as well: `performance` is the real one.
    ticks: () => Date.now(),
  });
  url.gateway = gateway.url;
  path.leadTo(gateway.url);
  const api = createGraphqlClient(gateway.url, KEY);
  const phones: FleetPhone[] = [];
  for (const [index, phone] of virtual.entries()) {
    const kind = kinds[index];
    if (kind === undefined) continue;
    phones.push(await time.until(join(phone, kind, { api, withoutIds: path.withoutIds })));
  }
  for (const { token, number } of phones) numberOf.set(token, number);

  const aliases: ScriptedParty[] = [];
  const newNumber = (from: FleetPhone): string => {
    const random = chanceOf(`people ${from.number}`);
    const { number } = random.pick(phones.filter((other) => other !== from));
    // Who is forwarded speaks to another number than was dialled: a phone without ids of calls could not tell.
    if (from.kind.nameless || !random.chance(0.5)) return number;
    const alias = `7${String(10_000 + aliases.length)}`;
    aliases.push(witness.exchange.addParty({ number: alias, forwardsTo: number }));
    return alias;
  };
  const integrator = createIntegrator({
    gateway,
    apiKey: KEY,
    time,
    chanceOf: ({ number }) => chanceOf(`commands ${number}`),
    newNumber,
    lostReplies: options.lostReplies,
    retries: options.retries,
  });
  let restarts = 0;
  let raging = false;
  const live = (phone: FleetPhone): void => {
    const random = chanceOf(`people ${phone.number}`);
    const next = (): void => {
      if (!raging) return;
      if (random.chance(0.002)) {
        restarts += 1;
        restart(phone);
        for (const one of integrator.given) if (one.phone === phone && !one.isOver) one.wasRestarted = true;
      } else if (phone.phone.accounts[0]?.registered === true) {
        if (random.chance(0.4)) integrator.act(phone);
        else act(phone, random, newNumber);
      }
      setTimeout(next, random.between(3_000, 14_000));
    };
    setTimeout(next, random.between(0, 9_000));
  };
  return {
    gateway,
    time,
    phones,
    path,
    witness,
    integrator,
    restarts: () => restarts,
    async rage(durationMs) {
      raging = true;
      path.disturb(options.faults);
      for (const phone of phones) live(phone);
      await time.pass(durationMs);
      raging = false;
    },
    async hangUpAll() {
      for (let busy = phones; busy.length > 0; busy = phones.filter(({ phone }) => phone.calls.length > 0)) {
        for (const phone of busy) leave(phone);
        await time.pass(1_000);
      }
    },
    async stop() {
      stopped = true;
      await time.until(gateway.stop());
      time.stop();
      await Promise.all(virtual.map((phone) => phone.stop()));
      witness.exchange[Symbol.dispose]();
      await path.close();
      await setup.removeData();
    },
  };
}

function restart({ phone }: FleetPhone): void {
  if (phone instanceof VirtualSnomPhone) phone.power.reboot();
  else void phone.reboot();
}

/** Ends one of its calls, or takes a held one back to end it. */
function leave(fleetPhone: FleetPhone): void {
  const person = personAt(fleetPhone);
  const states = fleetPhone.phone.calls.map(({ direction, state }) => `${direction} ${state}`);
  if (states.includes('incoming ringing')) person.reject();
  else if (states.length > 0 && states.every((state) => state.endsWith('held'))) person.toggleHold();
  else person.hangUp();
}

/** What somebody who sits before the phone may do now. */
function act(fleetPhone: FleetPhone, random: Random, newNumber: (from: FleetPhone) => string): void {
  const person = personAt(fleetPhone);
  const { calls } = fleetPhone.phone;
  const rings = calls.some(({ direction, state }) => direction === 'incoming' && state === 'ringing');
  const waits = calls.some(
    ({ direction, state }) => direction === 'outgoing' && (state === 'ringing' || state === 'dialing'),
  );
  const dice = random.next();
  if (calls.length === 0) {
    if (dice < 0.35) person.dial(newNumber(fleetPhone));
  } else if (rings) {
    if (dice < 0.6) person.answer();
    else if (dice < 0.75) person.reject();
  } else if (calls.length > 1) {
    if (dice < 0.35) person.completeTransfer();
    else if (dice < 0.65) person.hangUp();
    else if (dice < 0.8) person.toggleHold();
  } else if (waits) {
    if (dice < 0.15) person.hangUp();
  } else if (dice < 0.3) person.hangUp();
  else if (dice < 0.5) person.toggleHold();
  else if (dice < 0.57) person.transferBlind(newNumber(fleetPhone));
  else if (dice < 0.66) person.consult(newNumber(fleetPhone));
}
