import type { Capability, FeatureReading, KnownCall, PhoneKey } from '@hookswitch/core';

/** The phone that a row is about. It need not be one of the harness: nothing runs for it. */
export interface DocumentedPhone {
  readonly model: string | null;
  readonly firmware: string | null;
  /** Default none. */
  readonly options?: Readonly<Record<string, string>>;
  /** Default: both. */
  readonly reachableBy?: { readonly http: boolean; readonly sip: boolean };
  /** Default: it has named none. */
  readonly allowEvents?: readonly string[];
}

/** What a phone answers. */
export interface DocumentedReply {
  /** Default 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** A body that is no text. */
  readonly bytes?: readonly number[];
  /** Of an INVITE: what the phone then sends within the dialog, in its order. */
  readonly says?: readonly string[];
}

/**
 * One request of an exchange: its lines stand among the lines of what a dry run shows (`GET /target`, `POST /target`, `NOTIFY`,
 * `event: xml`, lines of the body), each whole. Where it has an answer, that is what the phone said; else what an obeying phone says.
 */
export type DocumentedRequest = string | { readonly sends: string; readonly answer: DocumentedReply };

/** A call that the phone has. */
export interface DocumentedCall {
  readonly state: KnownCall['state'];
  /** Default INCOMING. */
  readonly direction?: KnownCall['direction'];
  /** The vendor's identifiers. Default none. */
  readonly ids?: Readonly<Record<string, string>>;
}

/** A command, or a reading, with all that goes over the wire for it. */
export interface DocumentedCommand {
  /** Unique among the commands, for the name of its case: `the key REDIAL`. */
  readonly name: string;
  readonly phone: DocumentedPhone;
  readonly capability: Capability;
  /** The rung's transport as cases name it, `SIP_NOTIFY (2)`. Default: the first rung. */
  readonly rung?: string;
  readonly member: string;
  /** What the member is called with, before its context. Left out for members that take none. */
  readonly command?: (calls: readonly KnownCall[]) => unknown;
  /** Default none. */
  readonly calls?: readonly DocumentedCall[];
  /** Default none. */
  readonly features?: readonly FeatureReading[];
  /** All of it, in its order; empty: nothing is sent. */
  readonly exchange: readonly DocumentedRequest[];
  /** Words in each document that is published for the phone to fetch. Default: nothing is published. */
  readonly publishes?: readonly string[];
  /** The outcome's status, or the code of its failure. Default ACCEPTED. */
  readonly outcome?: string;
  /** Words in the message of its failure, in any case. Left out: it is not looked at. */
  readonly says?: string;
  /** Of RATE_LIMITED: after how many milliseconds it may be tried again, as the phone said (`Retry-After`). Left out: it is not looked at. */
  readonly retryAfterMs?: number;
  /** What is read; of objects the members that are named here. Left out: it is not looked at. */
  readonly value?: unknown;
}

/** What a phone fetches for a setting of an action URL, and what happened then. */
export interface DocumentedEvent {
  /** Added to the name of the case. Default none. */
  readonly name?: string;
  readonly phone: DocumentedPhone;
  readonly setting: string;
  /** What the phone puts for each placeholder of the vendor's: all that the URL has, and the report keeps each value. */
  readonly fills?: Readonly<Record<string, string>>;
  /** What the report keeps of a placeholder where the phone escapes: `{ '{name}': 'Bo Ek' }` with `Bo%20Ek` in `fills`. Default: what it fills in. */
  readonly reads?: Readonly<Record<string, string>>;
  /** For a setting that is posted to: the document. */
  readonly body?: string;
  /** The event; of objects the members that are named here. */
  readonly means: unknown;
  /** What is read beside the event, as `device`. Left out: it is not looked at. */
  readonly report?: unknown;
}

/** What a phone says to a monitor of its calls. */
export interface DocumentedTelling {
  /** Unique among these. */
  readonly name: string;
  readonly phone: DocumentedPhone;
  /** What the phone says in the dialog before, so that it listens: one for each account. */
  readonly agrees: readonly string[];
  readonly body: string;
  /** The events, each by the members that are named here; empty: none. */
  readonly means: readonly unknown[];
  /** Whether the phone has to be asked for its calls afterwards. Default false. */
  readonly isUnsure?: boolean;
}

/** A model that the vendor's documents name. */
export interface DocumentedModel {
  readonly model: string;
  readonly functionKeys: number | null;
  /** The keys that it has, in any order. Left out: not looked at. */
  readonly keys?: readonly PhoneKey[];
}

/** The settings that hold action URLs. */
export interface DocumentedSettings {
  readonly name: string;
  readonly phone: DocumentedPhone;
  /** All of them, in any order. */
  readonly settings: readonly string[];
}

/** The ways in which a phone serves a capability. */
export interface DocumentedWays {
  /** Added to the name of the case. */
  readonly name: string;
  readonly phone: DocumentedPhone;
  readonly capability: Capability;
  /** Each as `CSTA DOCUMENTED`, best first; empty: the phone does not have it. */
  readonly ways: readonly string[];
}

/** A device that nobody knows yet. */
export interface DocumentedDevice {
  readonly name: string;
  readonly mac?: string;
  /** What somebody said that it is. */
  readonly model?: string;
  readonly replies?: readonly (DocumentedReply & { readonly target: string })[];
  /** What is found out, as far as it is named. */
  readonly is: {
    readonly score: number;
    readonly model?: string | null;
    readonly firmware?: string | null;
    /** As many as there are, in their order. */
    readonly reasons?: readonly string[];
  };
}

/** What a diagnosis finds at a phone. */
export interface DocumentedDiagnosis {
  readonly name: string;
  readonly phone: DocumentedPhone;
  /** Answers to the requests in which these words stand; others are answered as by an obeying phone. */
  readonly answers: readonly (DocumentedReply & { readonly to: string })[];
  /** What is found, as `PROBLEM HTTPS_ONLY`, and what is not. */
  readonly finds: readonly string[];
  readonly findsNot?: readonly string[];
}

/**
 * What the vendor's documents say, row by row, written down from them and never from the driver: a wrong word in a table of the
 * driver is told by the row that it stands against. A module of rows imports nothing of the driver's `src`.
 */
export interface VendorDocuments {
  /** All models. */
  readonly models?: readonly DocumentedModel[];
  readonly commands?: readonly DocumentedCommand[];
  readonly events?: readonly DocumentedEvent[];
  readonly settings?: readonly DocumentedSettings[];
  readonly ways?: readonly DocumentedWays[];
  readonly tellings?: readonly DocumentedTelling[];
  readonly devices?: readonly DocumentedDevice[];
  readonly diagnoses?: readonly DocumentedDiagnosis[];
  /** The vendor's keys that do what a command does. */
  readonly commandKeys?: readonly string[];
}
