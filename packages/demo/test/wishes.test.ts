import { VirtualSnomPhone } from '@hookswitch/driver-snom/virtual';
import { VirtualYealinkPhone } from '@hookswitch/driver-yealink/virtual';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { DemoOffice } from '../src/office.ts';
import { PEOPLE } from '../src/people.ts';
import type { OfficePhone } from '../src/virtual-phones.ts';
import { ask, type CommandView, give } from './support/command.ts';
import { openOffice } from './support/open-office.ts';
import { PATIENCE } from './support/patience.ts';
import { overWebSocket, type Updates } from './support/updates.ts';

const SNOM = '101';
const YEALINK = '202';
const BOTH = [[SNOM], [YEALINK]] as const;

async function officeOf(...numbers: readonly string[]): Promise<{ office: DemoOffice; updates: Updates }> {
  const office = await openOffice({ people: PEOPLE.filter(({ number }) => numbers.includes(number)) });
  const updates = await overWebSocket(office);
  onTestFinished(() => updates.close());
  return { office, updates };
}

const setDnd = (
  office: DemoOffice,
  number: string,
  command: { enabled: boolean; keep?: string },
): Promise<CommandView> => give(office, number, ['setDoNotDisturb', command]);

async function keptOf(office: DemoOffice, number: string): Promise<readonly unknown[]> {
  const query = 'query ($id: ID!) { phone(by: { id: $id }) { keptSwitches { feature enabled target keep } } }';
  const { phone } = await ask<{ phone: { keptSwitches: unknown[] } }>(office, query, { id: office.phone(number).id });
  return phone.keptSwitches;
}

interface Given {
  readonly name: string;
  readonly requestedBy: string;
  readonly status: string;
}

async function commandsOf(office: DemoOffice, name: string): Promise<readonly Given[]> {
  const query =
    'query ($names: [String!]) { commands(first: 100, filter: { names: $names }) { nodes { name requestedBy status } } }';
  return (await ask<{ commands: { nodes: Given[] } }>(office, query, { names: [name] })).commands.nodes;
}

const ownCommands = async (office: DemoOffice, name: string): Promise<number> =>
  (await commandsOf(office, name)).filter(({ requestedBy }) => requestedBy.startsWith('gateway:')).length;

/** Waits, event by event, until a count of the gateway's own commands is reached. */
async function untilOwn(office: DemoOffice, updates: Updates, count: number): Promise<void> {
  while ((await ownCommands(office, 'setDoNotDisturb')) < count) {
    await updates.received.waitForCount(updates.received.count + 1, { ...PATIENCE, what: `${count} own commands` });
  }
}

/** All that the phones have reported has arrived, and what the gateway wrote down because of it is written. */
async function settled(office: DemoOffice, updates: Updates): Promise<void> {
  for (const { phone, person } of office.phones) {
    await phone.actionUrls.idle();
    // The log takes events in their order: what came before this call has been taken.
    const outgoing = updates.received.waitForNext(({ callEventKind }) => callEventKind === 'OUTGOING', {
      ...PATIENCE,
      what: 'a call that comes behind',
    });
    const { user } = peopleOf(phone, person.number);
    user.dial('300');
    await outgoing;
    user.hangUp();
    await phone.actionUrls.idle();
  }
}

/** The phone, with somebody before it. */
function peopleOf(phone: OfficePhone, number: string): VirtualSnomPhone | VirtualYealinkPhone {
  if (phone instanceof VirtualSnomPhone || phone instanceof VirtualYealinkPhone) return phone;
  throw new Error(`Nobody sits before ${number}.`);
}

const reportOf = (updates: Updates, enabled: boolean) =>
  updates.received.waitForNext((one) => one.feature === 'DO_NOT_DISTURB' && one.enabled === enabled, {
    ...PATIENCE,
    what: `do-not-disturb ${enabled ? 'on' : 'off'}`,
  });

