import { COMMAND_NAMES } from '@hookswitch/core';
import { type CommandRequest, RequestError } from '../application.ts';
import { builder } from './builder.ts';
import { commandRequest } from './command-arguments.ts';
import { COMMAND_INPUTS } from './commands.table.ts';

/** `CommandInput`: one member a command. */
export const CommandInputRef = builder.inputType('CommandInput', {
  isOneOf: true,
  description:
    'One command, whichever it is: for `explainCommand` and `runOnPhones`. One that needs no arguments is given as `{}`.',
  fields: (t) => Object.fromEntries(COMMAND_NAMES.map((name) => [name, t.field({ type: COMMAND_INPUTS[name] })])),
});

/** The one command that a `CommandInput` holds. Throws as {@link commandRequest}. */
export function oneCommand(input: Readonly<Record<string, unknown>>): CommandRequest {
  for (const name of COMMAND_NAMES) {
    const given = input[name];
    if (typeof given === 'object' && given !== null) return commandRequest(name, { ...given });
  }
  throw new RequestError('BAD_USER_INPUT', 'command: one command is needed.');
}
