import {
  type Capability,
  type CapabilityMap,
  type Ladder,
  type Outcome,
  type Rung,
  type Transport,
  TransportError,
  unknown,
} from '@hookswitch/core';
import { CASES } from './cases.table.ts';
import type { Situation } from './harness.ts';
import type { MemberCase, Proof, Sample, Scene, ValueOf } from './sample.ts';

/** An outcome, and the proof that the sample demands where it is a success. */
export interface TrialResult {
  readonly outcome: Outcome<unknown>;
  readonly prove: (proof: Omit<Proof<unknown>, 'value'>) => Promise<void>;
}

/** A sample on one rung, its types forgotten. */
export interface Trial {
  readonly name: string;
  readonly situation: Situation;
  readonly mayBeRefused: boolean;
  readonly mayBeRejected: boolean;
  readonly run: (scene: Scene) => Promise<TrialResult>;
}

/** One member of a capability on one rung, with all its samples. */
export interface MemberTrials {
  readonly capability: Capability;
  readonly transport: Transport;
  /** For names: the transport, counted where another rung has the same one, `SIP_NOTIFY (2)`. */
  readonly rung: string;
  readonly member: string;
  readonly reads: boolean;
  readonly vanishes: boolean;
  readonly repeatable: boolean;
  readonly trials: readonly Trial[];
}

/** The members of a capability, by the table of cases. */
export function membersOf<Name extends Capability>(capability: Name): readonly (keyof CapabilityMap[Name] & string)[] {
  return Object.keys(CASES[capability]) as (keyof CapabilityMap[Name] & string)[];
}

/** All that is to be tried on the rung at that place of a ladder. */
export function trialsOn<Name extends Capability>(
  capability: Name,
  rungs: readonly Rung<Name>[],
  place: number,
): readonly MemberTrials[] {
  const rung = rungs[place];
  if (rung === undefined) return [];
  const label = labelsOf(rungs)[place] ?? rung.transport;
  return membersOf(capability).map((member) => ({ ...memberTrials(capability, rung, member), rung: label }));
}

/** The rungs of a ladder by their transports, counted where one is there several times: `SIP_NOTIFY (2)`. */
export function labelsOf(rungs: readonly { readonly transport: Transport }[]): readonly string[] {
  return rungs.map(({ transport }, place) => {
    const before = rungs.slice(0, place).filter((other) => other.transport === transport).length;
    return before === 0 ? transport : `${transport} (${before + 1})`;
  });
}

function memberTrials<Name extends Capability, Member extends keyof CapabilityMap[Name] & string>(
  capability: Name,
  rung: Rung<Name>,
  member: Member,
): Omit<MemberTrials, 'rung'> {
  const found: MemberCase<CapabilityMap[Name], ValueOf<CapabilityMap[Name][Member]>> = CASES[capability][member];
  const { reads = false, vanishes = false, repeatable = false, samples } = found;
  const { transport } = rung;
  return {
    capability,
    transport,
    member,
    reads,
    vanishes,
    repeatable,
    trials: samples.map((sample) => trialOf(sample, rung)),
  };
}

/** A sample on the object that has its members. */
export function trialOf<Members, Value>(sample: Sample<Members, Value>, rung: Members): Trial {
  const { name, situation, mayBeRefused = false, mayBeRejected = false } = sample;
  return {
    name,
    situation,
    mayBeRefused,
    mayBeRejected,
    run: async (scene) => {
      const outcome = await outcomeOf(() => sample.run(rung, scene));
      return {
        outcome,
        prove: async (proof) => {
          if (outcome.status === 'ACCEPTED' || outcome.status === 'CONFIRMED') {
            await sample.proof?.({ ...proof, value: outcome.value });
          }
        },
      };
    },
  };
}

/** A driver need not catch what its transport throws: whoever runs it turns that into an outcome. */
async function outcomeOf<Value>(run: () => Promise<Outcome<Value>>): Promise<Outcome<Value>> {
  try {
    return await run();
  } catch (error) {
    if (TransportError.is(error)) return error.outcome;
    if (error instanceof Error && /^(?:Abort|Timeout)Error$/.test(error.name))
      return unknown('Its time ran out between two steps.');
    throw error;
  }
}

/** Whether a transport speaks SIP; the others speak HTTP. */
export function isSip({ transport }: Pick<MemberTrials, 'transport'>): boolean {
  return transport === 'UACSTA' || transport.startsWith('SIP_');
}

/** The rungs of a ladder as one list. */
export function rungsOf<Name extends Capability>(ladder: Ladder<Name> | undefined): readonly Rung<Name>[] {
  return ladder ?? [];
}
