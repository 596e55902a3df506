import type { Explanation } from '../application.ts';
import type { SkippedTransport } from '../model.ts';
import { builder } from './builder.ts';
import { argumentsForClients } from './command-arguments.ts';
import { CommandConnectionRef } from './connections.ts';
import { CommandStatusRef, EvidenceRef, TransportRef, UnprovenReasonRef } from './enums.ts';
import { encodeId, found } from './ids.ts';
import { forwardArgs, forwardPage } from './pages.ts';
import { CallRef, CommandBatchRef, CommandRef, FailureRef, NodeRef, PhoneEventRef, PhoneRef } from './refs.ts';

const SkippedTransportRef = builder.objectRef<SkippedTransport>('SkippedTransport').implement({
  description: 'A transport that could not do it. The phone did nothing there, so the next one had its turn.',
  fields: (t) => ({
    transport: t.expose('transport', { type: TransportRef }),
    reason: t.exposeString('reason'),
  }),
});

CommandRef.implement({
  interfaces: [NodeRef],
  description:
    "What a mutation that touches a phone becomes: recorded, queued on the phone's own lane, sent at most once.",
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => encodeId('Command', id) }),
    phone: t.field({
      type: PhoneRef,
      resolve: ({ phoneId }, _args, { application }) => found(application.phones.get(phoneId), 'Phone', phoneId),
    }),
    name: t.exposeString('name', { description: "The mutation's name: `dial`, `pressKeys`, …" }),
    arguments: t.field({
      type: 'JSON',
      description: "What it was given, as an object of `CommandInput`'s member; secrets removed.",
      resolve: (command) => argumentsForClients(command.arguments),
    }),
    batch: t.field({
      type: CommandBatchRef,
      nullable: true,
      description: 'The `runOnPhones` that it is part of.',
      // Null too where it is for phones that the caller does not see.
      resolve: ({ batchId }, _args, { reads }) => (batchId === null ? null : reads.batch(batchId)),
    }),
    status: t.expose('status', { type: CommandStatusRef }),
    changed: t.exposeBoolean('changed', {
      nullable: true,
      description:
        'False: the phone already was as asked, nothing was sent, and `status` is CONFIRMED. Null until that is known.',
    }),
    transport: t.expose('transport', { type: TransportRef, nullable: true }),
    skippedTransports: t.field({
      type: [SkippedTransportRef],
      description: "Those that come before `transport` in the phone's order, and why each was not the one.",
      resolve: ({ skippedTransports }) => skippedTransports ?? [],
    }),
    call: t.field({
      type: CallRef,
      nullable: true,
      resolve: ({ callId }, _args, { reads }) => (callId === null ? null : reads.call(callId)),
    }),
    failure: t.expose('failure', { type: FailureRef, nullable: true }),
    requestedBy: t.exposeString('requestedBy'),
  }),
});

// Its way through time.
builder.objectFields(CommandRef, (t) => ({
  requestedAt: t.expose('requestedAt', { type: 'DateTime' }),
  sentAt: t.expose('sentAt', { type: 'DateTime', nullable: true }),
  repliedAt: t.expose('repliedAt', {
    type: 'DateTime',
    nullable: true,
    description: "When the phone's reply came, whatever it was.",
  }),
  settledAt: t.expose('settledAt', {
    type: 'DateTime',
    nullable: true,
    description:
      'From then on nothing here changes: no event is waited for any more. The status may be ACCEPTED or UNKNOWN for good.',
  }),
  confirmedBy: t.field({
    type: PhoneEventRef,
    nullable: true,
    description: 'The event that proves the effect, as long as the log holds it.',
    resolve: ({ confirmedBySequence }, _args, { reads }) =>
      confirmedBySequence === null ? null : reads.event(confirmedBySequence),
  }),
  unproven: t.field({
    type: UnprovenReasonRef,
    nullable: true,
    description: 'Why it is still ACCEPTED or UNKNOWN though it is settled. Null otherwise.',
    resolve: ({ unproven }) => unproven ?? null,
  }),
  unreadableSettings: t.exposeStringList('unreadableSettings', {
    nullable: true,
    description:
      'Settings that `configureActionUrls` wrote and that the phone lets nobody read back. Null for other commands, and until it is known.',
  }),
}));

CommandBatchRef.implement({
  interfaces: [NodeRef],
  description: 'One `runOnPhones`.',
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => encodeId('CommandBatch', id) }),
    total: t.exposeInt('total', { description: 'How many phones matched.' }),
    pending: t.int({
      description: 'How many of its commands are not settled.',
      resolve: ({ id }, _args, { application }) => application.commands.pendingInBatch(id),
    }),
    commands: t.field({
      type: CommandConnectionRef,
      args: forwardArgs,
      resolve: ({ id }, args, { application }) => application.commands.inBatch(id, forwardPage(args)),
    }),
  }),
});

/** `CommandExplanation`. */
export const CommandExplanationRef = builder.objectRef<Explanation>('CommandExplanation').implement({
  fields: (t) => ({
    allowed: t.exposeBoolean('allowed'),
    failure: t.expose('failure', { type: FailureRef, nullable: true }),
    transport: t.expose('transport', { type: TransportRef, nullable: true }),
    evidence: t.expose('evidence', { type: EvidenceRef, nullable: true }),
    source: t.exposeString('source', {
      nullable: true,
      description: "Where the evidence comes from: a manual's page, a recorded exchange.",
    }),
    skippedTransports: t.expose('skippedTransports', {
      type: [SkippedTransportRef],
      description: "Those that come before `transport` in the phone's order, and why each would not be the one.",
    }),
    exchanges: t.exposeStringList('exchanges', {
      description: 'The wire text, secrets replaced by `***`, one element a request.',
    }),
  }),
});
