import type { ActionUrls } from './action-urls.ts';
import type { CallMonitor } from './call-monitor.ts';
import type { Ladders } from './capabilities.ts';
import type { ActionUrl } from './commands.ts';
import type { DriverContext, HttpRequest, PhoneProfile } from './context.ts';
import type { PhoneKey } from './keys.ts';
import type { DriverOptions } from './options.ts';
import type { FindingSeverity } from './vocabulary.ts';

/** The version of this contract, semver: a driver of another major version, or of a later minor one, is refused. */
export const CONTRACT_VERSION = '1.4.0';

/** A model of the vendor's. */
export interface DriverModel {
  readonly model: string;
  /** How many programmable keys it has of its own; null: not known. */
  readonly functionKeys: number | null;
}

/** What is known of a device that somebody wants to add. */
export interface DeviceEvidence {
  readonly mac: string | null;
  /** What somebody said that it is. */
  readonly model: string | null;
  /** Replies to the drivers' probes, and to `GET /`. */
  readonly replies: readonly {
    readonly target: string;
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly text: string;
  }[];
}

/** Whether the device is one of the driver's. */
export interface Identification {
  /** 0: not one of mine. 100: certain. */
  readonly score: number;
  /** For people: why. */
  readonly reasons: readonly string[];
  readonly model: string | null;
  readonly firmware: string | null;
  readonly mac: string | null;
}

/** Something that stands in the way, or not, and what to do about it. */
export interface Finding {
  /** Stable, in capitals, e.g. `HIDDEN_TAGS_ON`. */
  readonly code: string;
  readonly severity: FindingSeverity;
  readonly message: string;
  /** What to do, in words; null where all is well. */
  readonly fix: string | null;
}

/** A provisioning file. */
export interface ProvisioningText {
  readonly mediaType: string;
  readonly text: string;
}

/** What a provisioning file is made for. */
export interface ProvisioningRequest<Options = unknown> {
  readonly phone: PhoneProfile<Options>;
  readonly actionUrls: readonly ActionUrl[];
  /** The gateway's own host as phones see it, for allow lists. */
  readonly gatewayHost: string;
}

/**
 * A vendor's driver: one exported value, made by {@link defineDriver}. All of it is pure but for what goes through the
 * {@link DriverContext}; it opens no socket and keeps no state.
 */
export interface Driver<Options = unknown> {
  /** `snom`, `yealink`, …: lower case, also the prefix of the vendor's own keys. */
  readonly vendor: string;
  /** For people. */
  readonly name: string;
  /** The package's version. */
  readonly version: string;
  /** The {@link CONTRACT_VERSION} that it was written for. */
  readonly contractVersion: string;
  readonly models: readonly DriverModel[];
  readonly options: DriverOptions<Options>;
  /** Reading requests whose replies tell the vendor's devices from others. */
  readonly probes: readonly HttpRequest[];
  identify(evidence: DeviceEvidence): Identification;
  /** What this phone can do, and how. Asked again whenever the phone's profile changes. */
  capabilitiesFor(phone: PhoneProfile<Options>): Ladders;
  readonly actionUrls: ActionUrls<Options>;
  /**
   * The keys that such a phone has of its own, by their common names, for whoever draws it: {@link listKeys} makes the
   * list. Where it takes keys from afar, it takes these. Keys of a family whose number is not known, and those of
   * expansion modules, of which nobody says how many there are, are left out. Asked again whenever the phone's profile
   * changes. Left out: the driver does not tell. Since 1.4 of the contract.
   */
  keysOf?(phone: PhoneProfile<Options>): readonly PhoneKey[];
  /**
   * How this phone is listened to for its calls beside its action URLs. Asked again whenever the phone's profile changes.
   * Left out: the vendor's phones have no such way. Since 1.1 of the contract.
   * @returns null where this phone has none, or its options do not ask for it
   */
  monitor?(phone: PhoneProfile<Options>): CallMonitor<Options> | null;
  /** What a phone must be given so that control and events work; null: the vendor has no such file. */
  provisioning(request: ProvisioningRequest<Options>): ProvisioningText | null;
  /** Looks for what silently blocks control. Reads only. */
  diagnose(context: DriverContext<Options>): Promise<readonly Finding[]>;
  /**
   * Whether this name of a key does what another command does (`yealink:Reset` is `factoryReset`): it is refused as a
   * key, since it would get round that command's policy.
   */
  isCommandKey(name: string): boolean;
}

/** Declares a driver. Its only work is done by the compiler. */
export function defineDriver<Options>(driver: Driver<Options>): Driver<Options> {
  return driver;
}
