import type {
  CallDirection,
  CallEndReason,
  CallState,
  CommandName,
  EventVariable,
  Failure,
  FeatureReading,
  ForwardingKind,
  LedAction,
  LedColor,
  LedLight,
  Party,
  PhoneEvent,
  PhoneKey,
  TransferKind,
  Transport,
} from '@hookswitch/core';
import type { CertificateCheck } from './transport/certificates.ts';

/** Milliseconds since 1970. Every time in the model is one. */
export type Instant = number;

/** How a phone stands with the gateway. */
export const REACHABILITIES = [
  'ONLINE',
  'SILENT',
  'UNREACHABLE',
  'APPROVAL_PENDING',
  'UNAUTHORIZED',
  'UNKNOWN',
] as const;
/** One of {@link REACHABILITIES}. */
export type Reachability = (typeof REACHABILITIES)[number];

/** What is asked of the certificate of a phone's web server. */
export interface PhoneTls {
  readonly check: CertificateCheck;
  /** SHA-256 as `AB:CD:…`; null: none is known yet. */
  readonly fingerprint: string | null;
}

/** A registered phone, without its secrets. */
export interface Phone {
  readonly id: string;
  readonly name: string;
  readonly vendor: string;
  readonly model: string | null;
  readonly firmware: string | null;
  /** `00:04:13:aa:bb:cc`. */
  readonly mac: string | null;
  /** Origin of its web server, e.g. `http://192.0.2.20`. */
  readonly address: string | null;
  readonly sipUri: string | null;
  /** The SIP events that it named last in `Allow-Events`, in lower case. Null or left out: it has named none yet. */
  readonly allowEvents?: readonly string[] | null;
  readonly tags: readonly string[];
  readonly username: string | null;
  /** The driver's options as they were given, secrets left out. */
  readonly options: Readonly<Record<string, string>>;
  /** `file`: it stands in the configuration file, which wins at the next start. */
  readonly origin: 'api' | 'file';
  /** What is asked of the certificate of its web server. Left out: `PINNED`, and none is known yet. */
  readonly tls?: PhoneTls | undefined;
  readonly createdAt: Instant;
  readonly removedAt: Instant | null;
}

/** What must not be seen: kept encrypted, decrypted only where it is used. */
export interface PhoneSecrets {
  readonly password: string | null;
  /** Options that are secrets, by name. */
  readonly options: Readonly<Record<string, string>>;
  /** The tokens of its action URLs, newest first. `expiresAt` null: in use; else it was rotated out. */
  readonly tokens: readonly { readonly token: string; readonly expiresAt: Instant | null }[];
}

/** An event as it stands in the log. */
export interface LoggedEvent {
  /** Its place in the log, counted up. */
  readonly sequence: number;
  readonly phoneId: string;
  readonly vendor: string;
  readonly receivedAt: Instant;
  /** Null where the gateway noticed by itself. */
  readonly vendorEvent: string | null;
  readonly variables: readonly EventVariable[];
  readonly event: PhoneEvent;
}

/** The last transfer tried on a call. */
export interface CallTransfer {
  readonly kind: TransferKind | null;
  readonly state: 'STARTED' | 'FINISHED' | 'FAILED';
  readonly target: Party | null;
}

/** A call, as the events of its phone tell it. */
export interface Call {
  readonly id: string;
  readonly phoneId: string;
  readonly direction: CallDirection | null;
  readonly state: CallState;
  readonly heldByRemote: boolean | null;
  readonly muted: boolean | null;
  readonly remote: Party;
  readonly local: Party;
  /** The vendor's identifiers, e.g. `csta_id` → `-18`. */
  readonly vendorIds: Readonly<Record<string, string>>;
  readonly consultationForId: string | null;
  /** The phone's calls that this one was joined with, those that are over included; null: nobody told that it was. */
  readonly conferencedWithIds: readonly string[] | null;
  readonly transfer: CallTransfer | null;
  readonly startedAt: Instant;
  readonly answeredAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly endReason: CallEndReason | null;
  readonly endInferred: boolean;
  /** What the phone told does not decide which of its calls it is about: parties, times or the end may be another call's. */
  readonly inferred: boolean;
}

