import { type NumberPlan, type Reading, readDialled, readingsOf } from './read-number.ts';

/** Which numbers may be called. */
export interface NumberRules extends NumberPlan {
  /** Numbers inside, each matched as a whole; they pass whatever else is configured. */
  readonly extensions: readonly RegExp[];
  /** Hosts of SIP URIs that are the own PBX, in lower case. */
  readonly domains: readonly string[];
  /** Prefixes, `+49` or as dialled; null: all. */
  readonly allow: readonly string[] | null;
  /** Prefixes, `+49900` or as dialled, e.g. `118`. They win over `allow`. */
  readonly deny: readonly string[];
  /** Always pass. */
  readonly isEmergency: (number: string) => boolean;
  /** What becomes of numbers that no numbering plan has room for. */
  readonly unknownNumbers: 'refuse' | 'allow';
}

/** A rule that a number breaks, for people too. */
export interface Broken {
  /** Stable: `dialling.deny:+49900`. */
  readonly rule: string;
  readonly message: string;
}

/** What a number is, or what forbids it. */
export type Judgement = { readonly number: 'EMERGENCY' | 'INSIDE' | 'OUTSIDE' } | Broken;

/**
 * Whether a number may be called from a phone.
 * @param host the host of the phone's own SIP URI: it is the own PBX too
 */
export function judgeNumber(given: string, rules: NumberRules, host: string | null = null): Judgement {
  const dialled = readDialled(given);
  if (dialled.kind === 'unreadable') return UNREADABLE;
  if (dialled.host !== null && dialled.host !== host && !rules.domains.includes(dialled.host)) {
    return { rule: 'dialling.domains', message: 'It leads to another domain than those of the operator’s policy.' };
  }
  const { text } = dialled;
  if (isEmergency(text, rules)) return { number: 'EMERGENCY' };
  if (rules.extensions.some((pattern) => pattern.test(text))) return { number: 'INSIDE' };
  const readings = readingsOf(text, rules);
  const denied = deniedBy(text, readings, rules.deny);
  if (denied !== null) return denied;
  const [likeliest] = readings;
  if (likeliest === undefined) return UNREADABLE;
  const { allow } = rules;
  if (allow !== null && !allow.some((prefix) => covers(prefix, text, likeliest))) return NOT_ALLOWED;
  return likeliest.exists || rules.unknownNumbers === 'allow' ? { number: 'OUTSIDE' } : UNREADABLE;
}

/** Whether digits may be typed of which more may follow: null where nothing forbids them yet. */
export function judgeBeginning(text: string, rules: NumberRules): Broken | null {
  if (isEmergency(text, rules) || rules.extensions.some((pattern) => pattern.test(text))) return null;
  const readings = readingsOf(text, rules);
  const denied = deniedBy(text, readings, rules.deny);
  if (denied !== null) return denied;
  const [likeliest] = readings;
  // Once it is a number it may be dialled without another key.
  if (likeliest?.exists !== true || rules.allow === null) return null;
  return rules.allow.some((prefix) => covers(prefix, text, likeliest)) ? null : NOT_ALLOWED;
}

/** Whether a number that may be a longer one than was meant could be called: null where nothing speaks against it. */
export function judgePossible(text: string, rules: NumberRules): Broken | null {
  const { allow, deny, extensions } = rules;
  if (isEmergency(text, rules) || extensions.some((pattern) => pattern.test(text))) return null;
  const readings = readingsOf(text, rules);
  const denied = deniedBy(text, readings, deny);
  const [likeliest] = readings;
  if (denied !== null || likeliest === undefined || allow === null) return denied;
  return allow.some((prefix) => covers(prefix, text, likeliest)) ? null : NOT_ALLOWED;
}

/** With the outside line dialled ahead too, once. */
function isEmergency(text: string, { isEmergency: isOne, outsideLine }: NumberRules): boolean {
  return isOne(text) || (outsideLine !== null && text.startsWith(outsideLine) && isOne(text.slice(outsideLine.length)));
}

function deniedBy(text: string, readings: readonly Reading[], deny: readonly string[]): Broken | null {
  const prefix = deny.find((one) => readings.some((reading) => covers(one, text, reading)) || covers(one, text, null));
  if (prefix === undefined) return null;
  return {
    rule: `dialling.deny:${prefix}`,
    message: `The operator’s policy forbids numbers that begin with ${prefix}.`,
  };
}

function covers(prefix: string, text: string, reading: Reading | null): boolean {
  return prefix.startsWith('+') ? (reading?.e164.startsWith(prefix) ?? false) : text.startsWith(prefix);
}

const NOT_ALLOWED: Broken = {
  rule: 'dialling.allow',
  message: 'It begins with no prefix that the operator’s policy allows.',
};

/** Nobody can say what a phone, or the PBX behind it, would make of it. */
export const UNREADABLE: Broken = {
  rule: 'dialling.unreadable',
  message: 'It is neither an extension of the operator’s policy nor a number of any numbering plan.',
};
