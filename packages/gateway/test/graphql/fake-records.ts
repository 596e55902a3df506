import type { EventVariable, PhoneEvent } from '@hookswitch/core';
import { UNKNOWN_PARTY } from '@hookswitch/core';
import type { DriverView } from '../../src/application.ts';
import type { Call, Command, LoggedEvent, Phone } from '../../src/model.ts';

/** 1 October 2026, noon UTC. */
export const NOON = Date.UTC(2026, 9, 1, 12);

export const SNOM: DriverView = {
  vendor: 'snom',
  name: 'Snom',
  version: '1.2.3',
  contractVersion: '1.0.0',
  models: [
    {
      model: 'D785',
      functionKeys: 24,
      capabilities: [{ capability: 'DIAL', transports: ['HTTP', 'CSTA'], evidence: 'DOCUMENTED', source: 'manual' }],
    },
  ],
  health: { state: 'RUNNING', isolation: 'NONE', fault: null, restarts: 0 },
  tier: 'SILVER',
  claims: [
    {
      phone: 'D785 on the desk',
      model: 'D785',
      firmware: '10.1.33.33',
      capability: 'DIAL',
      transport: 'HTTP',
      evidence: 'DOCUMENTED',
      source: 'manual',
    },
  ],
};

export const YEALINK: DriverView = { ...SNOM, vendor: 'yealink', name: 'Yealink', models: [] };

export function phone(id: string, changes: Partial<Phone> = {}): Phone {
  return {
    id,
    name: `Phone ${id}`,
    vendor: 'snom',
    model: 'D785',
    firmware: '10.1.101.11',
    mac: `00:04:13:00:00:0${id.length}`,
    address: `http://192.0.2.${id.length}`,
    sipUri: null,
    tags: ['desk'],
    username: 'admin',
    options: {},
    origin: 'api',
    createdAt: NOON,
    removedAt: null,
    ...changes,
  };
}

export function call(id: string, changes: Partial<Call> = {}): Call {
  return {
    id,
    phoneId: 'p',
    direction: 'INCOMING',
    state: 'RINGING',
    heldByRemote: null,
    muted: false,
    remote: { number: '101', uri: 'sip:101@pbx.example', displayName: 'Ada' },
    local: UNKNOWN_PARTY,
    vendorIds: { csta_id: '-18' },
    consultationForId: null,
    conferencedWithIds: null,
    transfer: null,
    startedAt: NOON,
    answeredAt: null,
    endedAt: null,
    endReason: null,
    endInferred: false,
    inferred: false,
    ...changes,
  };
}

export function event(sequence: number, told: PhoneEvent, variables: readonly EventVariable[] = []): LoggedEvent {
  return {
    sequence,
    phoneId: 'p',
    vendor: 'snom',
    receivedAt: NOON + sequence,
    vendorEvent: 'told',
    variables,
    event: told,
  };
}

export function command(id: string, changes: Partial<Command> = {}): Command {
  return {
    id,
    phoneId: 'p',
    name: 'dial',
    arguments: { to: '102' },
    batchId: null,
    status: 'ACCEPTED',
    changed: null,
    transport: 'HTTP',
    callId: null,
    failure: null,
    requestedBy: 'tests',
    requestedAt: NOON,
    sentAt: NOON + 1,
    repliedAt: NOON + 2,
    settledAt: null,
    confirmedBySequence: null,
    unreadableSettings: null,
    ...changes,
  };
}

const party = { number: '101', uri: null, displayName: null };

/** One event of each type, in the order of the log. */
export const ONE_OF_EACH: readonly LoggedEvent[] = [
  event(
    1,
    {
      type: 'CALL',
      callEventKind: 'INCOMING',
      callState: 'RINGING',
      call: { vendorIds: {}, direction: 'INCOMING', remote: party, local: UNKNOWN_PARTY, target: null },
    },
    [{ name: 'remote', value: '101' }],
  ),
  event(2, { type: 'FEATURE', feature: 'DO_NOT_DISTURB', enabled: true, target: null }),
  event(3, { type: 'REGISTRATION', registrationState: 'REGISTERED', accountUri: '101@pbx.example' }),
  event(4, { type: 'USER', userEventKind: 'KEY_PRESSED', key: 'HEADSET' }),
  event(5, { type: 'DEVICE', deviceEventKind: 'STARTED' }),
  event(6, { type: 'OTHER' }),
];
