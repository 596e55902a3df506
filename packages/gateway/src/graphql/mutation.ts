import { COMMAND_NAMES, type CommandName } from '@hookswitch/core';
import { builder } from './builder.ts';
import { commandRequest } from './command-arguments.ts';
import { CommandInputRef, oneCommand } from './command-input.ts';
import { COMMAND_DESCRIPTIONS, COMMAND_INPUTS, WITHOUT_ARGUMENTS } from './commands.table.ts';
import { PhoneFilterRef, phoneFilter } from './filters.ts';
import { rawIdOf } from './ids.ts';
import { AddPhoneInput, newPhone, phonePatch, UpdatePhoneInput } from './phone-inputs.ts';
import { PhoneResultRef, phoneResult } from './phone-result.ts';
import { CommandBatchRef, CommandRef } from './refs.ts';

/** Seconds. */
const ONE_DAY = 86_400;

builder.mutationType({
  description: [
    'Every mutation on a phone takes the phone, the same command that `CommandInput` names, and a key against doubles: given',
    'again by the same caller for the same phone, it answers with the first Command; with another, `IdempotencyConflict`.',
    'Whatever is refused (capability, policy, state) is a recorded Command too, FAILED with its `failure`.',
  ].join('\n'),
  fields: (t) => ({
    addPhone: t.field({
      type: PhoneResultRef,
      nullable: true,
      args: { input: t.arg({ type: AddPhoneInput, required: true }) },
      resolve: async (_root, { input }, { application, caller }) =>
        phoneResult(await application.phones.add(newPhone(input), caller)),
    }),
    updatePhone: t.field({
      type: PhoneResultRef,
      nullable: true,
      args: { phoneId: t.arg.id({ required: true }), input: t.arg({ type: UpdatePhoneInput, required: true }) },
      resolve: async (_root, { phoneId, input }, { application, caller }) =>
        phoneResult(await application.phones.update(rawIdOf('Phone', phoneId), phonePatch(input), caller)),
    }),
    removePhone: t.field({
      type: PhoneResultRef,
      nullable: true,
      description: 'It keeps its history; its queued commands fail.',
      args: { phoneId: t.arg.id({ required: true }) },
      resolve: async (_root, { phoneId }, { application, caller }) =>
        phoneResult(await application.phones.remove(rawIdOf('Phone', phoneId), caller)),
    }),
    rotateActionUrls: t.field({
      type: PhoneResultRef,
      nullable: true,
      description: 'New action URLs; the old ones go on for `overlapSeconds`.',
      args: { phoneId: t.arg.id({ required: true }), overlapSeconds: t.arg.int({ defaultValue: ONE_DAY }) },
      resolve: async (_root, { phoneId, overlapSeconds }, { application, caller }) =>
        phoneResult(
          await application.phones.rotateActionUrls(rawIdOf('Phone', phoneId), overlapSeconds ?? ONE_DAY, caller),
        ),
    }),
    runOnPhones: t.field({
      type: CommandBatchRef,
      nullable: true,
      description: 'The same command on many phones, at a bounded pace; one Command each. An empty filter is refused.',
      args: {
        filter: t.arg({ type: PhoneFilterRef, required: true }),
        command: t.arg({ type: CommandInputRef, required: true }),
        idempotencyKey: t.arg.string(),
      },
      resolve: (_root, { filter, command, idempotencyKey }, { application, caller }) =>
        application.commands.runOnPhones(phoneFilter(filter), oneCommand(command), {
          caller,
          idempotencyKey: idempotencyKey ?? undefined,
        }),
    }),
  }),
});

for (const name of COMMAND_NAMES) declareCommand(name);

function declareCommand(name: CommandName): void {
  const description = COMMAND_DESCRIPTIONS[name];
  builder.mutationField(name, (t) =>
    t.field({
      type: CommandRef,
      nullable: true,
      ...(description !== undefined && { description }),
      args: {
        phoneId: t.arg.id({ required: true }),
        command: t.arg({ type: COMMAND_INPUTS[name], required: !WITHOUT_ARGUMENTS.has(name) }),
        idempotencyKey: t.arg.string(),
      },
      resolve: (_root, { phoneId, command, idempotencyKey }, { application, caller }) =>
        application.commands.run(rawIdOf('Phone', phoneId), commandRequest(name, { ...command }), {
          caller,
          idempotencyKey: idempotencyKey ?? undefined,
        }),
    }),
  );
}
