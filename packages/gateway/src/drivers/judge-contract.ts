import { CONTRACT_VERSION } from '@hookswitch/core';
import { minVersion, satisfies, valid, validRange } from 'semver';

/** Which contract a driver was written for, and whether this gateway keeps it. */
export interface ContractJudgement {
  readonly fits: boolean;
  /** The oldest version that it takes: what came later it may not know. Null: what it states is no version. */
  readonly builtFor: string | null;
}

/**
 * Judges what a driver states. A version stands for itself and what is compatible with it (`1.1.0` is `^1.1.0`); a driver that
 * knows several states a range of semver, such as `^1.2 || ^2`. One without a floor (`*`) says nothing and fits nothing.
 */
export function judgeContract(stated: string): ContractJudgement {
  const range = valid(stated) === null ? validRange(stated) : `^${stated}`;
  const builtFor = range === null ? null : (minVersion(range)?.version ?? null);
  if (range === null || builtFor === null || builtFor.startsWith('0.')) return { fits: false, builtFor: null };
  return { fits: satisfies(CONTRACT_VERSION, range), builtFor };
}
