import type { CommandName } from '@hookswitch/core';
import { expect, test } from 'vitest';
import { give, settledCommand } from './support/command.ts';
import { openOffice } from './support/open-office.ts';
import { requestsOf, Stage } from './support/stage.ts';
import { overWebSocket } from './support/updates.ts';

type Wish = readonly [CommandName, Readonly<Record<string, unknown>>];

const HOLD: Wish = ['setHold', { held: true }];
const DND: Wish = ['setDoNotDisturb', { enabled: true }];
const FORWARD: Wish = ['setForwarding', { kind: 'ALWAYS', enabled: true, target: '300' }];
const NO_FORWARD: Wish = ['setForwarding', { kind: 'ALWAYS', enabled: false }];
const MUTE: Wish = ['setMuted', { muted: true }];

// By CSTA and keys, by NOTIFY, by Action URI. A Snom phone does not tell whether it is muted.
const PHONES: readonly (readonly [string, readonly Wish[]])[] = [
  ['101', [HOLD, DND, FORWARD, NO_FORWARD]],
  ['104', [HOLD]],
  ['201', [HOLD, MUTE, DND, FORWARD, NO_FORWARD]],
  ['202', [HOLD, MUTE, DND, FORWARD, NO_FORWARD]],
];

/** Until the gateway has the phone's own word on a switch: before that it may ask the phone how it stands. */
async function untilReported(stage: Stage, [name, { enabled }]: Wish): Promise<void> {
  const begins = name === 'setDoNotDisturb' ? 'DO_NOT_DISTURB' : name === 'setForwarding' ? 'FORWARD' : null;
  if (begins === null) return;
  await stage.event(`${begins} ${String(enabled)}`, (update) => {
    return update.feature?.startsWith(begins) === true && update.enabled === enabled;
  });
}

test.each(PHONES)(
  '%s, asked twice: the second time nothing is sent, and the phone stays as wished',
  async (number, wishes) => {
    const office = await openOffice();
    const updates = await overWebSocket(office);
    const stage = new Stage(office, office.phone(number), updates.received);
    await stage.talk();
    for (const wish of wishes) {
      const first = await give(office, number, wish);
      expect(first.failure, `${wish[0]} on ${number}`).toBeNull();
      const proven = first.settledAt === null ? await settledCommand(office, first.id) : first;
      expect(proven, `${wish[0]} on ${number}`).toMatchObject({ status: 'CONFIRMED', changed: true });
      await office.exchange.settled();
      await untilReported(stage, wish);
      const sent = requestsOf(stage.staffed.phone);
      const second = await give(office, number, wish);
      expect(second, `${wish[0]} on ${number}, again`).toMatchObject({ status: 'CONFIRMED', changed: false });
      expect(requestsOf(stage.staffed.phone)).toBe(sent);
    }
    expect(stage.staffed.phone.calls.map(({ state }) => state)).toEqual(['held']);
    await stage.clear();
    await updates.close();
  },
);

test.each(['101', '201'])('%s: what the state of its calls forbids is refused before any traffic', async (number) => {
  const office = await openOffice();
  const updates = await overWebSocket(office);
  const stage = new Stage(office, office.phone(number), updates.received);
  const refused = async (...[name, command]: Wish): Promise<void> => {
    const sent = requestsOf(stage.staffed.phone);
    expect((await give(office, number, [name, command])).failure?.code, name).toBe('INVALID_CALL_STATE');
    expect(requestsOf(stage.staffed.phone), name).toBe(sent);
  };
  const transfer: Wish = ['transfer', { to: stage.colleague.number, kind: 'BLIND' }];
  await stage.ring();
  await refused(...transfer);
  await refused('setHold', { held: true });
  await refused('sendDtmf', { digits: '1' });
  await stage.clear();
  for (const name of ['answer', 'reject', 'hangUp', 'completeTransfer', 'cancelTransfer', 'conference'] as const) {
    await refused(name, {});
  }
  await refused(...transfer);
  await stage.talk();
  await refused('answer', {});
  await refused('completeTransfer', {});
  // Given up by the other side: ending the call in focus would end the caller's.
  await refused('cancelTransfer', {});
  expect(stage.customer.legs).toHaveLength(1);
  await stage.clear();
  await updates.close();
});
