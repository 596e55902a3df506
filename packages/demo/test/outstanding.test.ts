import type { CommandName } from '@hookswitch/core';
import { expect, onTestFinished, test } from 'vitest';
import { PEOPLE } from '../src/people.ts';
import { type CommandView, give } from './support/command.ts';
import { openOffice } from './support/open-office.ts';
import { requestsOf, Stage } from './support/stage.ts';
import { overWebSocket } from './support/updates.ts';

type Wish = readonly [CommandName, Readonly<Record<string, unknown>>];
type Pair = readonly [before: 'ring' | 'talk' | 'consult', first: Wish, second: Wish, outcome: string];

const [SENT, WITHHELD] = ['sent', 'withheld'] as const;
const [ANSWER, HANG_UP]: readonly [Wish, Wish] = [
  ['answer', {}],
  ['hangUp', {}],
];
const [COMPLETE, CANCEL]: readonly [Wish, Wish] = [
  ['completeTransfer', {}],
  ['cancelTransfer', {}],
];

/** What is given while the phone's events are still under way, and whether the phone gets it. */
const pairs = (colleague: string): readonly Pair[] => {
  const to: Wish = ['transfer', { to: colleague, kind: 'BLIND' }];
  const consult: Wish = ['transfer', { to: colleague, kind: 'ATTENDED' }];
  return [
    ['ring', ANSWER, ['sendDtmf', { digits: '1' }], SENT],
    ['ring', ANSWER, ANSWER, WITHHELD],
    ['ring', ANSWER, ['reject', {}], WITHHELD],
    ['ring', HANG_UP, ANSWER, WITHHELD],
    ['talk', HANG_UP, to, WITHHELD],
    ['talk', to, to, WITHHELD],
    ['talk', consult, CANCEL, WITHHELD],
    ['talk', consult, COMPLETE, WITHHELD],
    ['consult', COMPLETE, CANCEL, WITHHELD],
    ['consult', CANCEL, CANCEL, WITHHELD],
    ['consult', HANG_UP, HANG_UP, WITHHELD],
  ];
};

test.each([['101'], ['102'], ['201'], ['202']])(
  '%s: a command is judged by what the one before it leads to, for as long as that one is not proven',
  { timeout: 60_000 },
  async (number) => {
    const office = await openOffice({ people: PEOPLE.filter((person) => person.number === number) });
    const updates = await overWebSocket(office);
    onTestFinished(() => updates.close());
    const stage = new Stage(office, office.phone(number), updates.received);
    const { phone } = stage.staffed;
    for (const [before, first, second, outcome] of pairs(stage.colleague.number)) {
      const what = `${first[0]}, ${second[0]} on ${number}`;
      if (before === 'ring') await stage.ring();
      else await stage.talk();
      if (before === 'consult') {
        await stage.give('transfer', { to: stage.colleague.number, kind: 'ATTENDED' });
        await stage.untilCalls('CONNECTED', 'HELD');
      }
      phone.actionUrls.hold();
      const one = await give(office, number, first);
      expect(one, what).toMatchObject({ status: 'ACCEPTED', settledAt: null });
      const sent = requestsOf(phone);
      const two: CommandView = await give(office, number, second);
      const isSent = requestsOf(phone) > sent;
      expect([two.failure?.code ?? null, isSent], what).toEqual(
        outcome === SENT ? [null, true] : ['INVALID_CALL_STATE', false],
      );
      await phone.actionUrls.release();
      await stage.clear();
    }
  },
);