describe('a switch that is kept', () => {
  test.each(BOTH)('%s: its own event is no cause', async (number) => {
    const { office, updates } = await officeOf(number);
    const reported = reportOf(updates, true);
    expect(await setDnd(office, number, { enabled: true, keep: 'ALWAYS' })).toMatchObject({ failure: null });
    await reported;
    await settled(office, updates);
    expect(await keptOf(office, number)).toEqual([
      { feature: 'DO_NOT_DISTURB', enabled: true, target: null, keep: 'ALWAYS' },
    ]);
    const off = reportOf(updates, false);
    // Without `keep` the declaration ends, and its event is not taken for somebody's at the phone.
    await setDnd(office, number, { enabled: false });
    await off;
    await settled(office, updates);
    expect(await keptOf(office, number)).toEqual([]);
    expect([await ownCommands(office, 'setDoNotDisturb'), office.phone(number).phone.features.isOn('dnd')]).toEqual([
      0,
      false,
    ]);
  });

  test.each(BOTH)('%s: the person at the phone wins, and the declaration ends', async (number) => {
    const { office, updates } = await officeOf(number);
    const { features } = office.phone(number).phone;
    const on = reportOf(updates, true);
    await setDnd(office, number, { enabled: true, keep: 'UNTIL_CHANGED_AT_PHONE' });
    await on;
    const off = reportOf(updates, false);
    features.turn('dnd', false);
    await off;
    await settled(office, updates);
    expect(await keptOf(office, number)).toEqual([]);
    expect([features.isOn('dnd'), await ownCommands(office, 'setDoNotDisturb')]).toEqual([false, 0]);
  });

  test.each(BOTH)('%s: always: set again once; a phone that undoes it starts no war', async (number) => {
    const { office, updates } = await officeOf(number);
    const { features } = office.phone(number).phone;
    const on = reportOf(updates, true);
    await setDnd(office, number, { enabled: true, keep: 'ALWAYS' });
    await on;
    const again = reportOf(updates, true);
    features.turn('dnd', false);
    await again;
    expect(features.isOn('dnd')).toBe(true);
    const off = reportOf(updates, false);
    features.turn('dnd', false);
    await off;
    await settled(office, updates);
    expect([features.isOn('dnd'), await ownCommands(office, 'setDoNotDisturb')]).toEqual([false, 1]);
    expect(await keptOf(office, number)).toHaveLength(1);
  });

  test.each(BOTH)('%s: set again after a start, once', async (number) => {
    const { office, updates } = await officeOf(number);
    const on = reportOf(updates, true);
    await setDnd(office, number, { enabled: true, keep: 'UNTIL_CHANGED_AT_PHONE' });
    await on;
    const started = updates.received.waitForNext(({ deviceEventKind }) => deviceEventKind === 'STARTED', {
      ...PATIENCE,
      what: 'the start',
    });
    await give(office, number, ['reboot', {}]);
    await started;
    await settled(office, updates);
    await untilOwn(office, updates, 1);
    expect(office.phone(number).phone.features.isOn('dnd')).toBe(true);
    expect(await keptOf(office, number)).toHaveLength(1);
  });
});

