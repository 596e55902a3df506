import type { PhoneClaims } from '../claims/claim.ts';
import type { CaseKind } from '../conformance/runner.ts';

/** How far a driver is proved, from the least on. Each tier holds what the ones before it hold. */
export const TIERS = ['BRONZE', 'SILVER', 'GOLD', 'PLATINUM'] as const;
/** One of {@link TIERS}. */
export type Tier = (typeof TIERS)[number];

/** What a tier is computed from. */
export interface TierFacts {
  /** How many cases of the suite have failed, by their kind. */
  readonly failed: Readonly<Record<CaseKind, number>>;
  readonly phones: readonly PhoneClaims[];
  /** Whether the package exports its virtual phone. */
  readonly hasVirtualPhone: boolean;
}

/** A tier, and what stands in the way of the next one. */
export interface TierVerdict {
  /** Null: not even bronze. */
  readonly tier: Tier | null;
  /** In words; null where there is no next one. */
  readonly missing: string | null;
}

/** The least part of what is claimed for which GOLD wants a source. */
const DOCUMENTED_PART = 0.5;

/** What a tier demands beyond the one before it, and what to say where it is not so. */
const CRITERIA: Readonly<Record<Tier, readonly ((facts: TierFacts) => string | null)[]>> = {
  BRONZE: [
    ({ failed: { ACTION_URL: _, FAULT: __, ...other } }) =>
      failuresIn('cases of an obeying phone', sum(Object.values(other))),
  ],
  SILVER: [
    ({ failed }) => failuresIn('cases of action URLs', failed.ACTION_URL),
    ({ failed }) => failuresIn('cases in which something goes wrong', failed.FAULT),
  ],
  GOLD: [
    ({ hasVirtualPhone }) => (hasVirtualPhone ? null : 'the package exports no virtual phone as ./virtual'),
    ({ phones }) => {
      const part = documentedPart(phones);
      return part >= DOCUMENTED_PART
        ? null
        : `${Math.floor(part * 100)} % of what is claimed has a source; 50 % are needed`;
    },
  ],
  PLATINUM: [
    ({ phones }) => {
      const lacking = unverifiedCapabilities(phones);
      return lacking.length === 0 ? null : `no recording of a real phone proves ${lacking.join(', ')}`;
    },
  ],
};

/** Computes how far a driver is proved. */
export function tierOf(facts: TierFacts): TierVerdict {
  let tier: Tier | null = null;
  for (const next of TIERS) {
    const missing = CRITERIA[next].map((criterion) => criterion(facts)).filter((words) => words !== null);
    if (missing.length > 0) return { tier, missing: `${next}: ${missing.join('; ')}` };
    tier = next;
  }
  return { tier, missing: null };
}

function failuresIn(what: string, count: number): string | null {
  return count === 0 ? null : `${count} ${what} fail`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Of the capabilities of all phones, the part that has at least one way with a source. */
function documentedPart(phones: readonly PhoneClaims[]): number {
  const claimed = phones.flatMap(({ claims }) => {
    const names = new Set(claims.map(({ capability }) => capability));
    return [...names].map((name) =>
      claims.some(({ capability, evidence }) => capability === name && evidence !== 'ASSUMED'),
    );
  });
  return claimed.length === 0 ? 0 : claimed.filter(Boolean).length / claimed.length;
}

function unverifiedCapabilities(phones: readonly PhoneClaims[]): readonly string[] {
  const claims = phones.flatMap((phone) => phone.claims);
  const verified = new Set(claims.flatMap(({ capability, evidence }) => (evidence === 'VERIFIED' ? [capability] : [])));
  return [...new Set(claims.map(({ capability }) => capability))].filter((name) => !verified.has(name));
}
