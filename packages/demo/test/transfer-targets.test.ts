import { expect, onTestFinished, test } from 'vitest';
import { PEOPLE } from '../src/people.ts';
import { give, settledCommand } from './support/command.ts';
import { openOffice } from './support/open-office.ts';
import { Stage } from './support/stage.ts';
import { overWebSocket } from './support/updates.ts';

// By CSTA, by key commands, by NOTIFY, by Action URI.
const PHONES = [['101'], ['102'], ['104'], ['201'], ['202']] as const;
const BUSY = '301';

async function stageOf(number: string): Promise<Stage> {
  const office = await openOffice({ people: PEOPLE.filter((person) => person.number === number) });
  const updates = await overWebSocket(office);
  onTestFinished(() => updates.close());
  return new Stage(office, office.phone(number), updates.received);
}

async function callerIsThere({ office, customer }: Stage): Promise<void> {
  await office.exchange.settled();
  const [leg, ...others] = customer.legs;
  expect([leg?.state, others]).toEqual(['connected', []]);
}

test.each(PHONES)('%s: the one who is consulted is busy: the caller is held, and can be had back', async (number) => {
  const stage = await stageOf(number);
  await stage.talk();
  const { awaited } = await stage.give('transfer', { to: BUSY, kind: 'ATTENDED' });
  // The caller is held before the consultation is told of: that it began proves the command.
  if (awaited !== undefined) await settledCommand(stage.office, awaited);
  await stage.untilCalls('HELD');
  await callerIsThere(stage);
  // Nobody is there to be joined with, and ending the call in focus would end the caller's.
  for (const name of ['completeTransfer', 'cancelTransfer'] as const) {
    expect((await give(stage.office, number, [name, {}])).failure?.code, name).toBe('INVALID_CALL_STATE');
    await callerIsThere(stage);
  }
  await stage.give('setHold', { held: false });
  await stage.untilCalls('CONNECTED');
  await callerIsThere(stage);
});

test.each(PHONES)('%s: the one who is consulted does not answer: given up, the caller is had back', async (number) => {
  const stage = await stageOf(number);
  const { number: nobody } = stage.office.exchange.addParty({ number: `7${number}` });
  await stage.talk();
  await stage.give('transfer', { to: nobody, kind: 'ATTENDED' });
  await stage.untilCalls('DIALING', 'HELD');
  await callerIsThere(stage);
  await stage.give('cancelTransfer');
  await stage.untilCalls('CONNECTED');
  await callerIsThere(stage);
});
