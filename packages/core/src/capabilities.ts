import type { CommandName, Commands } from './commands.ts';
import type { DriverContext } from './context.ts';
import type { Outcome } from './outcome.ts';
import type { Party } from './party.ts';
import type { CallDirection, CallState, Capability, Evidence, PhoneFeature, Transport } from './vocabulary.ts';

/** Runs one command on one transport. Called at most once for a command, on the phone's own lane. */
type Run<Name extends CommandName, Value = undefined> = (
  command: Commands[Name],
  context: DriverContext,
) => Promise<Outcome<Value>>;

/** Reads something from the phone, now; it changes nothing there. */
type Read<Value> = (context: DriverContext) => Promise<Outcome<Value>>;

/** The display as a picture. */
export interface PhoneScreen {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** An account of the phone; `account` counts from 1. Null: the phone does not tell. */
export interface PhoneAccount {
  readonly account: number;
  readonly user: string | null;
  readonly host: string | null;
  readonly displayName: string | null;
  readonly label: string | null;
  readonly enabled: boolean | null;
  readonly registered: boolean | null;
}

/** A switch as it was read. */
export interface FeatureReading {
  readonly feature: PhoneFeature;
  readonly enabled: boolean;
  readonly target: string | null;
}

/** What a phone tells of itself. */
export interface PhoneInfo {
  readonly mac: string | null;
  readonly model: string | null;
  readonly firmware: string | null;
  readonly accounts: readonly PhoneAccount[];
  readonly features: readonly FeatureReading[];
}

/** A setting as it was read. `value` null: it is a secret. `writable` null: the phone does not tell. */
export interface Setting {
  readonly name: string;
  readonly value: string | null;
  readonly writable: boolean | null;
}

/** A call that the phone says it has now. */
export interface SnapshotCall {
  /** By the name of the variable in action URLs, e.g. `csta_id`. */
  readonly vendorIds: Readonly<Record<string, string>>;
  readonly state: CallState;
  readonly direction: CallDirection | null;
  readonly remote: Party;
  readonly local: Party;
}

/** All calls of the phone at one moment. */
export interface CallSnapshot {
  readonly calls: readonly SnapshotCall[];
}

/**
 * What each capability consists of. **The object is the flag**: a driver that returns an implementation has the
 * capability; one half implemented does not compile, and neither does one that the conformance suite does not know.
 */
export interface CapabilityMap {
  readonly PRESS_KEYS: { readonly pressKeys: Run<'pressKeys'> };
  readonly TOUCH: { readonly touch: Run<'touch'> };
  readonly DIAL: { readonly dial: Run<'dial'> };
  readonly ANSWER: { readonly answer: Run<'answer'> };
  readonly HANG_UP: { readonly hangUp: Run<'hangUp'> };
  readonly HANG_UP_ALL: { readonly hangUpAll: Run<'hangUpAll'> };
  readonly REJECT: { readonly reject: Run<'reject'> };
  readonly DEFLECT: { readonly deflect: Run<'deflect'> };
  readonly HOLD: { readonly setHold: Run<'setHold'> };
  readonly MUTE: { readonly setMuted: Run<'setMuted'> };
  readonly DTMF: { readonly sendDtmf: Run<'sendDtmf'> };
  readonly TRANSFER_BLIND: { readonly transfer: Run<'transfer'> };
  readonly TRANSFER_ATTENDED: {
    readonly transfer: Run<'transfer'>;
    readonly completeTransfer: Run<'completeTransfer'>;
    readonly cancelTransfer: Run<'cancelTransfer'>;
  };
  readonly CONFERENCE: { readonly conference: Run<'conference'> };
  readonly DO_NOT_DISTURB: { readonly setDoNotDisturb: Run<'setDoNotDisturb'> };
  readonly FORWARDING: { readonly setForwarding: Run<'setForwarding'> };
  readonly LED: { readonly setLed: Run<'setLed'> };
  readonly CONFIGURE_KEYS: { readonly configureKey: Run<'configureKey'> };
  readonly DISPLAY: { readonly pushXml: Run<'pushXml'>; readonly showMessage: Run<'showMessage'> };
  readonly SCREEN: { readonly screen: Read<PhoneScreen> };
  readonly RINGTONE: { readonly playRingtone: Run<'playRingtone'> };
  readonly PHONE_INFO: { readonly phoneInfo: Read<PhoneInfo> };
  readonly READ_SETTINGS: {
    /**
     * `names` left out: all that the phone is willing to tell. A name that it does not know is left out, be it that the phone
     * answers so: that reply alone means it, every other refusal of the phone is a failure.
     */
    readonly settings: (
      names: readonly string[] | undefined,
      context: DriverContext,
    ) => Promise<Outcome<readonly Setting[]>>;
  };
  readonly WRITE_SETTINGS: { readonly writeSettings: Run<'writeSettings'> };
  /** The value: settings that cannot be read back, so that nobody knows what they hold now. */
  readonly ACTION_URLS: {
    readonly configureActionUrls: Run<'configureActionUrls', { readonly unreadable: readonly string[] }>;
  };
  /**
   * Provokes the harmless event `EVENT_PATH_TESTED`; whoever runs the driver waits for it. A phone without such an event
   * is made to fetch a document that was published with `provesEventPath`.
   */
  readonly VERIFY_EVENTS: { readonly verifyEventPath: Run<'verifyEventPath'> };
  readonly CALL_SNAPSHOT: { readonly refreshCalls: Run<'refreshCalls', CallSnapshot> };
  readonly REBOOT: { readonly reboot: Run<'reboot'> };
  readonly FACTORY_RESET: { readonly factoryReset: Run<'factoryReset'> };
  readonly PROVISION: { readonly provision: Run<'provision'> };
  readonly UPGRADE_FIRMWARE: { readonly upgradeFirmware: Run<'upgradeFirmware'> };
  readonly LOG_OFF: { readonly logOff: Run<'logOff'> };
  readonly REREGISTER: { readonly reregister: Run<'reregister'> };
  readonly CLEAR_CALL_LISTS: { readonly clearCallLists: Run<'clearCallLists'> };
}

/** Several lights of one phone in one request, where a way has room for more than one. */
export interface LedsTogether {
  /**
   * Whether this light may go with others. One that may not is given alone, and refused there where it is wrong. Drivers
   * answer at once; the gateway awaits it, since a driver may run in a thread of its own.
   */
  readonly takes: (command: Commands['setLed']) => boolean | Promise<boolean>;
  /**
   * Sets lights that all were taken, each with what `setLed` would set. One request: the outcome holds for each light. After
   * NOT_HERE they are given one by one.
   */
  readonly setLeds: (commands: readonly Commands['setLed'][], context: DriverContext) => Promise<Outcome>;
}

/** One way to serve a capability: its implementation on one transport, and how that is known. */
export type Rung<Name extends Capability = Capability> = CapabilityMap[Name] & {
  readonly transport: Transport;
  readonly evidence: Evidence;
  /** Where the evidence comes from: a manual's page, a recorded exchange. Null only where it is ASSUMED. */
  readonly source: string | null;
  /** For a rung of LED that has room for several lights in one request. Since 1.2 of the contract. */
  readonly together?: LedsTogether | undefined;
};

/** The ways to serve a capability on one phone, best first. Never empty: without a way there is no ladder. */
export type Ladder<Name extends Capability = Capability> = readonly [Rung<Name>, ...Rung<Name>[]];

/** What one phone can do. */
export type Ladders = { readonly [Name in Capability]?: Ladder<Name> };
