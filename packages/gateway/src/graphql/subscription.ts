import type { CallUpdate, CommandUpdate, EventUpdate } from '../application.ts';
import { builder } from './builder.ts';
import { disconnectable } from './disconnectable.ts';
import { MissedReasonRef } from './enums.ts';
import {
  CallFilterRef,
  CommandFilterRef,
  callFilter,
  commandFilter,
  eventFilter,
  PhoneEventFilterRef,
} from './filters.ts';
import { followable } from './followable.ts';
import { rawIdOf } from './ids.ts';
import { nodeTypeOf } from './node.ts';
import { type AnyEvent, CallRef, CommandRef, EVENT_REFS } from './refs.ts';

type Told<Update, Kind> = Extract<Update, { readonly kind: Kind }>;

const CaughtUpRef = builder.objectRef<Told<EventUpdate, 'caughtUp'>>('CaughtUp').implement({
  description: 'What was there has been sent: from here on, all is live. `cursor` is that place in the event log.',
  fields: (t) => ({ cursor: t.exposeString('cursor') }),
});

const EventsMissedRef = builder.objectRef<Told<EventUpdate, 'missed'>>('EventsMissed').implement({
  description:
    'Events were skipped: the cursor is older than the log, or the subscriber too slow. Never silent.\nThe stream ends with it: subscribe again `after: resumeCursor`.',
  fields: (t) => ({
    reason: t.expose('reason', { type: MissedReasonRef }),
    resumeCursor: t.exposeString('resumeCursor'),
  }),
});

const PhoneEventUpdateRef = builder.unionType('PhoneEventUpdate', {
  types: [...Object.values(EVENT_REFS), CaughtUpRef, EventsMissedRef],
  resolveType: (update) => {
    if ('sequence' in update) return nodeTypeOf(update);
    return update.kind === 'caughtUp' ? CaughtUpRef.name : EventsMissedRef.name;
  },
});

const CallUpdateRef = builder.unionType('CallUpdate', {
  types: [CallRef, CaughtUpRef],
  resolveType: (update) => ('kind' in update ? CaughtUpRef.name : CallRef.name),
});

const CommandUpdateRef = builder.unionType('CommandUpdate', {
  types: [CommandRef, CaughtUpRef],
  resolveType: (update) => ('kind' in update ? CaughtUpRef.name : CommandRef.name),
});

builder.subscriptionType({
  fields: (t) => ({
    phoneEvents: t.field({
      type: PhoneEventUpdateRef,
      description:
        'Events as phones report them. With `after`: first all that the log holds behind that cursor, then `CaughtUp`,\nthen live, with no gap and no event twice. Works the same over WebSocket and server-sent events.',
      args: { filter: t.arg({ type: PhoneEventFilterRef }), after: t.arg.string() },
      subscribe: (_root, { filter, after }, { application }) => {
        const wanted = eventFilter(filter);
        return followable({
          iterate: (signal) => application.events.subscribe(wanted, after ?? undefined, signal),
          follow: (sink) => application.events.follow(wanted, after ?? undefined, sink),
        });
      },
      // Of the update alone: results are shared by subscribers whose arguments differ.
      resolve: (update: EventUpdate) => (update.kind === 'event' ? (update.event as AnyEvent) : update),
    }),
    calls: t.field({
      type: CallUpdateRef,
      description:
        "Every call that matches as it is now, then `CaughtUp`, then each change; a call that stops matching comes once more.\nA slow subscriber is sent a call's latest state, not each step.",
      args: { filter: t.arg({ type: CallFilterRef }) },
      subscribe: (_root, { filter }, { application }) => {
        const wanted = callFilter(filter);
        return disconnectable((signal) => application.calls.subscribe(wanted, signal));
      },
      resolve: (update: CallUpdate) => (update.kind === 'call' ? update.call : update),
    }),
    commands: t.field({
      type: CommandUpdateRef,
      description:
        "The newest 100 commands that match, whoever gave them, then `CaughtUp`, then each change.\nA slow subscriber is sent a command's latest state; where too many wait for it the stream ends: subscribe again.",
      args: { filter: t.arg({ type: CommandFilterRef }) },
      subscribe: (_root, { filter }, { application }) => {
        const wanted = commandFilter(filter);
        return disconnectable((signal) => application.commands.subscribeAll(wanted, signal));
      },
      resolve: (update: CommandUpdate) => (update.kind === 'command' ? update.command : update),
    }),
    command: t.field({
      type: CommandRef,
      description: 'A command as it is now and each change, until it is settled.',
      args: { id: t.arg.id({ required: true }) },
      subscribe: (_root, { id }, { application }) => {
        const raw = rawIdOf('Command', id);
        return disconnectable((signal) => application.commands.subscribe(raw, signal));
      },
      resolve: (command) => command,
    }),
  }),
});
