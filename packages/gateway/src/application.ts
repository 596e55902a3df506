import type {
  ActionUrl,
  CallDirection,
  CallState,
  Capability,
  CommandName,
  DriverModel,
  Evidence,
  Failure,
  Finding,
  PhoneInfo,
  PhoneKey,
  PhoneScreen,
  Setting,
  Transport,
} from '@hookswitch/core';
import type { AuditRecord } from './audit/audit-entry.ts';
import type { CommandUpdate } from './commands/command-update.ts';
import type { DriverHealth } from './drivers/driver-port.ts';
import type { DriverProof } from './drivers/driver-proof.ts';
import type { EventSink, EventUpdate, Following } from './events/event-updates.ts';
import type {
  Call,
  Caller,
  Command,
  CommandBatch,
  CommandStatus,
  FeatureState,
  Instant,
  Led,
  LoggedEvent,
  Phone,
  Reachability,
  SkippedTransport,
  SwitchWish,
} from './model.ts';
import type { Onboarding } from './onboarding/onboarding.ts';
import type { PhoneFailure, Result } from './phone-failures.ts';
import type { DeviceAt, DeviceMatch } from './phones/device-candidate.ts';
import type { ApiKeyAdministration } from './security/api-key-administration.ts';
import type { AuditQuery, EventQuery, Page } from './store/ports.ts';
import type { CertificateCheck } from './transport/certificates.ts';

export type { CommandUpdate } from './commands/command-update.ts';
export type { EventSink, EventUpdate, Following } from './events/event-updates.ts';
export type { PhoneConflict, PhoneFailure, Result, VendorUnidentified } from './phone-failures.ts';
export type { DeviceAt, DeviceCandidate, DeviceMatch } from './phones/device-candidate.ts';
export { ForbiddenError, RequestError } from './request-error.ts';

/** A capability of a phone or model, as it is shown. */
export interface CapabilityView {
  readonly capability: Capability;
  /** In the order in which the driver tries them. */
  readonly transports: readonly Transport[];
  readonly evidence: Evidence;
  readonly source: string | null;
}

/** A loaded driver, as it is shown. */
export interface DriverView {
  readonly vendor: string;
  readonly name: string;
  readonly version: string;
  readonly contractVersion: string;
  readonly models: readonly (DriverModel & { readonly capabilities: readonly CapabilityView[] })[];
  /** Null where its package proves nothing, or what is not true any more. */
  readonly tier: DriverProof['tier'];
  /** For the phones that it was tried on; empty where its package tells of none. */
  readonly claims: DriverProof['claims'];
  readonly health: DriverHealth;
}

/** A provisioning file and where it can be fetched until `expiresAt`. */
export interface ProvisioningView {
  readonly mediaType: string;
  readonly text: string;
  readonly url: string;
  readonly expiresAt: Instant;
}

/** A forward page: what comes behind a cursor. */
export interface ForwardPage {
  readonly first: number;
  readonly after?: string | undefined;
}

/** An item with its own cursor. */
export interface Listed<Item> {
  readonly node: Item;
  readonly cursor: string;
}

/** What a caller may see at all, beside what it asks for; set by the authorisation, never by clients. */
export interface Visible {
  /** Only what belongs to phones that have one of these tags now. Left out: all. */
  readonly withinTags?: readonly string[] | undefined;
}

/** Narrows phones. */
export interface PhoneFilter extends Visible {
  readonly ids?: readonly string[] | undefined;
  readonly vendors?: readonly string[] | undefined;
  readonly reachabilities?: readonly Reachability[] | undefined;
  readonly capabilities?: readonly Capability[] | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly search?: string | undefined;
}

/** What `addPhone` takes. */
export interface NewPhone {
  readonly name: string;
  readonly vendor?: string | undefined;
  readonly address?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly mac?: string | undefined;
  readonly model?: string | undefined;
  readonly firmware?: string | undefined;
  readonly sipUri?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly options?: readonly { readonly name: string; readonly value: string }[] | undefined;
  /** Left out: `PINNED`. */
  readonly certificateCheck?: CertificateCheck | undefined;
  /** The SHA-256 fingerprint to pin. Left out, or null in a change: that of the next connection. */
  readonly certificate?: string | undefined;
}

