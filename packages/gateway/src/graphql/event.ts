import type { EventVariable } from '@hookswitch/core';
import { builder } from './builder.ts';
import {
  CallEventKindRef,
  CallStateRef,
  DeviceEventKindRef,
  PhoneFeatureRef,
  RegistrationStateRef,
  UserEventKindRef,
} from './enums.ts';
import { encodeId, found } from './ids.ts';
import { nodeTypeOf } from './node.ts';
import { CallRef, EVENT_REFS, NodeRef, PhoneEventRef, PhoneRef } from './refs.ts';

const EventVariableRef = builder.objectRef<EventVariable>('EventVariable').implement({
  fields: (t) => ({ name: t.exposeString('name'), value: t.exposeString('value') }),
});

PhoneEventRef.implement({
  interfaces: [NodeRef],
  fields: (t) => ({
    cursor: t.string({
      description: 'Resume point: `phoneEvents(after:)` goes on behind it.',
      resolve: ({ sequence }, _args, { application }) => application.events.cursorOf(sequence),
    }),
    phoneId: t.id({
      description: 'Of the phone that reported it; also for who may not read phones.',
      resolve: ({ phoneId }) => encodeId('Phone', phoneId),
    }),
    phone: t.field({
      type: PhoneRef,
      resolve: ({ phoneId }, _args, { application }) => found(application.phones.get(phoneId), 'Phone', phoneId),
    }),
    receivedAt: t.expose('receivedAt', { type: 'DateTime' }),
    vendorEvent: t.exposeString('vendorEvent', {
      nullable: true,
      description:
        "The vendor's own name of it; null where the gateway noticed by itself (a call closed by inference, a poll).",
    }),
    variables: t.expose('variables', {
      type: [EventVariableRef],
      description: 'What the phone sent with it, as sent (secrets removed).',
    }),
  }),
  resolveType: nodeTypeOf,
});

const interfaces = [PhoneEventRef, NodeRef];

EVENT_REFS.CALL.implement({
  interfaces,
  description: "A step in a call's life.",
  fields: (t) => ({
    callEventKind: t.field({ type: CallEventKindRef, resolve: ({ event }) => event.callEventKind }),
    call: t.field({
      type: CallRef,
      nullable: true,
      description: 'The call as it is when this is read; null where no call can be told.',
      resolve: (event, _args, { application }) => application.calls.ofEvent(event),
    }),
    callState: t.field({
      type: CallStateRef,
      nullable: true,
      description: 'The state that this event by itself tells, whatever came since; null where it tells none.',
      resolve: ({ event }) => event.callState,
    }),
  }),
});

EVENT_REFS.FEATURE.implement({
  interfaces,
  description: 'A switch of the phone turned on or off.',
  fields: (t) => ({
    feature: t.field({ type: PhoneFeatureRef, resolve: ({ event }) => event.feature }),
    enabled: t.boolean({ resolve: ({ event }) => event.enabled }),
    target: t.string({ nullable: true, resolve: ({ event }) => event.target }),
  }),
});

EVENT_REFS.REGISTRATION.implement({
  interfaces,
  description: 'An account registered, unregistered or failed to.',
  fields: (t) => ({
    registrationState: t.field({ type: RegistrationStateRef, resolve: ({ event }) => event.registrationState }),
    accountUri: t.string({ nullable: true, description: 'As `user@host`.', resolve: ({ event }) => event.accountUri }),
  }),
});

EVENT_REFS.USER.implement({
  interfaces,
  description: 'Somebody touched the phone.',
  fields: (t) => ({
    userEventKind: t.field({ type: UserEventKindRef, resolve: ({ event }) => event.userEventKind }),
    key: t.field({
      type: 'PhoneKey',
      nullable: true,
      description: 'Which key, where it is about one.',
      resolve: ({ event }) => event.key,
    }),
  }),
});

EVENT_REFS.DEVICE.implement({
  interfaces,
  description: 'The device itself changed.',
  fields: (t) => ({
    deviceEventKind: t.field({ type: DeviceEventKindRef, resolve: ({ event }) => event.deviceEventKind }),
  }),
});

EVENT_REFS.OTHER.implement({
  interfaces,
  description: 'The phone reported what this contract has no word for: see `vendorEvent`.',
});
