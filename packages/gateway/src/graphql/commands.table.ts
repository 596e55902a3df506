import type { CommandName } from '@hookswitch/core';
import type { InputObjectRef } from '@pothos/core';
import type { builder } from './builder.ts';
import { CALL_COMMAND_INPUTS } from './command-inputs.ts';
import { PHONE_COMMAND_INPUTS } from './phone-command-inputs.ts';

/** A command's arguments, whichever command it is. */
export type CommandInputRef = InputObjectRef<typeof builder.$inferSchemaTypes, object>;

/** Arguments of each command. Every one of them becomes a mutation and a member of `CommandInput`. */
export const COMMAND_INPUTS: Readonly<Record<CommandName, CommandInputRef>> = {
  ...CALL_COMMAND_INPUTS,
  ...PHONE_COMMAND_INPUTS,
};

/** Commands that do something sensible without any argument. */
export const WITHOUT_ARGUMENTS: ReadonlySet<CommandName> = new Set<CommandName>([
  'answer',
  'hangUp',
  'hangUpAll',
  'reject',
  'completeTransfer',
  'cancelTransfer',
  'conference',
  'refreshCalls',
  'reboot',
  'provision',
  'logOff',
  'reregister',
  'configureActionUrls',
  'verifyEventPath',
]);

/** What the schema says of some mutations. */
export const COMMAND_DESCRIPTIONS: { readonly [Name in CommandName]?: string } = {
  deflect: 'Sends a ringing call elsewhere, unanswered.',
  refreshCalls: "Asks the phone for its calls and corrects the gateway's picture of them.",
  configureKey: "What a function key is for; a light set by `setLed` needs BUTTON on some vendors' phones.",
  configureActionUrls: "Writes the phone's action URLs, reads them back, and says what differs.",
  verifyEventPath: 'Provokes a harmless event and waits for it: CONFIRMED, or a failure that names the broken hop.',
};
