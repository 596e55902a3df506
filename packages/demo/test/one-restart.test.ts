import type { FiredActionUrl } from '@hookswitch/driver-kit/virtual';
import { VirtualSnomPhone } from '@hookswitch/driver-snom/virtual';
import { VirtualYealinkPhone } from '@hookswitch/driver-yealink/virtual';
import { expect, onTestFinished, test } from 'vitest';
import { PEOPLE } from '../src/people.ts';
import { ask, give } from './support/command.ts';
import { openOffice } from './support/open-office.ts';
import { PATIENCE } from './support/patience.ts';
import { overWebSocket } from './support/updates.ts';

/** What a phone that restarts reports, as the parts of the vendors' names of it. */
const SIGNS = {
  forgot: /redirection_off|always_fwd_off|forward_off/,
  started: /setup/,
  registered: /log_on|registered/,
};
type Sign = keyof typeof SIGNS;

const ORDERS: readonly (readonly Sign[])[] = [
  ['forgot', 'registered', 'started'],
  ['registered', 'forgot', 'started'],
  ['registered', 'started', 'forgot'],
  ['started', 'registered', 'forgot'],
  ['started', 'forgot', 'registered'],
  ['registered', 'started'],
];
/** By CSTA, by settings, by phonecfg. */
const NUMBERS = ['101', '102', '202'];

const arrange = (order: readonly Sign[]) => (fired: readonly FiredActionUrl[]) =>
  order.flatMap((sign) => fired.filter(({ event }) => SIGNS[sign].test(event)));

interface Given {
  readonly requestedBy: string;
  readonly status: string;
}

/** One phone of the office, and what it was told that acts on its forwarding. */
async function deskOf(number: string) {
  const office = await openOffice({ people: PEOPLE.filter((person) => person.number === number) });
  const updates = await overWebSocket(office);
  onTestFinished(() => updates.close());
  const { phone } = office.phone(number);
  if (!(phone instanceof VirtualSnomPhone || phone instanceof VirtualYealinkPhone)) throw new Error('nobody sits here');
  const acts = () =>
    phone.requests.all
      .filter(({ headers }) => headers['authorization'] !== undefined)
      .map(({ method, target, body }) => `${method} ${target} ${body}`)
      .filter((text) => /SetForwarding|redirect_|CallForward|always_fwd|fw=|phonecfg=set|AlwaysFwd/i.test(text))
      .filter((text) => !/phonecfg=get/.test(text));
  const query = 'query { commands(first: 100, filter: { names: ["setForwarding"] }) { nodes { requestedBy status } } }';
  const own = async () =>
    (await ask<{ commands: { nodes: Given[] } }>(office, query)).commands.nodes.filter(({ requestedBy }) =>
      requestedBy.startsWith('gateway:'),
    );
  return {
    phone,
    acts,
    own,
    async declare() {
      const on = phone.features.forwards.waitFor('always', (now) => now?.on === true, PATIENCE);
      const command = { kind: 'ALWAYS', enabled: true, target: '300', keep: 'ALWAYS' };
      expect(await give(office, number, ['setForwarding', command])).toMatchObject({ failure: null });
      await on;
      await this.settled();
    },
    async restart() {
      if (phone instanceof VirtualYealinkPhone) return phone.reboot();
      phone.power.reboot();
      await phone.power.settled();
    },
    /** All that was reported has been taken, and no command of the gateway's own waits. */
    async settled() {
      for (let pass = 0; pass < 2; pass += 1) {
        await phone.actionUrls.idle();
        const outgoing = updates.received.waitForNext(({ callEventKind }) => callEventKind === 'OUTGOING', PATIENCE);
        phone.user.dial('300');
        await outgoing;
        phone.user.hangUp();
        await phone.actionUrls.idle();
        const waits = async () => (await own()).filter(({ status }) => status === 'QUEUED' || status === 'SENT').length;
        await expect.poll(waits, { timeout: PATIENCE.timeoutMs }).toBe(0);
      }
    },
  };
}

test.each(NUMBERS.flatMap((number) => ORDERS.map((order) => [number, order] as const)))(
  '%s: a restart that is told of as %j sets the switch again once',
  async (number, order) => {
    const desk = await deskOf(number);
    const { phone } = desk;
    await desk.declare();
    const before = desk.acts().length;
    phone.actionUrls.hold();
    await desk.restart();
    // Some phones remember it, and this one is to forget it.
    phone.features.setForward('always', { on: false });
    await expect.poll(() => phone.actionUrls.underWay).toBeGreaterThanOrEqual(3);
    await phone.actionUrls.release(arrange(order));
    await desk.settled();
    expect(phone.features.forward('always')).toMatchObject({ on: true, target: '300' });
    const acts = desk.acts().slice(before);
    expect(acts.length).toBeGreaterThanOrEqual(1);
    // A switch that is told of first and alone is set at once, before anything speaks of a restart: a phone that cannot be asked is told again
    // when it does, since the restart may have undone it.
    expect(acts.length).toBeLessThanOrEqual(number === '102' && order[0] === 'forgot' ? 2 : 1);
  },
);

/** Restarts a phone that remembers its forwarding, and lets it tell of the restart in that order. */
async function restartUnforgotten(desk: Awaited<ReturnType<typeof deskOf>>, order: readonly Sign[]): Promise<void> {
  const { phone } = desk;
  phone.actionUrls.hold();
  await desk.restart();
  phone.features.setForward('always', { on: true, target: '300' });
  await expect.poll(() => phone.actionUrls.underWay).toBeGreaterThanOrEqual(2);
  await phone.actionUrls.release(arrange(order));
  await desk.settled();
}

test.each(NUMBERS)('%s: a restart after which the switch stands sends no more than one command', async (number) => {
  const desk = await deskOf(number);
  await desk.declare();
  const before = desk.acts().length;
  await restartUnforgotten(desk, ['started', 'registered']);
  // Whoever can be asked is asked.
  expect(desk.acts().slice(before)).toHaveLength(number === '102' ? 1 : 0);
});

test.each(NUMBERS)('%s: a registration alone sets nothing again that stands', async (number) => {
  const desk = await deskOf(number);
  const { phone } = desk;
  await desk.declare();
  const before = desk.acts().length;
  await restartUnforgotten(desk, ['registered']);
  expect(desk.acts().length - before).toBeLessThanOrEqual(1);
  expect(phone.features.forward('always')).toMatchObject({ on: true, target: '300' });
});
