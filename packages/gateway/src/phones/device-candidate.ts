import type { Identification } from '@hookswitch/core';
import type { MatchDecision } from './decide-match.ts';

/** Where `identifyDevice` asks, and with which login. */
export interface DeviceAt {
  readonly address: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

/** What a driver makes of a device that need not be registered. */
export interface DeviceCandidate extends Identification {
  /** Of its driver. */
  readonly vendor: string;
}

/** Who claims a device, the likeliest first, and who gets it. */
export interface DeviceMatch {
  readonly candidates: readonly DeviceCandidate[];
  readonly match: MatchDecision;
}
