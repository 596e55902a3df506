import type {
  ActionUrl,
  ActionUrlReport,
  Capability,
  CapabilityMap,
  DriverContext,
  KnownCall,
  Outcome,
} from '@hookswitch/core';
import type { Recorder } from '../virtual/index.ts';
import type { PhoneObservation, PhoneUnderTest, RunningPhone, Situation, VendorSamples } from './harness.ts';

/** All that a sample may use to run its command. */
export interface Scene {
  readonly context: DriverContext;
  /** The phone's calls, oldest first. */
  readonly calls: readonly KnownCall[];
  readonly phone: RunningPhone;
  readonly samples: VendorSamples;
  /** URLs for all settings of the phone; those that are for tests only stand apart. */
  readonly actionUrls: { readonly offered: readonly ActionUrl[]; readonly testOnly: readonly ActionUrl[] };
}

/** What there is to see once a command was obeyed. */
export interface Proof<Value> {
  readonly value: Value;
  readonly before: PhoneObservation;
  readonly after: PhoneObservation;
  readonly scene: Scene;
  readonly profile: Pick<PhoneUnderTest, 'model' | 'firmware' | 'mac'>;
  /** What the phone reported so far, and whether a report is of an event. */
  readonly reports: Recorder<ActionUrlReport>;
  readonly isReport: (report: ActionUrlReport, event: string) => boolean;
}

/** One command, or one reading, by which a capability is tried. */
export interface Sample<Members, Value> {
  /** For the name of the case: `a number`. */
  readonly name: string;
  readonly situation: Situation;
  readonly run: (rung: Members, scene: Scene) => Promise<Outcome<Value>>;
  /** Whether a driver may say INVALID_ARGUMENT to it, before any traffic: not every vendor takes that value. */
  readonly mayBeRefused?: true;
  /** Whether the phone may refuse it where the driver passed it on, PHONE_REJECTED: what it takes only the phone may know. */
  readonly mayBeRejected?: true;
  /** Throws where the phone is not as the command wished, or the value is wrong. */
  readonly proof?: (proof: Proof<Value>) => void | Promise<void>;
}

/** How one member of a capability is tried. The first sample is the one that is tried with faults, too. */
export interface MemberCase<Members, Value> {
  /** It changes nothing at the phone, so that a lost reply is a plain failure. */
  readonly reads?: true;
  /** The phone goes away while it answers: UNKNOWN is an honest outcome of success. */
  readonly vanishes?: true;
  /** Given again, even after half of it was done, it does no harm: a failure in a later step may invite to that. */
  readonly repeatable?: true;
  readonly samples: readonly [Sample<Members, Value>, ...Sample<Members, Value>[]];
}

/** What a member gives back where it succeeds. */
export type ValueOf<Member> = Member extends (...inputs: never[]) => Promise<infer Result>
  ? Extract<Result, { readonly status: 'ACCEPTED' }> extends { readonly value: infer Value }
    ? Value
    : never
  : never;

/** How a capability is tried: every member of it has its samples. */
export type CapabilityCase<Name extends Capability> = {
  readonly [Member in keyof CapabilityMap[Name]]: MemberCase<CapabilityMap[Name], ValueOf<CapabilityMap[Name][Member]>>;
};

/** How each capability is tried. A capability of the contract that has no case here does not compile. */
export type ConformanceCases = { readonly [Name in Capability]: CapabilityCase<Name> };
