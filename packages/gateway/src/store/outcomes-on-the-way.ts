import type { Command } from '../model.ts';
import type { CommandStore } from './ports.ts';

/** What became of commands, on its way to a store that keeps the order. */
export interface OutcomesOnTheWay {
  /** Hands it to the store, and waits for nothing. */
  give(command: Command): void;
  /** The last that was given of a command; undefined: the store has answered. */
  get(id: string): Command | undefined;
  /** Fulfilled when the store has answered all that was given before. Never rejects. */
  answered(): Promise<void>;
}

/**
 * It is bounded: before its outcome a command has a write that is waited for, so behind a store that hangs nothing follows.
 * @param failed told of what the store has refused; `isLast`: nothing was given of that command since, which would say all
 */
export function outcomesOnTheWay(
  store: Pick<CommandStore, 'update'>,
  failed: (error: unknown, command: Command, isLast: boolean) => void,
): OutcomesOnTheWay {
  const last = new Map<string, Command>();
  const writes = new Set<Promise<void>>();
  const write = async (command: Command): Promise<void> => {
    const isLast = (): boolean => last.get(command.id) === command;
    try {
      await store.update(command);
    } catch (error) {
      failed(error, command, isLast());
    }
    if (isLast()) last.delete(command.id);
  };
  return {
    give(command) {
      last.set(command.id, command);
      const written = write(command).finally(() => writes.delete(written));
      writes.add(written);
    },
    get: (id) => last.get(id),
    async answered() {
      if (writes.size > 0) await Promise.all(writes);
    },
  };
}
