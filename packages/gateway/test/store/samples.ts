import { type CallEventKind, UNKNOWN_PARTY } from '@hookswitch/core';
import type { Call, Command, LoggedEvent, Phone } from '../../src/model.ts';
import type { CallStore, StoredPhone } from '../../src/store/ports.ts';

export type NewEvent = Omit<LoggedEvent, 'sequence'>;

export function callEvent(callEventKind: CallEventKind = 'INCOMING', changes: Partial<NewEvent> = {}): NewEvent {
  return {
    phoneId: 'phone-1',
    vendor: 'snom',
    receivedAt: 1_700_000_000_123,
    vendorEvent: 'action_incoming_url',
    variables: [{ name: 'remote', value: 'Jürgen "J" <sip:101@pbx.example>' }],
    event: {
      type: 'CALL',
      callEventKind,
      callState: null,
      call: {
        vendorIds: { csta_id: '-18' },
        direction: null,
        remote: UNKNOWN_PARTY,
        local: UNKNOWN_PARTY,
        target: null,
      },
    },
    ...changes,
  };
}

export function deviceEvent(changes: Partial<NewEvent> = {}): NewEvent {
  return { ...callEvent(), event: { type: 'DEVICE', deviceEventKind: 'STARTED' }, ...changes };
}

export function call(id: string, changes: Partial<Call> = {}): Call {
  return {
    id,
    phoneId: 'phone-1',
    direction: 'INCOMING',
    state: 'RINGING',
    heldByRemote: null,
    muted: false,
    remote: { number: '101', uri: 'sip:101@pbx.example', displayName: 'Zoë' },
    local: UNKNOWN_PARTY,
    vendorIds: { csta_id: '-18' },
    consultationForId: null,
    conferencedWithIds: null,
    transfer: null,
    startedAt: 1000,
    answeredAt: null,
    endedAt: null,
    endReason: null,
    endInferred: false,
    inferred: false,
    ...changes,
  };
}

/** The id of the call that an event belongs to in the store; null: of none. */
export async function callIdOf(calls: Pick<CallStore, 'ofEvents'>, sequence: number): Promise<string | null> {
  const found = await calls.ofEvents({ after: sequence - 1, through: sequence });
  return found.get(sequence)?.id ?? null;
}

export function command(id: string, changes: Partial<Command> = {}): Command {
  return {
    id,
    phoneId: 'phone-1',
    name: 'dial',
    arguments: { number: '102' },
    batchId: null,
    status: 'QUEUED',
    changed: null,
    transport: null,
    callId: null,
    failure: null,
    requestedBy: 'frontend',
    requestedAt: 1000,
    sentAt: null,
    repliedAt: null,
    settledAt: null,
    confirmedBySequence: null,
    unreadableSettings: null,
    ...changes,
  };
}

export function storedPhone(id: string, changes: Partial<StoredPhone> = {}): StoredPhone {
  const phone: Phone = {
    id,
    name: `Phone ${id}`,
    vendor: 'snom',
    model: 'D785',
    firmware: '10.1.184.15',
    mac: '00:04:13:aa:bb:cc',
    address: 'http://192.0.2.20',
    sipUri: null,
    tags: ['office'],
    username: 'admin',
    options: {},
    origin: 'api',
    createdAt: 1000,
    removedAt: null,
  };
  return { phone, sealedSecrets: Uint8Array.of(1, 0, 255), tokenHashes: [], ...changes };
}

/** The numbers from 0 to `count` - 1. */
export function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}
