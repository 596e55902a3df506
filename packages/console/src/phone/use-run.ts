import { useCallback, useMemo } from 'react';
import type { CommandMutation } from '../live/command-store.ts';
import type { Command } from '../live/documents.ts';
import { useCommands } from '../live/hooks.ts';
import { useSession } from '../session/session.ts';

/** Variables of every mutation on a phone. */
interface OnPhone {
  readonly phoneId: string;
  readonly idempotencyKey?: string | null;
}

/** Gives commands to one phone. */
export type Run = <Variables extends OnPhone>(
  mutation: CommandMutation<Variables>,
  rest: Omit<Variables, keyof OnPhone>,
  options?: { readonly quiet?: boolean },
) => Promise<Command | null>;

/** A way to give commands to that phone. What became of them is told by the notices. */
export function useRun(phoneId: string): Run {
  const { commands } = useSession();
  return useCallback(
    <Variables extends OnPhone>(
      mutation: CommandMutation<Variables>,
      rest: Omit<Variables, keyof OnPhone>,
      options?: { readonly quiet?: boolean },
    ) => commands.run(mutation, { ...rest, phoneId } as Omit<Variables, 'idempotencyKey'>, options),
    [commands, phoneId],
  );
}

/** This page's commands to that phone, and a word that changes whenever one of them does. */
export function useCommandsOf(phoneId: string): { readonly commands: readonly Command[]; readonly version: string } {
  const { commands } = useCommands();
  return useMemo(() => {
    const own = [...commands.values()].filter(({ phone }) => phone.id === phoneId);
    return { commands: own, version: own.map(({ id, status, settledAt }) => `${id}${status}${settledAt}`).join() };
  }, [commands, phoneId]);
}
