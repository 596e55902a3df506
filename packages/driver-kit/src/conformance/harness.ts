import type {
  CallEndReason,
  CallState,
  Capability,
  Driver,
  ForwardingKind,
  KnownCall,
  SettingValue,
  Transport,
} from '@hookswitch/core';
import type { VendorDocuments } from './documented.ts';
import type { Recording } from './recording.ts';

/**
 * What a case needs to find at the phone.
 *
 * - `IDLE`: no call.
 * - `RINGING`: one call rings.
 * - `TALKING`: one call, answered.
 * - `HOLDING`: one call, held by the phone.
 * - `TWO_CALLS`: one call held by the phone, one answered; nobody began a transfer.
 * - `CONSULTING`: an attended transfer was begun at the phone: the first call is held, the other party has answered.
 */
export const SITUATIONS = ['IDLE', 'RINGING', 'TALKING', 'HOLDING', 'TWO_CALLS', 'CONSULTING'] as const;
/** One of {@link SITUATIONS}. */
export type Situation = (typeof SITUATIONS)[number];

/** A call as somebody sees it who stands before the phone. */
export interface ObservedCall {
  readonly state: CallState;
  /** The far end's number. */
  readonly remote: string;
  /** Whether the phone has put it in a conference. */
  readonly conference: boolean;
}

/** What somebody sees who stands before the phone, once it has done all that it was asked. */
export interface PhoneObservation {
  /** Calls that have not ended, oldest first. */
  readonly calls: readonly ObservedCall[];
  readonly muted: boolean;
  readonly doNotDisturb: boolean;
  readonly forwards: Readonly<Record<ForwardingKind, { readonly enabled: boolean; readonly target: string }>>;
  /** DTMF that far ends have heard, all calls together. */
  readonly digits: string;
  /** Numbers of far ends that have a call now, the phone's own or one that it has sent on. */
  readonly reached: readonly string[];
  /** For each account whether it is registered. */
  readonly registered: readonly boolean[];
  /** By the vendor's names of keys, in the vendor's words. */
  readonly lights: Readonly<Record<string, string>>;
  /** By the vendor's names; those that are secrets may be left out. */
  readonly settings: Readonly<Record<string, string>>;
  /** The text on the display. */
  readonly screen: string;
  /** What it did that nothing above shows, in the words of the harness, oldest first: `ringer 1`, `rebooted`. */
  readonly effects: readonly string[];
}

/** A login of the phone. */
export interface PhoneCredentials {
  readonly username: string;
  /** At least 8 characters that stand nowhere else: the suite looks for it in all that leaves the driver. */
  readonly password: string;
}

/** A phone that is up. The suite may do to it whatever a command can do. */
export interface RunningPhone {
  /** `http://127.0.0.1:40001`. */
  readonly origin: string;
  /** By the name of their set: `web`, and those that the driver names. The phone must ask for them. */
  readonly credentials: Readonly<Record<string, PhoneCredentials>>;
  /**
   * Its SIP side, where {@link PhoneUnderTest.reachableBy} says that it has one. Requests go to the URI's host over UDP, or
   * TCP with `;transport=tcp`, and come from the address by which this host reaches it (for a virtual phone
   * `127.0.0.1`): the phone must listen to that address.
   */
  readonly sip?: {
    /** `sip:1001@127.0.0.1:40001`. */
    readonly uri: string;
    /** Where the phone asks for a login (401), or a proxy before it does (407). Default: nobody asks. */
    readonly credentials?: PhoneCredentials;
  };
  /** Its accounts in their order, as `user@host`. */
  readonly accounts: readonly string[];
  /** Numbers that it can dial: one that answers at once, and one that rings for ever. */
  readonly numbers: { readonly answers: string; readonly rings: string };
  /**
   * Brings about a situation. Called once, at first.
   * @returns the phone's calls, oldest first, as a gateway would know them: with the vendor's identifiers.
   */
  arrange(situation: Situation): Promise<readonly KnownCall[]>;
  /** Somebody calls the phone; resolves once it rings. */
  callIn(): Promise<void>;
  /** Waits until the phone has done what it was asked, and looks. */
  observe(): Promise<PhoneObservation>;
  /** Ends it and everything that was started for it. Rejects where the phone itself, if it is virtual, was at fault. */
  stop(): Promise<void>;
}