describe('forwarding that is kept', () => {
  const FORWARD = { kind: 'ALWAYS', enabled: true, target: '300', keep: 'ALWAYS' } as const;
  const own = (office: DemoOffice) => ownCommands(office, 'setForwarding');
  const reported = (updates: Updates, enabled: boolean) =>
    updates.received.waitForNext((one) => one.feature?.startsWith('FORWARD') === true && one.enabled === enabled, {
      ...PATIENCE,
      what: `forwarding ${enabled ? 'on' : 'off'}`,
    });
  const declare = async (
    { office, updates }: { office: DemoOffice; updates: Updates },
    number: string,
    keep: string = FORWARD.keep,
  ): Promise<void> => {
    const on = reported(updates, true);
    expect(await give(office, number, ['setForwarding', { ...FORWARD, keep }])).toMatchObject({ failure: null });
    await on;
  };

  test.each(BOTH)('%s: its own event is no cause; without `keep` the declaration ends', async (number) => {
    const { office, updates } = await officeOf(number);
    await declare({ office, updates }, number);
    await settled(office, updates);
    expect(await keptOf(office, number)).toEqual([
      { feature: 'FORWARD_ALWAYS', enabled: true, target: '300', keep: 'ALWAYS' },
    ]);
    const off = reported(updates, false);
    await give(office, number, ['setForwarding', { kind: 'ALWAYS', enabled: false }]);
    await off;
    await settled(office, updates);
    expect([await keptOf(office, number), await own(office)]).toEqual([[], 0]);
    expect(office.phone(number).phone.features.forward('always').on).toBe(false);
  });

  test.each(BOTH)('%s: the person at the phone wins, where it is kept until then', async (number) => {
    const { office, updates } = await officeOf(number);
    await declare({ office, updates }, number, 'UNTIL_CHANGED_AT_PHONE');
    const off = reported(updates, false);
    office.phone(number).phone.features.setForward('always', { on: false });
    await off;
    await settled(office, updates);
    expect([await keptOf(office, number), await own(office)]).toEqual([[], 0]);
  });

  test.each(BOTH)('%s: always: set again once; a phone that undoes it starts no war', async (number) => {
    const { office, updates } = await officeOf(number);
    const { features } = office.phone(number).phone;
    await declare({ office, updates }, number);
    const again = reported(updates, true);
    features.setForward('always', { on: false });
    await again;
    expect(features.forward('always')).toMatchObject({ on: true, target: '300' });
    const off = reported(updates, false);
    features.setForward('always', { on: false });
    await off;
    await settled(office, updates);
    expect([features.forward('always').on, await own(office)]).toEqual([false, 1]);
    expect(await keptOf(office, number)).toHaveLength(1);
  });

  test.each(BOTH)('%s: set again after a start, once a cause', async (number) => {
    const { office, updates } = await officeOf(number);
    await declare({ office, updates }, number);
    const { features } = office.phone(number).phone;
    const started = updates.received.waitForNext(({ deviceEventKind }) => deviceEventKind === 'STARTED', {
      ...PATIENCE,
      what: 'the start',
    });
    expect(await give(office, number, ['reboot', {}])).toMatchObject({ failure: null });
    await started;
    await features.forwards.waitFor('always', (now) => now?.on === true && now.target === '300', {
      ...PATIENCE,
      what: 'forwarding as it is kept',
    });
    await settled(office, updates);
    // One that came too early found nobody, and one may find it as it should be.
    expect(await own(office)).toBeLessThanOrEqual(3);
    expect(features.forward('always').on).toBe(true);
  });
});

test('two phones that a client mirrors both ways: the circle ends', async () => {
  const { office, updates } = await officeOf(SNOM, YEALINK);
  const [snom, yealink] = [office.phone(SNOM), office.phone(YEALINK)];
  const mirrored = new Set<Promise<unknown>>();
  let count = 0;
  updates.received.onEntry(({ feature, enabled, phone }) => {
    if (feature !== 'DO_NOT_DISTURB' || enabled === undefined) return;
    const other = phone?.id === snom.id ? YEALINK : SNOM;
    count += 1;
    const job = setDnd(office, other, { enabled }).finally(() => mirrored.delete(job));
    mirrored.add(job);
  });
  // Somebody changes their mind faster than the mirror works.
  for (const enabled of [true, false, true, false]) {
    const reported = reportOf(updates, enabled);
    yealink.phone.features.turn('dnd', enabled);
    await reported;
  }
  let before = -1;
  while (before !== count) {
    before = count;
    await Promise.all(mirrored);
    await settled(office, updates);
  }
  // Each switch turns six times within ten seconds at most; the rest is refused, or changes nothing.
  const given = await commandsOf(office, 'setDoNotDisturb');
  expect(given.length).toBe(count);
  expect(count).toBeGreaterThanOrEqual(4);
  expect(count).toBeLessThanOrEqual(20);
});
