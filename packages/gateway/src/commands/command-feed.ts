import { RequestError } from '../application.ts';
import type { Command } from '../model.ts';

/** Tells who watches a command of its changes. */
export interface CommandFeed {
  publish(command: Command): void;
  /** Calls for each change of any command. @returns what ends that */
  onChange(listener: (command: Command) => void): () => void;
  /**
   * The command as it is now and each change, until it is settled. What waits is the latest state.
   * @throws RequestError NOT_FOUND at the first `next()` where there never was such a command
   */
  watch(
    id: string,
    current: () => Promise<Command | null>,
    signal: AbortSignal,
  ): AsyncGenerator<Command, void, undefined>;
}

/** @returns a feed that keeps nothing of commands that nobody watches */
export function createCommandFeed(): CommandFeed {
  const watchers = new Map<string, Set<(command: Command) => void>>();
  const listeners = new Set<(command: Command) => void>();
  return {
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    publish(command) {
      for (const notify of listeners) notify(command);
      for (const notify of watchers.get(command.id) ?? []) notify(command);
    },
    async *watch(id, current, signal) {
      let latest: Command | null = null;
      let wake: (() => void) | null = null;
      const signalChange = (): void => {
        wake?.();
        wake = null;
      };
      const notify = (command: Command): void => {
        latest = command;
        signalChange();
      };
      const others = watchers.get(id) ?? new Set();
      watchers.set(id, others.add(notify));
      signal.addEventListener('abort', signalChange, { once: true });
      try {
        const first = await current();
        latest ??= first;
        if (latest === null) throw new RequestError('NOT_FOUND', 'There is no command with this id.');
        while (!signal.aborted) {
          const next = latest as Command | null;
          latest = null;
          if (next !== null) {
            yield next;
            if (next.settledAt !== null) return;
          } else {
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
          }
        }
      } finally {
        others.delete(notify);
        if (others.size === 0) watchers.delete(id);
        signal.removeEventListener('abort', signalChange);
      }
    },
  };
}
