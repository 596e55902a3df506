/** Who gets a device that several drivers may claim, and why. */
export interface MatchDecision {
  /** A vendor; null: nobody, or it is open between some. */
  readonly vendor: string | null;
  /** For people. */
  readonly reason: string;
}

/** What is decided with. */
export interface Claim {
  readonly vendor: string;
  readonly score: number;
}

/**
 * The highest score wins; among equal ones the vendor that `precedence` names first. Where it names none of them nobody
 * wins: which of two drivers is asked first says nothing of the device.
 * @param claims the highest score first
 * @param fallback a vendor whose driver takes what nobody claims; null: there is none
 */
export function decideMatch(
  claims: readonly Claim[],
  precedence: readonly string[],
  fallback: string | null = null,
): MatchDecision {
  const [best, next] = claims;
  if (best === undefined) {
    const otherwise = fallback === null ? '' : ` As ${fallback} its reports are events, and it takes no commands.`;
    return { vendor: fallback, reason: `No driver knows this device.${otherwise}` };
  }
  if (next === undefined) return { vendor: best.vendor, reason: `Only the driver of ${best.vendor} claims it.` };
  if (best.score > next.score) {
    return {
      vendor: best.vendor,
      reason: `${best.vendor} has the highest score: ${best.score}, and ${next.vendor} ${next.score}.`,
    };
  }
  const equal = claims.filter(({ score }) => score === best.score).map(({ vendor }) => vendor);
  const stated = precedence.find((vendor) => equal.includes(vendor));
  const words = `${equal.join(' and ')} claim it with the same score, ${best.score}`;
  if (stated === undefined) {
    return { vendor: null, reason: `${words}: name its vendor, or state a precedence (driverPrecedence).` };
  }
  return { vendor: stated, reason: `${words}; by the stated precedence it is ${stated}’s.` };
}
