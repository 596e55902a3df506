import { CONTRACT_VERSION } from '@hookswitch/core';
import { minVersion, satisfies, valid, validRange } from 'semver';

/** What is wrong with the contract that a driver states; null: nothing. */
export type ContractFault = { readonly code: 'E202' | 'E204'; readonly message: string } | null;

/**
 * Judges the contract that a driver states as the gateway does: a version stands for all that is compatible with it, a driver that
 * knows several states a range of semver.
 */
export function contractFault(stated: string): ContractFault {
  const range = valid(stated) === null ? validRange(stated) : `^${stated}`;
  if (range === null) return { code: 'E204', message: `"${stated}" is neither a version nor a range of semver` };
  const oldest = minVersion(range);
  if (oldest === null || oldest.major < 1)
    return { code: 'E204', message: `"${stated}" says not which contract it is for` };
  if (isEndless(range)) return { code: 'E204', message: `"${stated}" admits contracts that nobody has seen yet` };
  if (satisfies(CONTRACT_VERSION, range)) return null;
  return { code: 'E202', message: `it is for contract ${stated}; this kit has ${CONTRACT_VERSION}` };
}

/** Whether a range goes on for ever, and so admits versions that nobody has seen yet. */
export function isEndless(range: string): boolean {
  return satisfies(`${Number.MAX_SAFE_INTEGER}.0.0`, range);
}
