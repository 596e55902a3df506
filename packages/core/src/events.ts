import type { PhoneKey } from './keys.ts';
import type { Party } from './party.ts';
import type {
  CallDirection,
  CallEndReason,
  CallEventKind,
  CallState,
  DeviceEventKind,
  PhoneFeature,
  RegistrationState,
  UserEventKind,
} from './vocabulary.ts';

/** What a call event tells of its call. */
export interface CallFacts {
  /**
   * The vendor's identifiers of the call by the name of the variable that brought them, e.g. `csta_id` → `-18`.
   * Only identifiers that tell calls of this phone apart, the one that does it best first. Empty: the phone sent none.
   */
  readonly vendorIds: Readonly<Record<string, string>>;
  readonly direction: CallDirection | null;
  readonly remote: Party;
  readonly local: Party;
  /** Where a transfer or a forwarding goes to, if the phone tells. */
  readonly target: Party | null;
  /**
   * Why the call ended, where the phone tells that apart from the event; left out or null: it does not. Then the kind of the event
   * tells (MISSED, REJECTED, CANCELED, REMOTE_CANCELED, REMOTE_BUSY, FORWARDED); of a bare ENDED without an answer `Call.endReason` is null.
   * A call that was answered is COMPLETED, or TRANSFERRED, whatever stands here. REJECTED is a call that was rejected at this phone: a phone
   * that says no more than "rejected" of an outgoing call means that the other side declined it, which is REMOTE_BUSY.
   */
  readonly endReason?: CallEndReason | null | undefined;
  /** With CONFERENCED: the phone's other calls that this one was joined with; left out with every other kind. */
  readonly conferencedWith?: readonly JoinedCall[] | undefined;
}

/** A call as an event about another one names it: by its identifiers; where it has none, by its party. */
export interface JoinedCall {
  readonly vendorIds: Readonly<Record<string, string>>;
  readonly remote: Party;
}

/** A step in a call's life. */
export interface CallEvent {
  readonly type: 'CALL';
  readonly callEventKind: CallEventKind;
  /** The state that this event by itself tells; null where it tells none. */
  readonly callState: CallState | null;
  readonly call: CallFacts;
}
/** A switch of the phone turned on or off. */
export interface FeatureEvent {
  readonly type: 'FEATURE';
  readonly feature: PhoneFeature;
  readonly enabled: boolean;
  readonly target: string | null;
}
/** An account registered, unregistered or failed to. */
export interface RegistrationEvent {
  readonly type: 'REGISTRATION';
  readonly registrationState: RegistrationState;
  /** As `user@host`. */
  readonly accountUri: string | null;
}
/** Somebody touched the phone. */
export interface UserEvent {
  readonly type: 'USER';
  readonly userEventKind: UserEventKind;
  readonly key: PhoneKey | null;
}
/** The device itself changed. */
export interface DeviceEvent {
  readonly type: 'DEVICE';
  readonly deviceEventKind: DeviceEventKind;
}
/** Something that the contract has no word for. */
export interface OtherEvent {
  readonly type: 'OTHER';
}

/** What a phone reported, in one vocabulary for all vendors. */
export type PhoneEvent = CallEvent | FeatureEvent | RegistrationEvent | UserEvent | DeviceEvent | OtherEvent;

/** The kinds of events. */
export const PHONE_EVENT_TYPES = ['CALL', 'FEATURE', 'REGISTRATION', 'USER', 'DEVICE', 'OTHER'] as const;
/** One of {@link PHONE_EVENT_TYPES}. */
export type PhoneEventType = (typeof PHONE_EVENT_TYPES)[number];

/** What a phone told about itself beside an event. Null: nothing. */
export interface ObservedDevice {
  readonly mac: string | null;
  readonly model: string | null;
  readonly firmware: string | null;
}

/** A variable as the phone sent it. */
export interface EventVariable {
  readonly name: string;
  readonly value: string;
}

/** What came under a name; null: nothing, or an empty text. */
export function valueIn(variables: readonly EventVariable[], wanted: string): string | null {
  return variables.find(({ name, value }) => name === wanted && value !== '')?.value ?? null;
}
