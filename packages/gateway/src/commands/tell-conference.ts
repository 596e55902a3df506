import { conferencedEvents } from '../calls/conference.ts';
import type { LoggedEvent } from '../model.ts';
import type { CommandExecutionOptions } from './command-execution-options.ts';
import { joinedBy } from './expectations.ts';
import type { Journey } from './journey.ts';

/**
 * Takes it into the log that a confirmed command has joined calls: no phone says so by its action URLs, and calls are told
 * by the log alone. Where the phone said it itself, nothing is added.
 */
export async function tellConference(
  { intake, onError }: Pick<CommandExecutionOptions, 'intake' | 'onError'>,
  { resolved, calls, phone, command }: Journey,
  { event }: LoggedEvent,
): Promise<void> {
  if (event.type === 'CALL' && event.callEventKind === 'CONFERENCED') return;
  await intake
    .notice(phone, conferencedEvents(joinedBy({ resolved, calls })))
    .catch((error: unknown) => onError(error, command));
}