/** What became of a command; the words of GraphQL's `CommandStatus`. */
export const COMMAND_STATUSES = ['QUEUED', 'SENT', 'ACCEPTED', 'CONFIRMED', 'FAILED', 'UNKNOWN'] as const;
/** One of {@link COMMAND_STATUSES}. */
export type CommandStatus = (typeof COMMAND_STATUSES)[number];

/** Why a command that is settled is not proven; the words of GraphQL's `UnprovenReason`. */
export const UNPROVEN_REASONS = ['NOT_REPORTABLE', 'NOT_REPORTED', 'NEVER_HEARD', 'GATEWAY_STOPPED'] as const;
/** One of {@link UNPROVEN_REASONS}. */
export type UnprovenReason = (typeof UNPROVEN_REASONS)[number];

/** A transport that was tried or asked and surely did nothing, so that the next one had its turn. */
export interface SkippedTransport {
  readonly transport: Transport;
  /** For people. */
  readonly reason: string;
}

/** A command as it is recorded. */
export interface Command {
  readonly id: string;
  readonly phoneId: string;
  readonly name: CommandName;
  /** What it was given, as an object of `CommandInput`'s member, secrets removed. */
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly batchId: string | null;
  readonly status: CommandStatus;
  readonly changed: boolean | null;
  readonly transport: Transport | null;
  /** Those before `transport`, in the order in which they had their turn. Left out by gateways that did not keep it. */
  readonly skippedTransports?: readonly SkippedTransport[];
  readonly callId: string | null;
  readonly failure: Failure | null;
  /** Who gave it: the name of an API key. */
  readonly requestedBy: string;
  /** Its id. Left out by gateways that did not keep it. */
  readonly requestedById?: string;
  readonly requestedAt: Instant;
  readonly sentAt: Instant | null;
  readonly repliedAt: Instant | null;
  readonly settledAt: Instant | null;
  /** The place in the log of the event that proves the effect. */
  readonly confirmedBySequence: number | null;
  /** Why it stays ACCEPTED or UNKNOWN once it is settled. Left out by records of earlier versions. */
  readonly unproven?: UnprovenReason | null;
  /** Settings that `configureActionUrls` wrote and that cannot be read back. Null: of another command, or not known yet. */
  readonly unreadableSettings: readonly string[] | null;
}

/** One `runOnPhones`. */
export interface CommandBatch {
  readonly id: string;
  readonly total: number;
  readonly requestedBy: string;
  readonly requestedAt: Instant;
}

/** A light as the gateway wants it to be. */
export interface Led {
  readonly key: PhoneKey;
  readonly light: LedLight;
  readonly color: LedColor | null;
  readonly label: string | null;
  readonly onPress: LedAction | null;
  readonly appliedAt: Instant | null;
}

/** A switch of a phone. `since` null: it was read, not reported. */
export interface FeatureState extends FeatureReading {
  readonly since: Instant | null;
}

/** Switches that can be kept as they were set. */
export type SwitchFeature = 'DO_NOT_DISTURB' | `FORWARD_${ForwardingKind}`;

/** For how long a switch is kept; the words of GraphQL's `SwitchKeep`. */
export const SWITCH_KEEPS = ['UNTIL_CHANGED_AT_PHONE', 'ALWAYS'] as const;
/** One of {@link SWITCH_KEEPS}. */
export type SwitchKeep = (typeof SWITCH_KEEPS)[number];

/** A switch as the gateway is to keep it. */
export interface SwitchWish {
  readonly feature: SwitchFeature;
  readonly enabled: boolean;
  readonly target: string | null;
  readonly afterSeconds: number | null;
  readonly keep: SwitchKeep;
  readonly declaredAt: Instant;
}

/** A caller of the API. */
export interface Caller {
  /** The API key's id. */
  readonly id: string;
  /** Its name, for `requestedBy` and the audit. */
  readonly name: string;
}
