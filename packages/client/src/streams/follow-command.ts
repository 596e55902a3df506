import * as operations from '../generated/operations.ts';
import type { CommandFieldsFragment, FollowCommandSubscription } from '../generated/types.ts';
import { rememberLast } from './calls.ts';
import { resume, type StreamLink, type StreamOptions } from './resume.ts';

/** A command as it is now and each change, until it is settled. */
export async function* followCommand(
  link: StreamLink,
  id: string,
  options: StreamOptions & { readonly signal: AbortSignal },
): AsyncGenerator<CommandFieldsFragment, void, undefined> {
  const isNew = rememberLast();
  let isSettled = false;
  const plan = {
    operation: operations.followCommand,
    variables: () => ({ id }),
    take: ({ command }: FollowCommandSubscription): CommandFieldsFragment | null => {
      isSettled = command.settledAt !== null;
      return isNew(command.id, command) ? command : null;
    },
    completed: () => (isSettled ? ('OVER' as const) : ('LOST' as const)),
  };
  yield* resume(link, plan, options);
}
