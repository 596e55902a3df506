import { askCalls } from './ask-calls.ts';
import type { CommandExecutionOptions } from './command-execution-options.ts';
import type { Awaited } from './confirmations.ts';
import type { Journey } from './journey.ts';

/** A phone that reports does so at once; what came by then needs no question. */
const ASK_AFTER_MS = 2_000;

/** A phone that says nothing of a call is asked once, where it can be: rejecting sends no event on some. */
export function askForProof(
  options: CommandExecutionOptions,
  { expectation, phone, command }: Journey,
  { proof }: Awaited,
): void {
  const { onError, switches } = options;
  if (expectation?.about !== 'CALL' || phone.ladders.CALL_SNAPSHOT === undefined) return;
  const { id } = phone.phone;
  const timer = setTimeout(() => {
    askCalls(options, id)
      .then((told) => {
        if (told !== null) switches.toldCalls(id);
      })
      .catch((error: unknown) => onError(error, command));
  }, ASK_AFTER_MS);
  void proof.finally(() => clearTimeout(timer));
}
