import type { Party } from '@hookswitch/core';
import type { CallTransfer } from '../model.ts';
import { builder } from './builder.ts';
import { CallDirectionRef, CallEndReasonRef, CallStateRef, CallTransferStateRef, TransferKindRef } from './enums.ts';
import { encodeId, found } from './ids.ts';
import { CallRef, NodeRef, PhoneRef } from './refs.ts';

const PartyRef = builder.objectRef<Party>('Party').implement({
  fields: (t) => ({
    number: t.exposeString('number', { nullable: true }),
    uri: t.exposeString('uri', { nullable: true }),
    displayName: t.exposeString('displayName', { nullable: true }),
  }),
});

const CallTransferRef = builder.objectRef<CallTransfer>('CallTransfer').implement({
  description: '`kind`: null where the phone does not tell.',
  fields: (t) => ({
    kind: t.expose('kind', { type: TransferKindRef, nullable: true }),
    state: t.expose('state', { type: CallTransferStateRef }),
    target: t.expose('target', { type: PartyRef, nullable: true }),
  }),
});

CallRef.implement({
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => encodeId('Call', id) }),
    phone: t.field({
      type: PhoneRef,
      resolve: ({ phoneId }, _args, { application }) => found(application.phones.get(phoneId), 'Phone', phoneId),
    }),
    direction: t.expose('direction', {
      type: CallDirectionRef,
      nullable: true,
      description: 'Null where the phone has not told: the gateway saw the call too late, or its first events not yet.',
    }),
    state: t.expose('state', { type: CallStateRef }),
    heldByRemote: t.exposeBoolean('heldByRemote', {
      nullable: true,
      description: 'Null where the phone does not tell.',
    }),
    muted: t.exposeBoolean('muted', { nullable: true, description: 'Null where the phone does not tell.' }),
    remote: t.expose('remote', { type: PartyRef }),
    local: t.expose('local', { type: PartyRef }),
    consultationFor: t.field({
      type: CallRef,
      nullable: true,
      description: 'The held call on whose behalf this one was placed: an attended transfer before it is completed.',
      resolve: ({ consultationForId }, _args, { reads }) =>
        consultationForId === null ? null : reads.call(consultationForId),
    }),
    conferencedWith: t.field({
      type: [CallRef],
      nullable: true,
      description: "The phone's other calls in one conference with this one; null where that is not known.",
      resolve: async ({ conferencedWithIds, state }, _args, { reads }) => {
        if (conferencedWithIds === null) return null;
        const calls = await Promise.all(conferencedWithIds.map(reads.call));
        // A call that is over has left those that go on.
        return calls.filter((call) => call !== null).filter((call) => state === 'ENDED' || call.state !== 'ENDED');
      },
    }),
    transfer: t.expose('transfer', {
      type: CallTransferRef,
      nullable: true,
      description: 'The last transfer tried on this call.',
    }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When the gateway first heard of it.' }),
    answeredAt: t.expose('answeredAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Null where it was not answered, and where nobody told: then `endReason` is null too.',
    }),
    endedAt: t.expose('endedAt', { type: 'DateTime', nullable: true }),
    endReason: t.expose('endReason', {
      type: CallEndReasonRef,
      nullable: true,
      description: 'Null until it ended, and where nobody told why.',
    }),
    endInferred: t.exposeBoolean('endInferred', {
      description: 'True where the phone never said that the call ended and the gateway closed it.',
    }),
    inferred: t.boolean({
      description:
        'True where what the phone told does not decide which of its calls it is about: parties, times, state or end may be ' +
        "another call's. Phones that name their calls leave nothing to decide.",
      // Calls from before this was kept have none.
      resolve: ({ inferred }) => inferred ?? false,
    }),
  }),
});
