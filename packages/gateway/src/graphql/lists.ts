import type { CommandFilter, EventFilter } from '../application.ts';
import type { Command, LoggedEvent } from '../model.ts';
import type { Connection } from './connections.ts';
import type { GraphqlContext } from './context.ts';
import { type ForwardArguments, forwardPage, type LogArguments, logPage } from './pages.ts';

/** A page of the event log, each event with its place in it. */
export async function readEvents(
  filter: EventFilter,
  args: LogArguments,
  { application }: GraphqlContext,
): Promise<Connection<LoggedEvent>> {
  const { items, ...page } = await application.events.list(filter, logPage(args));
  return {
    ...page,
    items: items.map((event) => ({ node: event, cursor: application.events.cursorOf(event.sequence) })),
  };
}

/** A page of commands. */
export async function readCommands(
  filter: CommandFilter,
  args: ForwardArguments,
  { application }: GraphqlContext,
): Promise<Connection<Command>> {
  return await application.commands.list(filter, forwardPage(args));
}
