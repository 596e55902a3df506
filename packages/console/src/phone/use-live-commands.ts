import { useEffect, useState } from 'react';
import { type Command, CommandsSubscription } from '../live/documents.ts';
import { follow } from '../live/follow.ts';
import { useSession } from '../session/session.ts';

/** The newest commands of a phone, whoever gave them, each as it is now. */
export function useLiveCommands(phoneId: string): ReadonlyMap<string, Command> {
  const { api } = useSession();
  const [commands, setCommands] = useState<ReadonlyMap<string, Command>>(new Map());
  useEffect(() => {
    const leaving = new AbortController();
    void follow(api.socket, {
      document: CommandsSubscription,
      variables: () => ({ filter: { phoneIds: [phoneId] } }),
      onData: ({ commands: update }) => {
        if (update.__typename === 'Command') setCommands((before) => new Map(before).set(update.id, update));
      },
      signal: leaving.signal,
    });
    return () => leaving.abort();
  }, [api, phoneId]);
  return commands;
}
