import { LatestChanges } from '../events/latest-changes.ts';
import type { Command } from '../model.ts';
import type { CommandQuery } from '../store/ports.ts';
import type { CommandFeed } from './command-feed.ts';
import type { CommandUpdate } from './command-update.ts';

/** Where a stream begins. */
export interface CommandStreamSource {
  readonly feed: Pick<CommandFeed, 'onChange'>;
  /** The newest commands that match as they are in the store, the newest first. */
  readonly snapshot: () => Promise<readonly Command[]>;
  /** The place in the event log that the snapshot stands for at least. */
  readonly cursor: () => string;
}

/** So many commands may wait for a slow subscriber: more, and its stream ends. */
const MOST_WAITING = 1_000;

/** Whether a command is one that a filter lets through. */
export function matchesCommand({ phoneIds, names, statuses }: CommandQuery, command: Command): boolean {
  return (
    (phoneIds?.includes(command.phoneId) ?? true) &&
    (names?.includes(command.name) ?? true) &&
    (statuses?.includes(command.status) ?? true)
  );
}

/**
 * The newest commands that match, the oldest of them first, then `caughtUp`, then each change. What waits is one state
 * a command, the latest. A subscriber for whom too many wait is not kept: its stream ends, and begins with the newest
 * when it comes again.
 */
export async function* streamCommands(
  { feed, snapshot, cursor }: CommandStreamSource,
  matches: (command: Command) => boolean,
  signal: AbortSignal,
): AsyncGenerator<CommandUpdate, void, undefined> {
  const changes = new LatestChanges<Command>(signal);
  let isTooSlow = false;
  const stop = feed.onChange((command) => {
    if (isTooSlow || !matches(command)) return;
    changes.put(command.id, command);
    if (changes.size > MOST_WAITING) {
      isTooSlow = true;
      changes.clear();
    }
  });
  try {
    const place = cursor();
    for (const command of (await snapshot()).toReversed()) {
      if (signal.aborted) return;
      // A change that came meanwhile is newer than the snapshot.
      yield { kind: 'command', command: changes.take(command.id) ?? command };
    }
    yield { kind: 'caughtUp', cursor: place };
    while (!signal.aborted && !isTooSlow) {
      const command = changes.takeOldest();
      if (command === undefined) await changes.next();
      else yield { kind: 'command', command };
    }
  } finally {
    stop();
    changes.close();
  }
}
