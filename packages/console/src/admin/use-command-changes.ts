import { useEffect } from 'react';
import { CommandsSubscription } from '../live/documents.ts';
import { follow } from '../live/follow.ts';
import { useSession } from '../session/session.ts';

/** However many commands change at once, a batch is read so often at most. */
const AT_MOST_EVERY_MS = 500;

/**
 * Calls back when commands of that name have changed, until it is left off: a batch has no subscription of its own, its
 * commands have.
 * @param name null: nothing is followed
 */
export function useCommandChanges(name: string | null, onChange: () => void): void {
  const { api } = useSession();
  useEffect(() => {
    if (name === null) return;
    const leaving = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    void follow(api.socket, {
      document: CommandsSubscription,
      variables: () => ({ filter: { names: [name] } }),
      // What there was at first counts too: it may have changed since the batch was read.
      onData: () => {
        timer ??= setTimeout(() => {
          timer = undefined;
          onChange();
        }, AT_MOST_EVERY_MS);
      },
      signal: leaving.signal,
    });
    return () => {
      leaving.abort();
      clearTimeout(timer);
    };
  }, [api, name, onChange]);
}
