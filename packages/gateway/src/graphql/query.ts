import type { PhoneFilter } from '../application.ts';
import { builder } from './builder.ts';
import { CommandExplanationRef } from './command.ts';
import { CommandInputRef, oneCommand } from './command-input.ts';
import { CallConnectionRef, CommandConnectionRef, PhoneConnectionRef, PhoneEventConnectionRef } from './connections.ts';
import { DiagnosisRef } from './diagnosis.ts';
import {
  CallFilterRef,
  CommandFilterRef,
  callFilter,
  commandFilter,
  eventFilter,
  PhoneByRef,
  PhoneEventFilterRef,
  PhoneFilterRef,
  phoneFilter,
} from './filters.ts';
import { notFound, rawIdOf } from './ids.ts';
import { readCommands, readEvents } from './lists.ts';
import { readNode } from './node.ts';
import { forwardArgs, forwardPage, logArgs } from './pages.ts';
import { PhoneInfoResultRef, readingResult, ScreenResultRef, SettingsResultRef } from './readings.ts';
import { DriverRef, NodeRef, PhoneRef } from './refs.ts';

builder.queryType({
  fields: (t) => ({
    node: t.field({
      type: NodeRef,
      nullable: true,
      args: { id: t.arg.id({ required: true }) },
      resolve: (_root, { id }, context) => readNode(id, context),
    }),
    phone: t.field({
      type: PhoneRef,
      nullable: true,
      args: { by: t.arg({ type: PhoneByRef, required: true }) },
      resolve: (_root, { by }, { application }) => {
        if (typeof by.mac === 'string') return application.phones.byMac(by.mac);
        if (typeof by.sipUser === 'string') return application.phones.bySipUser(by.sipUser);
        const id = by.id ?? '';
        const phone = application.phones.get(rawIdOf('Phone', id));
        if (phone === null) throw notFound(id, 'Phone');
        return phone;
      },
    }),
    drivers: t.field({ type: [DriverRef], resolve: (_root, _args, { application }) => application.drivers.all() }),
  }),
});

// Lists.
builder.queryFields((t) => ({
  phones: t.field({
    type: PhoneConnectionRef,
    description: 'By name.',
    args: { filter: t.arg({ type: PhoneFilterRef }), ...forwardArgs },
    resolve: (_root, { filter, ...args }, { application }) => {
      const wanted: PhoneFilter = phoneFilter(filter);
      return { ...application.phones.list(wanted, forwardPage(args)), hasPreviousPage: typeof args.after === 'string' };
    },
  }),
  calls: t.field({
    type: CallConnectionRef,
    description: 'Newest first.',
    args: { filter: t.arg({ type: CallFilterRef }), ...forwardArgs },
    resolve: (_root, { filter, ...args }, { application }) =>
      application.calls.list(callFilter(filter), forwardPage(args)),
  }),
  events: t.field({
    type: PhoneEventConnectionRef,
    description:
      'The event log, oldest first. A cursor is a place in the log, whatever the filter: the same that\n`Subscription.phoneEvents(after:)` resumes from.',
    args: { filter: t.arg({ type: PhoneEventFilterRef }), ...logArgs },
    resolve: (_root, { filter, ...args }, context) => readEvents(eventFilter(filter), args, context),
  }),
  commands: t.field({
    type: CommandConnectionRef,
    description: 'What was asked of phones, by whom, and what became of it; newest first.',
    args: { filter: t.arg({ type: CommandFilterRef }), ...forwardArgs },
    resolve: (_root, { filter, ...args }, context) => readCommands(commandFilter(filter), args, context),
  }),
}));

// What asks the phone itself, now: nullable, so that one phone's error hides no other's answer.
builder.queryFields((t) => ({
  phoneInfo: t.field({
    type: PhoneInfoResultRef,
    nullable: true,
    description: 'Read from the phone itself, now.',
    args: { phoneId: t.arg.id({ required: true }) },
    resolve: async (_root, { phoneId }, { application, caller }) =>
      readingResult(await application.readings.phoneInfo(rawIdOf('Phone', phoneId), caller)),
  }),
  settings: t.field({
    type: SettingsResultRef,
    nullable: true,
    description: 'Read from the phone itself, now. `names` left out: all that the phone is willing to tell.',
    args: { phoneId: t.arg.id({ required: true }), names: t.arg.stringList() },
    resolve: async (_root, { phoneId, names }, { application, caller }) =>
      readingResult(await application.readings.settings(rawIdOf('Phone', phoneId), names ?? undefined, caller)),
  }),
  screen: t.field({
    type: ScreenResultRef,
    nullable: true,
    description: "The phone's display as a picture.",
    args: { phoneId: t.arg.id({ required: true }) },
    resolve: async (_root, { phoneId }, { application, caller }) =>
      readingResult(await application.readings.screen(rawIdOf('Phone', phoneId), caller)),
  }),
  diagnosis: t.field({
    type: DiagnosisRef,
    nullable: true,
    description:
      'What stands between the gateway and this phone, checked now: address, credentials, prompts, switches that block control.',
    args: { phoneId: t.arg.id({ required: true }) },
    resolve: (_root, { phoneId }, { application, caller }) =>
      application.readings.diagnosis(rawIdOf('Phone', phoneId), caller),
  }),
  explainCommand: t.field({
    type: CommandExplanationRef,
    nullable: true,
    description:
      "Exactly what a command would do, without doing it: the redacted exchange, the evidence, the policy's word.",
    args: { phoneId: t.arg.id({ required: true }), command: t.arg({ type: CommandInputRef, required: true }) },
    resolve: (_root, { phoneId, command }, { application, caller }) =>
      application.commands.explain(rawIdOf('Phone', phoneId), oneCommand(command), caller),
  }),
}));
