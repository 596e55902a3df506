import type { CallState, Capability } from './vocabulary.ts';

interface FailureOf<Code extends string> {
  /** Stable, to be matched on. */
  readonly code: Code;
  /** What happened and what to do next, for people. Never holds a secret. */
  readonly message: string;
  /** Whether the same command may succeed if it is given again, unchanged. */
  readonly retryable: boolean;
}

/** The phone cannot do that, or not on any configured transport. */
export interface CapabilityUnsupported extends FailureOf<'CAPABILITY_UNSUPPORTED'> {
  readonly capability: Capability;
  readonly alternatives: readonly Capability[];
}
/** No connection, or no byte of the request left. */
export type PhoneUnreachable = FailureOf<'PHONE_UNREACHABLE'>;
/** The phone refused the credentials. */
export type PhoneUnauthorized = FailureOf<'PHONE_UNAUTHORIZED'>;
/** Somebody must allow remote control on the phone itself. */
export type ApprovalPending = FailureOf<'APPROVAL_PENDING'>;
/** The phone understood and said no. */
export interface PhoneRejected extends FailureOf<'PHONE_REJECTED'> {
  /** The protocol's status, e.g. 500. */
  readonly phoneStatus: number | null;
  /** The vendor's own code, e.g. `invalidCallID`. */
  readonly phoneCode: string | null;
}
/** The call is not in a state in which that can be done. */
export interface InvalidCallState extends FailureOf<'INVALID_CALL_STATE'> {
  readonly actual: CallState | null;
}
/**
 * Nobody knows how the phone stands, and guessing might do harm: the only way is a toggle, which might do the opposite, or
 * without its call the command might dial or hit another one. Nothing was sent.
 */
export type StateUnknown = FailureOf<'STATE_UNKNOWN'>;
/** A rule of the gateway's operator forbids it. */
export interface PolicyDenied extends FailureOf<'POLICY_DENIED'> {
  readonly rule: string;
}
/** The caller or the phone has too much to do, or the phone locked itself. */
export interface RateLimited extends FailureOf<'RATE_LIMITED'> {
  readonly retryAfterMs: number;
}
/** The driver or the phone cannot take that value. */
export interface InvalidArgument extends FailureOf<'INVALID_ARGUMENT'> {
  /** Its path, e.g. `keys.0.key`. */
  readonly argument: string;
}
/** Its time ran out while it was queued: nothing was sent. */
export type CommandExpired = FailureOf<'COMMAND_EXPIRED'>;
/** The idempotency key was used for another command. */
export interface IdempotencyConflict extends FailureOf<'IDEMPOTENCY_CONFLICT'> {
  readonly originalCommandId: string;
}
/** What a setting should hold and what it holds. Null: nothing, or not told. */
export interface SettingDifference {
  readonly name: string;
  readonly expected: string | null;
  readonly actual: string | null;
}
/** Read back after writing, the phone holds something else. */
export interface SettingsDiffer extends FailureOf<'SETTINGS_DIFFER'> {
  readonly differences: readonly SettingDifference[];
}
/** The hops of the event path, in order. */
export const EVENT_PATH_HOPS = ['GATEWAY_TO_PHONE', 'PHONE_SETTINGS', 'PHONE_TO_GATEWAY', 'EVENT_LOG'] as const;
/** One of {@link EVENT_PATH_HOPS}. */
export type EventPathHop = (typeof EVENT_PATH_HOPS)[number];
/** An event did not get through; `hop` is the first one that is broken. */
export interface EventPathBroken extends FailureOf<'EVENT_PATH_BROKEN'> {
  readonly hop: EventPathHop;
}

/** The phone's driver threw, did not answer, or could not be loaded; nothing was sent that the phone acted on. */
export type DriverFailed = FailureOf<'DRIVER_FAILED'>;

/** Why a command failed. Every one says what to do next. */
export type Failure =
  | CapabilityUnsupported
  | PhoneUnreachable
  | PhoneUnauthorized
  | ApprovalPending
  | PhoneRejected
  | InvalidCallState
  | StateUnknown
  | PolicyDenied
  | RateLimited
  | InvalidArgument
  | CommandExpired
  | IdempotencyConflict
  | SettingsDiffer
  | EventPathBroken
  | DriverFailed;

/** A failure's code. */
export type FailureCode = Failure['code'];

/** The value at `argument` cannot be taken; nothing was sent. */
export function invalidArgument(argument: string, message: string): InvalidArgument {
  return { code: 'INVALID_ARGUMENT', argument, message, retryable: false };
}

/** The phone said no, with what it said. */
export function phoneRejected(
  message: string,
  said: { readonly phoneStatus?: number; readonly phoneCode?: string; readonly retryable?: boolean } = {},
): PhoneRejected {
  return {
    code: 'PHONE_REJECTED',
    message,
    phoneStatus: said.phoneStatus ?? null,
    phoneCode: said.phoneCode ?? null,
    retryable: said.retryable ?? false,
  };
}

/** The phone, or its lane, wants to be left alone for `retryAfterMs`. */
export function rateLimited(message: string, retryAfterMs: number): RateLimited {
  return { code: 'RATE_LIMITED', message, retryAfterMs, retryable: true };
}

/** The phone wants credentials, or others. */
export function phoneUnauthorized(message: string): PhoneUnauthorized {
  return { code: 'PHONE_UNAUTHORIZED', message, retryable: false };
}

/** No byte of the request left the gateway. */
export function phoneUnreachable(message: string): PhoneUnreachable {
  return { code: 'PHONE_UNREACHABLE', message, retryable: true };
}

/** A human must press a key on the phone first. */
export function approvalPending(message: string): ApprovalPending {
  return { code: 'APPROVAL_PENDING', message, retryable: true };
}

/** No way leads to that capability. */
export function capabilityUnsupported(
  capability: Capability,
  message: string,
  alternatives: readonly Capability[] = [],
): CapabilityUnsupported {
  return { code: 'CAPABILITY_UNSUPPORTED', capability, message, alternatives, retryable: false };
}

/** The call is in the wrong state, or there is none. */
export function invalidCallState(message: string, actual: CallState | null = null): InvalidCallState {
  return { code: 'INVALID_CALL_STATE', message, actual, retryable: false };
}

/** How a toggle stands is not known; nothing was sent. */
export function stateUnknown(message: string): StateUnknown {
  return { code: 'STATE_UNKNOWN', message, retryable: false };
}

/** The gateway could not use the phone's driver. `retryable`: the driver is about to be started again. */
export function driverFailed(message: string, retryable: boolean): DriverFailed {
  return { code: 'DRIVER_FAILED', message, retryable };
}
