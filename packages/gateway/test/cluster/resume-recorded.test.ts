import { expect, test } from 'vitest';
import type { CommandRequest } from '../../src/application.ts';
import { LaneLost } from '../../src/cluster/lane-lost.ts';
import { type Recorded, resumeRecorded } from '../../src/cluster/resume-recorded.ts';
import type { Caller, Command } from '../../src/model.ts';
import { command } from '../store/samples.ts';
import { temporaryStore } from '../store/temporary.ts';

const REQUEST: CommandRequest = { name: 'dial', arguments: { number: '101' } };
const CALLER = { id: 'key-1', name: 'frontend' } as Caller;
const QUEUED = command('c1');
const ACCEPTED: Command = { ...QUEUED, status: 'ACCEPTED', sentAt: 1_100 };
const GIVEN: Recorded = { id: 'c1', request: REQUEST, caller: CALLER };

/** The owner of a phone, with what stands in the store. */
async function owner(stored: Command | null, { isOpen }: { readonly isOpen: boolean }) {
  const files = await temporaryStore();
  if (stored !== null) await files.store.commands.insert(stored, null);
  const done: Command[] = [];
  const commands = {
    isOpen: () => isOpen,
    resumeHere: async (one: Command): Promise<Command> => {
      done.push(one);
      return { ...one, status: 'ACCEPTED' };
    },
  };
  return {
    done,
    resume: (given: Recorded) => resumeRecorded({ commands, store: files.store.commands }, given),
    [Symbol.asyncDispose]: () => files[Symbol.asyncDispose](),
  };
}

test('what was recorded just now is done as it is told, and not read', async () => {
  await using stand = await owner(null, { isOpen: false });
  expect(await stand.resume({ ...GIVEN, recorded: QUEUED })).toMatchObject({ id: 'c1', status: 'ACCEPTED' });
  expect(stand.done).toEqual([QUEUED]);
});

test('where that is told late, and the command is under way here or waits for its proof, it is left as it stands', async () => {
  await using stand = await owner(ACCEPTED, { isOpen: true });
  expect(await stand.resume({ ...GIVEN, recorded: QUEUED })).toEqual(ACCEPTED);
  expect(stand.done).toEqual([]);
});

test('what is told without it is read', async () => {
  await using stand = await owner(QUEUED, { isOpen: false });
  await stand.resume(GIVEN);
  expect(stand.done).toEqual([QUEUED]);
});

test('what a former owner has sent is not sent again', async () => {
  await using stand = await owner({ ...QUEUED, status: 'SENT', sentAt: 1_100 }, { isOpen: false });
  await expect(stand.resume(GIVEN)).rejects.toSatisfy(LaneLost.is);
  expect(stand.done).toEqual([]);
});

test('one that is not recorded is a fault', async () => {
  await using stand = await owner(null, { isOpen: false });
  await expect(stand.resume(GIVEN)).rejects.toThrow('there is no command c1');
});