/** A phone to try the driver on: real, or virtual. */
export interface PhoneUnderTest {
  /** Unique, for the names of cases: `D785 with 10.1.33.33`. */
  readonly name: string;
  readonly model: string | null;
  readonly firmware: string | null;
  readonly mac: string | null;
  /** Options of the driver, as strings by name. Default none. */
  readonly options?: Readonly<Record<string, string>>;
  /** Default: HTTP only. Where SIP is among them, `start` gives {@link RunningPhone.sip}. */
  readonly reachableBy?: { readonly http: boolean; readonly sip: boolean };
  /** What the phone names in `Allow-Events`, as a gateway would know it. Default: it has named nothing. */
  readonly allowEvents?: readonly string[];
  /** What this phone cannot do, in any order: the driver must claim all other capabilities and none of these. */
  readonly lacks: readonly Capability[];
  /**
   * Members that a rung says NOT_HERE to on this phone, always and before any traffic, though it serves others of the
   * same capability: `TRANSFER_ATTENDED over CSTA: transfer`. The driver is held to it. A member that is here on no rung is
   * CAPABILITY_UNSUPPORTED to whoever asks: `DISPLAY over HTTP: pushXml` of a phone that shows plain text. Default none.
   */
  readonly notHere?: readonly string[];
  /**
   * Samples that this phone has no way to serve, so that the driver says INVALID_ARGUMENT before any traffic, by their
   * names: `LED: setLed, a red light`. The driver is held to it. Default none.
   */
  readonly refuses?: readonly string[];
  /**
   * In place of {@link ConformanceHarness.otherEvents}, for a phone on which another setting is OTHER than on the rest: a step
   * that one firmware tells twice, and the other once. Default: those of the harness.
   */
  readonly otherEvents?: readonly string[];
  start(): Promise<RunningPhone>;
}

/** Values in the vendor's own words, which no suite can know. */
export interface VendorSamples {
  /** A well-formed document of the vendor's XML that shows the text `Conformance`. */
  readonly document: string;
  /** A setting that may be written, with a value that it does not have by itself. */
  readonly setting: SettingValue;
  /** A setting that can be read. */
  readonly readable: string;
}

/** A document that phones post to an action URL. */
export interface PostedSample {
  /** Unique within its setting, for the name of its case. */
  readonly name: string;
  readonly body: string;
  /** Its type, and of calls and devices its kind: `CALL HELD`. */
  readonly event: string;
  /** The state of the call that it tells. Left out: it is not looked at. */
  readonly state?: CallState | null;
  /** Why the call ended, as it tells; null: it does not. Left out: it is not looked at. */
  readonly endReason?: CallEndReason | null;
}

/** A way of a vendor's phones to say no over HTTP under a status that looks like success. */
export interface PhoneRefusal {
  /** For the name of the case: `its error page`. */
  readonly name: string;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** On which transports phones say so. Default: all that are HTTP. */
  readonly transports?: readonly Transport[];
}

/** What a phone says to who asks for a setting that it does not know. */
export interface UnknownSettingReply {
  readonly status: number;
  /** Left out: whatever the body is. */
  readonly body?: string;
}

/** What the suite is given of a driver package. */
export interface ConformanceHarness<Options> {
  readonly driver: Driver<Options>;
  readonly phones: readonly [PhoneUnderTest, ...PhoneUnderTest[]];
  readonly samples: VendorSamples;
  /** Settings of action URLs whose event is OTHER, since the contract has no word for it. Default none. A phone may have its own. */
  readonly otherEvents?: readonly string[];
  /**
   * For vendors whose phones post a document to an action URL: such documents by setting, with the event that each means, as
   * `CALL INCOMING`, `DEVICE EVENT_PATH_TESTED`, `REGISTRATION`. The driver is tried on each of them, and on spoilt ones.
   * Default none.
   */
  readonly posted?: Readonly<Record<string, readonly PostedSample[]>>;
  /** Variables of action URLs with values as the phone sends them; those not named get `1001`. */
  readonly variables?: Readonly<Record<string, string>>;
  /**
   * The effects that a sample must have at an obeying phone, all of them and in this order, by the sample's name:
   * `RINGTONE: playRingtone, the first`; where one rung has other effects, with its transport:
   * `PROVISION over SIP_NOTIFY: provision, at once`. For what nothing else of a phone shows. Default none.
   */
  readonly effects?: Readonly<Record<string, readonly string[]>>;
  /**
   * Parts of requests that the phone itself chose in an earlier reply, such as the token of a login: `/x-token: \w+/`. They
   * are taken out before a dry run is compared with what was sent. Default none.
   */
  readonly chosenByPhone?: readonly RegExp[];
  /** How these phones say no under a status of success: tried on every rung over HTTP. Default none. */
  readonly refusals?: readonly PhoneRefusal[];
  /**
   * What these phones say over HTTP to who asks for one setting that they do not know, `{ status: 404 }`: the driver leaves the
   * setting out of what it read. It is held to that for this reply, and every other one stays a failure. Default: no reply
   * means that, for who asks for all at once or knows the names beforehand.
   */
  readonly unknownSetting?: UnknownSettingReply;
  /**
   * What real phones were told and answered: the proof of what says VERIFIED, for each model and firmware of `phones`.
   * Default none.
   */
  readonly recordings?: readonly Recording[];
  /** What the vendor's documents say, each row a case. Default none. */
  readonly documented?: VendorDocuments;
  /**
   * The folder of the driver's package, `new URL('../', import.meta.url)` for a harness in `test`. Where it is given, what the
   * package says of itself is held to be current: the support matrix in its README. Default: it is not looked at.
   */
  readonly folder?: URL;
  /**
   * Whether pauses between steps are really waited for. Real phones need them; default false: a pause lasts until the
   * phone has done what it was asked.
   */
  readonly paced?: boolean;
}
