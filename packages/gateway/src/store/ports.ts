import type { AuditEntry, AuditOutcome, AuditRecord } from '../audit/audit-entry.ts';
import type { Bus } from '../cluster/bus.ts';
import type { StoreChanges } from '../cluster/store-changes.ts';
import type { Call, Caller, Command, CommandBatch, FeatureState, Instant, Led, Phone, SwitchWish } from '../model.ts';
import type { Grant } from '../security/principal.ts';
import type { DialCounts, TypedStore } from './dial-ports.ts';
import type { EventLog } from './event-log-port.ts';
import type { LaneStore, LaneToken } from './lane-store.ts';

export type { DialCounts, LimitedCalls, SharedDialCounts, TypedStore } from './dial-ports.ts';
export type { EventLog, EventQuery, LogFollowing, NewEvent } from './event-log-port.ts';

import type { RetentionStore } from './retention.ts';

/**
 * What the gateway asks of a store. Whoever implements a port promises: a promise that is fulfilled means that what was
 * written is on disk, synced; one that is rejected means that nothing of that call was written. One rejection alone leaves
 * it open: that of a writer or an engine that was lost in the middle of its work (`WRITER_DIED`, `IN_DOUBT`). What is
 * written is seen by whatever is read afterwards.
 */
export interface Store {
  readonly events: EventLog;
  readonly phones: PhoneStore;
  readonly calls: CallStore;
  readonly commands: CommandStore;
  readonly apiKeys: ApiKeyStore;
  readonly onboardingLinks: OnboardingLinkStore;
  readonly dialCounts: DialCounts;
  readonly typed: TypedStore;
  readonly audit: AuditLog;
  readonly sealedKeys: SealedKeyStore;
  /** What the gateways speak by that may work on it at once. Left out: there is but this one. */
  readonly bus?: Bus | undefined;
  /** Left out: as {@link Store.bus}. */
  readonly lanes?: LaneStore | undefined;
  /** Told of what other gateways have changed in it. Left out: there is but this one. @returns stops listening */
  readonly onChanged?: StoreChanges['onChanged'] | undefined;
  readonly retention: RetentionStore;
  /** Whether it can write now; for the readiness check. Rejects with the reason. */
  check(): Promise<void>;
  /** How its last write ended; null: well. */
  readonly fault: StoreFault | null;
  close(): Promise<void>;
}

/** Why the store does not take what it is given. */
export interface StoreFault {
  /** `DISK`, `WRITER_DIED`, `AWAY`, `IN_DOUBT`. */
  readonly code: string;
  readonly message: string;
}

/** One page of a list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** A phone with its secrets sealed: opaque here. */
export interface StoredPhone {
  readonly phone: Phone;
  /** Encrypted {@link PhoneSecrets}. */
  readonly sealedSecrets: Uint8Array;
  /** SHA-256 of each token of its action URLs; `expiresAt` null: in use. */
  readonly tokenHashes: readonly { readonly hash: string; readonly expiresAt: Instant | null }[];
}

/** Registered phones and what the gateway wants or knows of their lights and switches. */
export interface PhoneStore {
  /** All, the removed ones included. */
  all(): Promise<readonly StoredPhone[]>;
  /** As {@link PhoneStore.all}, a page at a time: of many phones the rows alone would be large. */
  pages(): AsyncIterable<readonly StoredPhone[]>;
  /** The first bytes of all sealed secrets, each once: what they were sealed with. */
  sealedBeginnings(bytes: number): Promise<readonly Uint8Array[]>;
  /**
   * Inserts or replaces, by id. @param seen the place through which changes of others were read: a phone that was changed
   * behind it is left as it is, and the promise rejected (`AWAY`). Left out: nobody else changes phones.
   */
  put(phone: StoredPhone, seen?: number): Promise<void>;
  /** Left out: nobody else changes phones. */
  readonly changes?: PhoneChanges | undefined;
  leds(phoneId: string): Promise<readonly Led[]>;
  putLed(phoneId: string, led: Led): Promise<void>;
  /** As the events of the log told them: {@link EventLog.append} writes them. */
  features(phoneId: string): Promise<readonly FeatureState[]>;
  /** Switches that are to be kept. */
  wishes(phoneId: string): Promise<readonly SwitchWish[]>;
  /** Inserts or replaces, by feature. */
  putWish(phoneId: string, wish: SwitchWish): Promise<void>;
  dropWish(phoneId: string, feature: SwitchWish['feature']): Promise<void>;
}

