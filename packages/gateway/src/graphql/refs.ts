import type {
  CapabilityUnsupported,
  EventPathBroken,
  Failure,
  IdempotencyConflict,
  InvalidArgument,
  InvalidCallState,
  PhoneEvent,
  PhoneRejected,
  PolicyDenied,
  RateLimited,
  SettingsDiffer,
} from '@hookswitch/core';
import type { DriverView, PhoneConflict, PhoneFailure, VendorUnidentified } from '../application.ts';
import type { Call, Command, CommandBatch, LoggedEvent, Phone } from '../model.ts';
import { builder } from './builder.ts';

// The types that lead to each other in circles: named here, filled in by theme in the files beside this one.

/** A logged event of that type. */
export type EventOf<Type extends PhoneEvent['type']> = LoggedEvent & {
  readonly event: Extract<PhoneEvent, { readonly type: Type }>;
};

/** A logged event of one type or another: what a {@link LoggedEvent} always is. */
export type AnyEvent = { [Type in PhoneEvent['type']]: EventOf<Type> }[PhoneEvent['type']];

/** Whatever an id can name. */
export type NodeRecord = Phone | DriverView | Call | LoggedEvent | Command | CommandBatch;

/** `Node`. */
export const NodeRef = builder.interfaceRef<NodeRecord>('Node');
/** `PhoneEvent`. */
export const PhoneEventRef = builder.interfaceRef<LoggedEvent>('PhoneEvent');
/** `Failure`: of a command, or of a change to the registry. */
export const FailureRef = builder.interfaceRef<PhoneFailure>('Failure');

/** `Phone`. */
export const PhoneRef = builder.objectRef<Phone>('Phone');
/** `Driver`. */
export const DriverRef = builder.objectRef<DriverView>('Driver');
/** `Call`. */
export const CallRef = builder.objectRef<Call>('Call');
/** `Command`. */
export const CommandRef = builder.objectRef<Command>('Command');
/** `CommandBatch`. */
export const CommandBatchRef = builder.objectRef<CommandBatch>('CommandBatch');

/** Each type of event. */
export const EVENT_REFS = {
  CALL: builder.objectRef<EventOf<'CALL'>>('CallEvent'),
  FEATURE: builder.objectRef<EventOf<'FEATURE'>>('FeatureEvent'),
  REGISTRATION: builder.objectRef<EventOf<'REGISTRATION'>>('RegistrationEvent'),
  USER: builder.objectRef<EventOf<'USER'>>('UserEvent'),
  DEVICE: builder.objectRef<EventOf<'DEVICE'>>('DeviceEvent'),
  OTHER: builder.objectRef<EventOf<'OTHER'>>('OtherEvent'),
} as const;

type FailureWith<Code extends Failure['code']> = Extract<Failure, { readonly code: Code }>;

/** Each failure by its code. */
export const FAILURE_REFS = {
  CAPABILITY_UNSUPPORTED: builder.objectRef<CapabilityUnsupported>('CapabilityUnsupported'),
  PHONE_UNREACHABLE: builder.objectRef<FailureWith<'PHONE_UNREACHABLE'>>('PhoneUnreachable'),
  PHONE_UNAUTHORIZED: builder.objectRef<FailureWith<'PHONE_UNAUTHORIZED'>>('PhoneUnauthorized'),
  APPROVAL_PENDING: builder.objectRef<FailureWith<'APPROVAL_PENDING'>>('ApprovalPending'),
  PHONE_REJECTED: builder.objectRef<PhoneRejected>('PhoneRejected'),
  INVALID_CALL_STATE: builder.objectRef<InvalidCallState>('InvalidCallState'),
  STATE_UNKNOWN: builder.objectRef<FailureWith<'STATE_UNKNOWN'>>('StateUnknown'),
  POLICY_DENIED: builder.objectRef<PolicyDenied>('PolicyDenied'),
  RATE_LIMITED: builder.objectRef<RateLimited>('RateLimited'),
  INVALID_ARGUMENT: builder.objectRef<InvalidArgument>('InvalidArgument'),
  COMMAND_EXPIRED: builder.objectRef<FailureWith<'COMMAND_EXPIRED'>>('CommandExpired'),
  IDEMPOTENCY_CONFLICT: builder.objectRef<IdempotencyConflict>('IdempotencyConflict'),
  SETTINGS_DIFFER: builder.objectRef<SettingsDiffer>('SettingsDiffer'),
  EVENT_PATH_BROKEN: builder.objectRef<EventPathBroken>('EventPathBroken'),
  DRIVER_FAILED: builder.objectRef<FailureWith<'DRIVER_FAILED'>>('DriverFailed'),
  PHONE_CONFLICT: builder.objectRef<PhoneConflict>('PhoneConflict'),
  VENDOR_UNIDENTIFIED: builder.objectRef<VendorUnidentified>('VendorUnidentified'),
} as const satisfies Record<PhoneFailure['code'], unknown>;
