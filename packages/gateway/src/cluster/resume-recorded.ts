import { isAnswered } from '../commands/command-record.ts';
import type { CommandService } from '../commands/command-service.ts';
import type { Command } from '../model.ts';
import type { CommandStore } from '../store/ports.ts';
import { LaneLost } from './lane-lost.ts';
import type { Errand } from './lane-router.ts';

/** A command that some gateway has recorded, and that is to be done here. */
export interface Recorded extends Pick<Errand, 'request' | 'caller'> {
  readonly id: string;
  /** As it was recorded just now; left out: it is read, since somebody may have done it. */
  readonly recorded?: Command | undefined;
}

/** What the owner of a phone does its recorded commands with. */
export interface Resuming {
  readonly commands: Pick<CommandService, 'isOpen' | 'resumeHere'>;
  readonly store: Pick<CommandStore, 'get'>;
}

/**
 * Does a recorded command, unless it is answered already. A question that was on its way for long may come when the command is under way here
 * or waits for its proof: then it stands otherwise than the question says, and is read. When it is settled the store takes no change of it.
 * @throws LaneLost where a former owner has sent it: that it is settled is waited for
 */
export async function resumeRecorded(
  { commands, store }: Resuming,
  { id, request, caller, recorded }: Recorded,
): Promise<Command> {
  const isNew = recorded !== undefined && !commands.isOpen(id);
  const command = isNew ? recorded : await store.get(id);
  if (command === null) throw new Error(`there is no command ${id}`);
  if (isAnswered(command)) return command;
  if (command.status !== 'QUEUED') throw new LaneLost();
  return commands.resumeHere(command, request, caller);
}