/** Phones that several gateways change. */
export interface PhoneChanges {
  /** Counts changes: of those that were written before it, none has a higher place. */
  place(): Promise<number>;
  /** The first phones that were changed behind a place, the place of the last of them, and whether there are more. */
  since(
    place: number,
  ): Promise<{ readonly phones: readonly StoredPhone[]; readonly place: number; readonly more: boolean }>;
  /** Runs a change while no other gateway runs one. */
  exclusively<Value>(change: () => Promise<Value>): Promise<Value>;
  /** Whether a phone has a token with that hash. */
  isToken(hash: string): Promise<boolean>;
}

/** Narrows calls. `since` is included, `until` is not; both are about `startedAt`. */
export interface CallQuery {
  readonly phoneIds?: readonly string[] | undefined;
  readonly states?: readonly string[] | undefined;
  readonly directions?: readonly string[] | undefined;
  readonly since?: Instant | undefined;
  readonly until?: Instant | undefined;
}

/** A place in a list that is ordered newest first. */
export interface NewestFirst {
  readonly limit: number;
  /** The id behind which the page begins. Rejected (`UNKNOWN_CURSOR`) where there is no such item. */
  readonly after?: string | undefined;
}

/** The call that an event belongs to. */
export interface EventCall {
  /** Of the event. */
  readonly sequence: number;
  readonly callId: string;
}

/**
 * Calls, derived from the log. `throughSequence` is how far of the log they have been derived: at start the rest is
 * derived again.
 */
export interface CallStore {
  /**
   * Writes calls, which events belong to which call, and the progress, all or nothing. What is there already as it was
   * derived through a later place stays as it is. `isPartial`: calls of others may be missing, so no progress is written.
   */
  save(change: {
    readonly calls: readonly Call[];
    readonly eventCalls: readonly EventCall[];
    readonly throughSequence: number;
    readonly isPartial?: boolean | undefined;
  }): Promise<void>;
  /**
   * What is not there as it was derived through a place or a later one, of calls and of events' calls. Left out: nobody
   * else writes calls.
   */
  missing?(derived: {
    readonly calls: readonly { readonly id: string; readonly through: number }[];
    readonly events: readonly { readonly sequence: number; readonly through: number }[];
  }): Promise<{ readonly calls: readonly string[]; readonly events: readonly number[] }>;
  throughSequence(): Promise<number>;
  get(id: string): Promise<Call | null>;
  /**
   * Calls that have not ended, those that phones ended since one time, and those that the gateway closed since another,
   * of all phones, oldest first: the picture at start.
   */
  recent(since: { readonly endedSince: Instant; readonly closedSince: Instant }): Promise<readonly Call[]>;
  /** Newest first by `startedAt`, then id. */
  list(query: CallQuery, page: NewestFirst): Promise<Page<Call>>;
  /** The calls that events belong to, by the place of each event: of those behind `after`, up to `through`. */
  ofEvents(range: { readonly after: number; readonly through: number }): Promise<ReadonlyMap<number, Call>>;
  /** Which events belong to any of these calls, a page at a time, in no order. */
  eventCalls(callIds: readonly string[]): AsyncIterable<readonly EventCall[]>;
}

/** Narrows commands. */
export interface CommandQuery {
  readonly phoneIds?: readonly string[] | undefined;
  readonly names?: readonly string[] | undefined;
  readonly statuses?: readonly string[] | undefined;
  readonly batchId?: string | undefined;
}

/** Where a caller's idempotency key is held. */
export interface IdempotencyClaim {
  readonly callerId: string;
  /** The phone, or `*` for `runOnPhones`. */
  readonly scope: string;
  readonly key: string;
  /** A digest of what was asked: the same key with another digest is a conflict. */
  readonly fingerprint: string;
}

