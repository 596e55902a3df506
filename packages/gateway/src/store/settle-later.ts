import type { Command } from '../model.ts';
import { outcomesOnTheWay } from './outcomes-on-the-way.ts';
import type { CommandStore } from './ports.ts';
import { isInDoubt, isStoreAway } from './store-away.ts';

/** A store of commands that can be told to write what waits. */
export interface SettlingStore extends CommandStore {
  /**
   * Fulfilled when what was told of commands before is on disk, or waits in memory for a store that is away. Whoever reads rows of
   * commands past this store awaits it, so that nobody reads an older state behind an answer. Never rejects.
   */
  written(): Promise<void>;
  /** As {@link SettlingStore.written}, then tries once more, e.g. before the store is closed. Never rejects. */
  flush(): Promise<void>;
}

/** What the store of commands that settles later is joined with. */
export interface SettleLaterOptions {
  /** Told of the reason whenever what became of a command has to wait, or cannot be written at all (where the store is not away). */
  readonly onLater: (error: unknown, command: Command) => void;
  /** What is to be written of a command of which nobody knows whether it was recorded, and of which nothing was sent. */
  readonly unrecorded: (command: Command) => Command;
}

/** How often a store that is away is tried. */
const RETRY_MS = 250;

/**
 * A command is on disk before a byte of it leaves. What became of it is true whether the store takes it or not: a store that
 * keeps the order is given it, and nobody waits; where the store is away it is kept in memory and written when the store is
 * back. Until it is written {@link CommandStore.get} gives it from memory, and lists wait for what is on its way. Where the
 * gateway ends before that the next one finds a command that was sent, and calls it UNKNOWN, or one that was not, and calls
 * it expired. In a store that several gateways share an outcome is waited for: another one may have settled the command.
 * Likewise a command that was refused because the writing thread died while it was recorded: it may stand there as queued.
 */
export function settleLater(store: CommandStore, { onLater, unrecorded }: SettleLaterOptions): SettlingStore {
  /** What waits for a store that is away. */
  const pending = new Map<string, Command>();
  /** Commands that may stand in the store as queued though nobody will take them to their phones. */
  const doubtful = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  /** One at a time: two would each write what the other is about to. */
  let retried: Promise<void> = Promise.resolve();

  /** Whether there is nothing to write: it stands there as it is, or it was never recorded. */
  const isWritten = async ({ id, status, settledAt }: Command): Promise<boolean> => {
    const kept = await store.get(id);
    if (kept === null && doubtful.has(id)) return true;
    return kept?.status === status && kept.settledAt === settledAt;
  };
  const retry = (): Promise<void> => {
    retried = retried.then(writePending, writePending);
    return retried;
  };
  const writePending = async (): Promise<void> => {
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
      doubtful.delete(command.id);
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

  const doubt = (error: unknown, commands: readonly Command[]): void => {
    if (!isInDoubt(error)) return;
    for (const command of commands.filter(({ settledAt }) => settledAt === null)) {
      doubtful.add(command.id);
      pending.set(command.id, unrecorded(command));
    }
    schedule();
  };

  const onTheWay = outcomesOnTheWay(store, (error, command, isLast) => {
    onLater(error, command);
    if (!isLast || !isStoreAway(error)) return;
    pending.set(command.id, command);
    schedule();
  });
  const reading = readingBehind(store, onTheWay.answered);

  return {
    ...store,
    async insert(command, claim) {
      try {
        return await store.insert(command, claim);
      } catch (error) {
        doubt(error, [command]);
        throw error;
      }
    },
    async insertBatch(batch, commands, claim) {
      try {
        return await store.insertBatch(batch, commands, claim);
      } catch (error) {
        doubt(error, commands);
        throw error;
      }
    },
    async update(command) {
      const mayWait = command.status !== 'SENT' && (command.sentAt !== null || command.settledAt !== null);
      if (!mayWait || !pending.has(command.id)) {
        if (mayWait && store.keepsOrder === true) return onTheWay.give(command);
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
    get: async (id) => pending.get(id) ?? onTheWay.get(id) ?? store.get(id),
    ...reading,
    written: onTheWay.answered,
    async flush() {
      await onTheWay.answered();
      await retry();
    },
  };
}

/** Whoever reads rows is told nothing older than what was answered. */
function readingBehind(
  store: CommandStore,
  answered: () => Promise<void>,
): Pick<CommandStore, 'list' | 'unsettled' | 'pendingInBatch'> {
  return {
    async list(query, page) {
      await answered();
      return store.list(query, page);
    },
    async unsettled() {
      await answered();
      return store.unsettled();
    },
    async pendingInBatch(batchId) {
      await answered();
      return store.pendingInBatch(batchId);
    },
  };
}
