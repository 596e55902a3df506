import { deadlineOf } from '../transport/deadline.ts';
import { askInTurn } from './ask-calls.ts';
import type { CommandExecutionOptions } from './command-execution-options.ts';
import { refusedUnknown } from './guards.ts';
import type { Checked, Journey } from './journey.ts';

/** A phone that is asked before a command has so long: most of the command's time is for the command. */
const ASK_MS = 2_000;

/**
 * Checks a command by whoever has the phone's lane. Where the calls that are known do not allow it and may be wrong, the phone
 * is asked for them first, if it can be.
 */
export async function checkInTurn(
  options: CommandExecutionOptions,
  { check, phone, command }: Journey,
  signal: AbortSignal,
): Promise<Checked> {
  const { switches, unknownState, onError } = options;
  const checked = await check();
  if ('refused' in checked || checked.doubt === null) return checked;
  const patience = deadlineOf(ASK_MS, signal);
  const told = await askInTurn(options, phone, patience.signal)
    .catch((error: unknown) => {
      onError(error, command);
      return null;
    })
    .finally(patience.clear);
  if (told === null) {
    const refused = unknownState === 'refuse' ? refusedUnknown(checked.resolved, checked.doubt) : null;
    return refused === null ? checked : { refused };
  }
  switches.toldCalls(phone.phone.id);
  const again = await check();
  return 'refused' in again || again.doubt === null ? again : { refused: again.doubt };
}