/** Commands and batches, each recorded before it is sent. With a command its row of the audit is written, or neither; so when it is settled. */
export interface CommandStore {
  /**
   * Writes are done in the order in which they were given, whether those before are awaited or not, and no other gateway writes here.
   * Left out: not so.
   */
  readonly keepsOrder?: true;
  /**
   * Records a command. With a claim that another command holds already nothing is written.
   * @returns the other command's id and fingerprint, or null where this one was written.
   */
  insert(
    command: Command,
    claim: IdempotencyClaim | null,
  ): Promise<{ readonly id: string; readonly fingerprint: string } | null>;
  /**
   * Of several gateways: what is settled stays so, and only who has the newest token of the phone's lane marks a command as
   * sent; else it is rejected (`OVERTAKEN`, `FENCED`). A store of one gateway needs no token.
   */
  update(command: Command, lane?: LaneToken | null): Promise<void>;
  get(id: string): Promise<Command | null>;
  /** Newest first by `requestedAt`, then id. */
  list(query: CommandQuery, page: NewestFirst): Promise<Page<Command>>;
  /** Commands that are not settled, oldest first: after a crash those sent are UNKNOWN, those queued are expired. */
  unsettled(): Promise<readonly Command[]>;
  /** Records a batch with its commands, all or nothing; else as {@link CommandStore.insert}. */
  insertBatch(
    batch: CommandBatch,
    commands: readonly Command[],
    claim: IdempotencyClaim | null,
  ): Promise<{ readonly id: string; readonly fingerprint: string } | null>;
  getBatch(id: string): Promise<CommandBatch | null>;
  /** How many commands of the batch are not settled. */
  pendingInBatch(batchId: string): Promise<number>;
}

/** An API key as it is kept: its hash only. */
export interface ApiKeyRecord extends Caller, Grant {
  /** SHA-256 of the key. */
  readonly hash: string;
  readonly createdAt: Instant;
  readonly revokedAt: Instant | null;
}

/** API keys. */
export interface ApiKeyStore {
  all(): Promise<readonly ApiKeyRecord[]>;
  /** Inserts or replaces, by id. */
  put(key: ApiKeyRecord): Promise<void>;
}

/** A link by which phones make themselves known that nobody has added yet: the hash of its token only. */
export interface OnboardingLinkRecord {
  readonly id: string;
  /** SHA-256 of the token. */
  readonly hash: string;
  readonly createdAt: Instant;
  /** The name of the caller. */
  readonly createdBy: string;
  readonly expiresAt: Instant;
  readonly revokedAt: Instant | null;
}

/** Onboarding links. */
export interface OnboardingLinkStore {
  /** Oldest first. */
  all(): Promise<readonly OnboardingLinkRecord[]>;
  /** Inserts or replaces, by id. @param forget those that had expired before that time are deleted */
  put(link: OnboardingLinkRecord, forget: { readonly forgetBefore: Instant }): Promise<void>;
}

/** Keys that are kept sealed: opaque here. */
export interface SealedKeyStore {
  /** By name. */
  all(): Promise<ReadonlyMap<string, Uint8Array>>;
  /** Inserts or replaces. */
  put(name: string, sealed: Uint8Array): Promise<void>;
}

/** Narrows the audit. `since` is included, `until` is not. */
export interface AuditQuery {
  readonly callerIds?: readonly string[] | undefined;
  readonly actions?: readonly string[] | undefined;
  readonly phoneIds?: readonly string[] | undefined;
  readonly outcomes?: readonly AuditOutcome[] | undefined;
  readonly since?: Instant | undefined;
  readonly until?: Instant | undefined;
}

/** Who did what: rows that are appended, each tied to the one before, and never changed. */
export interface AuditLog {
  append(entry: AuditEntry): Promise<void>;
  /** Newest first; `before`: only rows before that place. */
  list(
    query: AuditQuery,
    page: { readonly limit: number; readonly before?: number | undefined },
  ): Promise<Page<AuditRecord>>;
}
