import { type CountryCode, isSupportedCountry } from 'libphonenumber-js/max';
import { z } from 'zod';
import type { DialLimit } from '../policy/dial-limits.ts';
import { emergencyNumbers } from '../policy/emergency-numbers.ts';
import type { NumberRules } from '../policy/judge-number.ts';
import { DAYS, type OfficeHours } from '../policy/office-hours.ts';

const prefix = z.string().regex(/^(?:\+[1-9]\d{0,14}|[0-9*#]{1,20})$/, {
  error: 'it must be a prefix such as +49 or, as it is dialled, 118',
});
const clock = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, { error: 'it must be a time such as 08:00' });
const pattern = z.string().refine(isPattern, { error: 'it must be a regular expression such as [2-4]\\d\\d' });

/** The section `dialling`: without it everything may be dialled. */
export const diallingSection = z.strictObject({
  country: z.string().refine(isSupportedCountry, { error: 'it must be a country such as DE (ISO 3166-1)' }),
  area: z
    .string()
    .regex(/^[1-9]\d{0,5}$/, { error: 'it must be an area code without the trunk prefix, e.g. 30' })
    .optional(),
  outsideLine: z
    .string()
    .regex(/^\d{1,3}$/, { error: 'it must be what is dialled ahead, e.g. 0' })
    .optional(),
  extensions: z.array(pattern).optional(),
  domains: z.array(z.string().min(1)).optional(),
  allow: z.array(prefix).optional(),
  deny: z.array(prefix).optional(),
  emergency: z.array(z.string().regex(/^\d{2,8}$/, { error: 'it must be a number such as 112' })).optional(),
  unknownNumbers: z.enum(['refuse', 'allow']).optional(),
  limits: z
    .array(
      z.strictObject({
        per: z.enum(['key', 'phone', 'tag']),
        tag: z.string().min(1).optional(),
        calls: z.int().min(0),
        within: z.union([z.literal('day'), z.number().min(1).max(86_400)]),
      }),
    )
    .optional(),
  timeZone: z.string().refine(isTimeZone, { error: 'it must be a time zone such as Europe/Berlin' }).optional(),
  hours: z
    .array(z.strictObject({ days: z.array(z.enum(DAYS)).min(1), from: clock, to: clock }))
    .min(1)
    .optional(),
  tones: z.enum(['allow', 'judge']).optional(),
  touch: z.enum(['refuse', 'allow']).optional(),
  unjudgedKeys: z.enum(['allow', 'refuse']).optional(),
});

/** Who may dial what, and when. */
export interface DiallingConfig {
  readonly rules: NumberRules;
  readonly limits: readonly DialLimit[];
  /** When a day begins. */
  readonly timeZone: string;
  readonly hours: OfficeHours | null;
  readonly judgesTones: boolean;
  readonly allowsTouch: boolean;
  /** Whether keys may be pressed that may dial what nobody here can know. */
  readonly allowsUnjudgedKeys: boolean;
}

/** Normalises the section; null: everything may be dialled. */
export function diallingConfig(given: z.infer<typeof diallingSection> | undefined): DiallingConfig | null {
  if (given === undefined) return null;
  const { hours } = given;
  const country = given.country as CountryCode;
  const timeZone = given.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  return {
    rules: {
      country,
      area: given.area ?? null,
      outsideLine: given.outsideLine ?? null,
      extensions: (given.extensions ?? []).map(wholly),
      domains: (given.domains ?? []).map((domain) => domain.toLowerCase()),
      allow: given.allow ?? null,
      deny: given.deny ?? [],
      isEmergency: emergencyNumbers(country, given.emergency),
      unknownNumbers: given.unknownNumbers ?? 'refuse',
    },
    limits: (given.limits ?? []).map(({ per, tag, calls, within }) => ({
      per,
      tag: tag ?? null,
      calls,
      within: within === 'day' ? within : Math.round(within * 1000),
    })),
    timeZone,
    hours:
      hours === undefined
        ? null
        : { timeZone, open: hours.map(({ days, from, to }) => ({ days, from: minutesOf(from), to: minutesOf(to) })) },
    judgesTones: given.tones === 'judge',
    allowsTouch: given.touch === 'allow',
    allowsUnjudgedKeys: given.unjudgedKeys !== 'refuse',
  };
}

function wholly(text: string): RegExp {
  return new RegExp(`^(?:${text})$`);
}

function isPattern(text: string): boolean {
  try {
    wholly(text);
    return true;
  } catch {
    return false;
  }
}

function isTimeZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
