import type { Command } from '../model.ts';
import type { CommandStore } from './ports.ts';
import { isStoreAway } from './store-away.ts';

/** A store of commands that can be told to write what waits. */
export interface SettlingStore extends CommandStore {
  /** Tries once more, e.g. before the store is closed. Never rejects. */
  flush(): Promise<void>;
}

/** How often a store that is away is tried. */
const RETRY_MS = 250;

/**
 * A command is on disk before a byte of it leaves. What became of it is true whether the store takes it or not: where the
 * store is away it is kept in memory and written when the store is back. Where the gateway ends before that the next one
 * finds a command that was sent, and calls it UNKNOWN, or one that was not, and calls it expired.
 * @param onLater told of the reason whenever that happens
 */
export function settleLater(store: CommandStore, onLater: (error: unknown, command: Command) => void): SettlingStore {
  const pending = new Map<string, Command>();
  let timer: NodeJS.Timeout | null = null;

  const isWritten = async ({ id, status, settledAt }: Command): Promise<boolean> => {
    const kept = await store.get(id);
    return kept?.status === status && kept.settledAt === settledAt;
  };
  const retry = async (): Promise<void> => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    for (const command of [...pending.values()]) {
      try {
        // A writer that died may have written it: a second time would be a second row of the audit.
        if (!(await isWritten(command))) await store.update(command);
      } catch (error) {
        if (isStoreAway(error)) break;
        onLater(error, command);
      }
      if (pending.get(command.id) === command) pending.delete(command.id);
    }
    schedule();
  };
  const schedule = (): void => {
    if (pending.size === 0 || timer !== null) return;
    timer = setTimeout(() => void retry(), RETRY_MS);
    // What is open when the gateway ends is found by the next one.
    timer.unref();
  };

  return {
    ...store,
    async update(command) {
      const mayWait = command.status !== 'SENT' && (command.sentAt !== null || command.settledAt !== null);
      if (!mayWait || !pending.has(command.id)) {
        try {
          return await store.update(command);
        } catch (error) {
          if (!mayWait || !isStoreAway(error)) throw error;
          onLater(error, command);
        }
      }
      pending.set(command.id, command);
      schedule();
    },
    get: async (id) => pending.get(id) ?? store.get(id),
    flush: retry,
  };
}
