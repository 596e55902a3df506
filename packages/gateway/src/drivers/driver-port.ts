import type {
  ActionUrlReport,
  ActionUrlSetting,
  CallMonitor,
  DeviceEvidence,
  Driver,
  DriverContext,
  DriverOptions,
  Finding,
  Identification,
  Ladders,
  ParsedReport,
  PhoneKey,
  PhoneProfile,
  ProvisioningRequest,
  ProvisioningText,
  StandardResult,
} from '@hookswitch/core';
import type { DriverProof } from './driver-proof.ts';

/** At once, or later: a driver in this thread answers the hot path without a turn of the event loop. */
export type Awaitable<Value> = Value | Promise<Value>;

/** Where a driver runs: in the gateway's own thread, or in a worker. */
export const DRIVER_ISOLATIONS = ['NONE', 'WORKER'] as const;
/** One of {@link DRIVER_ISOLATIONS}. */
export type DriverIsolation = (typeof DRIVER_ISOLATIONS)[number];

/** How a driver stands. RESTARTING: its worker was ended, and another one is started soon. BROKEN: it was not loaded. */
export const DRIVER_STATES = ['RUNNING', 'RESTARTING', 'BROKEN'] as const;
/** One of {@link DRIVER_STATES}. */
export type DriverState = (typeof DRIVER_STATES)[number];

/** How a driver stands, and what is wrong with it. */
export interface DriverHealth {
  readonly state: DriverState;
  readonly isolation: DriverIsolation;
  /** Why it was not loaded, or why its worker was ended last; null: never. */
  readonly fault: string | null;
  /** How many workers took the place of one that was ended. */
  readonly restarts: number;
}

/** All that a driver says of one phone, asked for when the phone's profile changes. */
export interface PhoneAbilities {
  readonly ladders: Ladders;
  readonly actionUrlSettings: readonly ActionUrlSetting[];
  readonly monitor: CallMonitor | null;
  /** The keys that it has of its own; null: its driver does not tell. */
  readonly keys: readonly PhoneKey[] | null;
}

/**
 * A driver as the gateway uses it, wherever it runs. What is known from the start is data; every function may throw
 * {@link DriverFault}, and none keeps the gateway waiting beyond its deadline.
 */
export interface DriverPort
  extends Pick<Driver, 'vendor' | 'name' | 'version' | 'contractVersion' | 'models' | 'probes'> {
  readonly options: Pick<DriverOptions<unknown>, 'descriptions' | 'credentials'>;
  readonly maxUrlLength: number | null;
  /** What each of `models` can do, in its order. */
  readonly modelLadders: readonly Ladders[];
  /** What its package proves of it; null or left out: nothing, or what is not true any more. */
  readonly proof?: DriverProof | null;
  health(): DriverHealth;
  validate(options: Readonly<Record<string, string>>): Promise<StandardResult<unknown>>;
  identify(evidence: DeviceEvidence): Awaitable<Identification>;
  abilities(profile: PhoneProfile): Awaitable<PhoneAbilities>;
  /** On the hot path: a driver in this thread answers at once. */
  parse(report: ActionUrlReport, profile: PhoneProfile): Awaitable<ParsedReport | null>;
  provisioning(request: ProvisioningRequest): Awaitable<ProvisioningText | null>;
  diagnose(context: DriverContext): Promise<readonly Finding[]>;
  isCommandKey(name: string): Awaitable<boolean>;
  /** Called each time when it is there again after a fault: what it could not answer may be asked again. */
  onRecovered(listener: () => void): void;
  /** Called when it has been loaded anew, and waited for: what it said of phones may be otherwise now. Left out: it never is. */
  onReloaded?(listener: () => Promise<void>): void;
  /**
   * Nothing new is given to it. Resolves when nothing is under way any more, at the earliest after that time. Left out: at
   * once.
   */
  retire?(graceMs: number): Promise<void>;
  /** Ends what it runs in. */
  close(): Promise<void>;
}

/** A driver threw, did not answer, or is not there. The message is for people and holds nothing that the driver said. */
export class DriverFault extends Error {
  /** Whether it may be there again soon. */
  readonly retryable: boolean;

  constructor(message: string, options: ErrorOptions & { readonly retryable: boolean }) {
    super(message, options);
    this.name = 'DriverFault';
    this.retryable = options.retryable;
  }
}
