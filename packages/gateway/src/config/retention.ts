import { z } from 'zod';
import type { RetentionLimits } from '../store/retention.ts';

const days = z.number().min(1).max(100_000);
const aged = z.strictObject({ days: days.optional() });

/** The section `retention` of the configuration file. */
export const retentionSection = z.strictObject({
  events: z
    .strictObject({ days: days.optional(), gigabytes: z.number().min(0.1).max(1_000_000).optional() })
    .optional(),
  calls: aged.optional(),
  commands: aged.optional(),
  audit: aged.optional(),
});

const DAY_MS = 24 * 3_600_000;
const GIGABYTE = 1_000_000_000;

/** The section with its defaults: what is not said is kept for ever. */
export function retentionConfig(section: z.infer<typeof retentionSection> | undefined): RetentionLimits {
  const { events, calls, commands, audit } = section ?? {};
  const age = (given: number | undefined) => (given === undefined ? null : Math.round(given * DAY_MS));
  return {
    events: {
      maxAgeMs: age(events?.days),
      maxBytes: events?.gigabytes === undefined ? null : Math.round(events.gigabytes * GIGABYTE),
    },
    calls: { maxAgeMs: age(calls?.days) },
    commands: { maxAgeMs: age(commands?.days) },
    audit: { maxAgeMs: age(audit?.days) },
  };
}
