import { type Failure, type Outcome, type RequestFailure, requestFailure } from './failure.ts';
import type { CommandFieldsFragment } from './generated/types.ts';
import type { Operation } from './operation.ts';

/** A command as the gateway recorded it. */
export type Command = CommandFieldsFragment;

/** What a command may be given. */
export interface CommandOptions {
  /** Left out: made for this call, and kept over its own tries. Give the one of an earlier outcome to ask for it again. */
  readonly idempotencyKey?: string | undefined;
  /** Gives up waiting; the command itself may go on. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * What became of a command. `ok`: the phone took it; `command.status` is `ACCEPTED`, or `CONFIRMED` where it is already
 * proved. Else `failure` says why, and `command` is how the gateway recorded it, if it did.
 */
export type CommandOutcome =
  | { readonly ok: true; readonly command: Command; readonly idempotencyKey: string }
  | {
      readonly ok: false;
      readonly failure: Failure;
      readonly command: Command | null;
      readonly idempotencyKey: string;
    };

/** Runs one of the commands. */
export type RunCommand = <Input>(
  operation: Operation<CommandResult, CommandVariables<Input>>,
  given: { readonly phoneId: string; readonly command: Input },
  options: CommandOptions | undefined,
) => Promise<CommandOutcome>;

/** The result of a command's mutation: one member, named as it is. */
export type CommandResult = Readonly<Record<string, Command | null>>;

/** The variables of a command's mutation. */
export interface CommandVariables<Input> {
  readonly phoneId: string;
  readonly command: Input;
  readonly idempotencyKey: string;
}

/** Makes {@link RunCommand} of a request that is tried again when its reply was lost: the key keeps it from doubles. */
export function createRunCommand(
  request: <Result, Variables>(
    operation: Operation<Result, Variables>,
    variables: Variables,
    signal: AbortSignal | undefined,
  ) => Promise<Outcome<Result, RequestFailure>>,
): RunCommand {
  return async (operation, given, { idempotencyKey = newIdempotencyKey(), signal } = {}) => {
    const outcome = await request(operation, { ...given, idempotencyKey }, signal);
    if (!outcome.ok) return { ok: false, failure: outcome.failure, command: null, idempotencyKey };
    const command = outcome.value[operation.name] ?? null;
    if (command === null) {
      const failure = requestFailure('UNREADABLE_ANSWER', `The answer holds no ${operation.name}.`);
      return { ok: false, failure, command, idempotencyKey };
    }
    const failure = failureOf(command);
    return failure === null ? { ok: true, command, idempotencyKey } : { ok: false, failure, command, idempotencyKey };
  };
}

function failureOf({ status, failure, name }: Command): Failure | null {
  if (status !== 'FAILED' && status !== 'UNKNOWN') return null;
  if (failure !== null) return failure;
  return requestFailure('OUTCOME_UNKNOWN', `Whether the phone did "${name}" is not known: look at the phone.`);
}

/** 128 bits of chance. `crypto.randomUUID` is missing in pages that came over plain HTTP. */
function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