/** What `updatePhone` takes. Left out: stays as it is. Null: cleared. */
export type PhonePatch = {
  readonly [Key in keyof Omit<NewPhone, 'vendor'>]?: NewPhone[Key] | null | undefined;
};

/** Narrows events; tags are resolved to phones by the application. */
export interface EventFilter extends EventQuery, Visible {
  readonly tags?: readonly string[] | undefined;
}

/** Narrows the audit; `withinTags`: only rows of phones that have one of these tags now. */
export interface AuditFilter extends AuditQuery {
  readonly withinTags?: readonly string[] | undefined;
}

/** Narrows calls. */
export interface CallFilter extends Visible {
  readonly phoneIds?: readonly string[] | undefined;
  readonly states?: readonly CallState[] | undefined;
  readonly directions?: readonly CallDirection[] | undefined;
  readonly since?: Instant | undefined;
  readonly until?: Instant | undefined;
}

/** Narrows commands. */
export interface CommandFilter extends Visible {
  readonly phoneIds?: readonly string[] | undefined;
  readonly names?: readonly string[] | undefined;
  readonly statuses?: readonly CommandStatus[] | undefined;
}

/** A command as GraphQL's `CommandInput` member gives it: ids of calls not yet resolved. */
export interface CommandRequest {
  readonly name: CommandName;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** Who gives a command, and the key against doubles. */
export interface GivenBy {
  readonly caller: Caller;
  readonly idempotencyKey?: string | undefined;
}

/** What comes out of `Subscription.calls`. */
export type CallUpdate =
  | { readonly kind: 'call'; readonly call: Call }
  | { readonly kind: 'caughtUp'; readonly cursor: string };

/** What a command would do. */
export interface Explanation {
  readonly allowed: boolean;
  readonly failure: Failure | null;
  readonly transport: Transport | null;
  readonly evidence: Evidence | null;
  /** Where the evidence comes from; null: nothing that could be read shows it. */
  readonly source: string | null;
  /** Those that come before `transport`, and why each would not be the one. */
  readonly skippedTransports: readonly SkippedTransport[];
  /** The wire text, secrets replaced by `***`, one element a request. */
  readonly exchanges: readonly string[];
}

/**
 * Everything that the API can ask for, in the gateway's own words and ids. GraphQL is one skin over it. Whatever takes
 * an id throws {@link RequestError} `NOT_FOUND` for one that never named anything.
 */
export interface Application {
  readonly phones: {
    /** The removed ones included. */
    get(id: string): Phone | null;
    byMac(mac: string): Phone | null;
    /**
     * By `user`, `user@domain`, `profile/user@domain`, an IP address or a SIP URI: among the phones' SIP URIs, then at the
     * registrar. Null: none, or several. Rejects with RequestError UPSTREAM_UNAVAILABLE where the registrar could not be
     * asked.
     */
    bySipUser(user: string): Promise<Phone | null>;
    /** By name; without the removed ones. */
    list(
      filter: PhoneFilter,
      page: ForwardPage,
    ): { readonly items: readonly Listed<Phone>[]; readonly hasNextPage: boolean; readonly totalCount: number };
    add(input: NewPhone, caller: Caller): Promise<Result<Phone, PhoneFailure>>;
    /** Asks a device whose it is, without making it known: the likeliest driver first, none that is sure that it is not. */
    identify(device: DeviceAt, caller: Caller): Promise<Result<DeviceMatch, PhoneFailure>>;
    update(id: string, patch: PhonePatch, caller: Caller): Promise<Result<Phone, PhoneFailure>>;
    remove(id: string, caller: Caller): Promise<Result<Phone, PhoneFailure>>;
    rotateActionUrls(id: string, overlapSeconds: number, caller: Caller): Promise<Result<Phone, PhoneFailure>>;
    reachability(id: string): Reachability;
    lastEventAt(id: string): Instant | null;
    /** Since when the phone reports nothing though it takes commands; null: nothing speaks for that. */
    silentSince(id: string): Instant | null;
    capabilities(id: string): readonly CapabilityView[];
    /** The keys that it has of its own; null: its driver does not tell. */
    keys(id: string): readonly PhoneKey[] | null;
    leds(id: string): Promise<readonly Led[]>;
    features(id: string): Promise<readonly FeatureState[]>;
    /** Switches that are kept. */
    wishes(id: string): Promise<readonly SwitchWish[]>;
    /** Null without the right. */
    actionUrls(id: string, caller: Caller): readonly ActionUrl[] | null;
    /** Null without the right, or where the vendor has no such file. */
    provisioning(id: string, caller: Caller): Promise<ProvisioningView | null>;
  };

