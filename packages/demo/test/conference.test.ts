import { expect, onTestFinished, test } from 'vitest';
import { PEOPLE } from '../src/people.ts';
import { ask, settledCommand } from './support/command.ts';
import { openOffice } from './support/open-office.ts';
import { Stage } from './support/stage.ts';
import { overWebSocket } from './support/updates.ts';

interface JoinedCall {
  readonly state: string;
  readonly remote: { readonly number: string | null };
  readonly conferencedWith: readonly { readonly remote: { readonly number: string | null } }[] | null;
}

// By CSTA, by key commands, by NOTIFY, by Action URI.
test.each([['101'], ['102'], ['104'], ['201'], ['202']])(
  '%s: calls that a command joins name each other, until one of them has left',
  { timeout: 60_000 },
  async (number) => {
    const office = await openOffice({ people: PEOPLE.filter((person) => person.number === number) });
    const updates = await overWebSocket(office);
    onTestFinished(() => updates.close());
    const stage = new Stage(office, office.phone(number), updates.received);
    const { customer, colleague } = stage;
    const query =
      'query ($id: ID!) { phone(by: { id: $id }) { activeCalls { state remote { number } conferencedWith { remote { number } } } } }';
    const calls = async (): Promise<readonly (readonly (string | null)[] | null)[]> => {
      const { phone } = await ask<{ phone: { activeCalls: readonly JoinedCall[] } }>(office, query, {
        id: stage.staffed.id,
      });
      return phone.activeCalls.map(({ remote, conferencedWith }) =>
        conferencedWith === null ? null : [remote.number, ...conferencedWith.map((other) => other.remote.number)],
      );
    };
    await stage.talkToBoth();
    expect(await calls()).toEqual([null, null]);
    const { awaited, status } = await stage.give('conference');
    if (awaited !== undefined)
      expect(await settledCommand(office, awaited)).toMatchObject({ status: 'CONFIRMED', changed: true });
    else expect(status).toBe('CONFIRMED');
    expect(await calls()).toEqual([
      [customer.number, colleague.number],
      [colleague.number, customer.number],
    ]);
    colleague.hangUp();
    await stage.untilCalls('CONNECTED');
    expect(await calls()).toEqual([[customer.number]]);
  },
);