  readonly drivers: {
    all(): readonly DriverView[];
    get(vendor: string): DriverView | null;
  };

  readonly readings: {
    phoneInfo(phoneId: string, caller: Caller): Promise<Result<PhoneInfo & { readonly transport: Transport }>>;
    settings(
      phoneId: string,
      names: readonly string[] | undefined,
      caller: Caller,
    ): Promise<Result<{ readonly settings: readonly Setting[]; readonly transport: Transport }>>;
    screen(phoneId: string, caller: Caller): Promise<Result<PhoneScreen>>;
    diagnosis(phoneId: string, caller: Caller): Promise<readonly Finding[]>;
  };

  readonly calls: {
    get(id: string): Promise<Call | null>;
    /** Calls of the phone that have not ended. */
    active(phoneId: string): readonly Call[];
    /** Newest first. */
    list(filter: CallFilter, page: ForwardPage): Promise<Page<Listed<Call>>>;
    /** The call that an event belongs to, as it is now. At once where events may still change it. */
    ofEvent(event: LoggedEvent): Call | null | Promise<Call | null>;
    subscribe(filter: CallFilter, signal: AbortSignal): AsyncIterable<CallUpdate>;
  };

  readonly events: {
    /** A place in the log as clients see it: opaque. */
    cursorOf(sequence: number): string;
    get(sequence: number): Promise<LoggedEvent | null>;
    /** Oldest first. `first` and `last` together are refused by the caller. */
    list(
      filter: EventFilter,
      page: {
        readonly first?: number | undefined;
        readonly after?: string | undefined;
        readonly last?: number | undefined;
        readonly before?: string | undefined;
      },
    ): Promise<Page<LoggedEvent>>;
    /** The first `next()` rejects with RequestError BAD_USER_INPUT where `after` is no cursor. */
    subscribe(filter: EventFilter, after: string | undefined, signal: AbortSignal): AsyncIterable<EventUpdate>;
    /** The same, handed over as it comes: for many subscribers at once. A bad `after` ends the sink with that error. */
    follow(filter: EventFilter, after: string | undefined, sink: EventSink): Following;
  };

  readonly commands: {
    get(id: string): Promise<Command | null>;
    /** Newest first. */
    list(filter: CommandFilter, page: ForwardPage): Promise<Page<Listed<Command>>>;
    /** Records, queues, runs; resolves when the phone has replied or the deadline has passed. */
    run(phoneId: string, request: CommandRequest, by: GivenBy): Promise<Command>;
    runOnPhones(filter: PhoneFilter, request: CommandRequest, by: GivenBy): Promise<CommandBatch>;
    explain(phoneId: string, request: CommandRequest, caller: Caller): Promise<Explanation>;
    /** As it is now and each change, until it is settled. */
    subscribe(id: string, signal: AbortSignal): AsyncIterable<Command>;
    /** The newest that match, then each change of any that matches. */
    subscribeAll(filter: CommandFilter, signal: AbortSignal): AsyncIterable<CommandUpdate>;
    batch(id: string): Promise<CommandBatch | null>;
    pendingInBatch(batchId: string): Promise<number>;
    inBatch(batchId: string, page: ForwardPage): Promise<Page<Listed<Command>>>;
  };

  readonly apiKeys: ApiKeyAdministration;

  readonly onboarding: Onboarding;

  readonly audit: {
    /** Newest first; the cursor of a row is its place. Rejects with RequestError BAD_USER_INPUT where `after` is none. */
    list(filter: AuditFilter, page: ForwardPage): Promise<Page<Listed<AuditRecord>>>;
  };
}
