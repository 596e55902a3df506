import { z } from 'zod';
import type { CloseLimits } from '../calls/close-rules.ts';

/** The section `calls` of the configuration file. */
export const callsSection = z.strictObject({
  askSeconds: z.number().min(0).max(3600).optional(),
  ringLimitSeconds: z.number().min(10).max(3600).optional(),
  callLimitHours: z.number().min(0.1).max(1000).optional(),
});

/** When a call that no event of its phone ends is closed, in milliseconds. */
export interface CallsConfig extends CloseLimits {
  /** A phone that can be asked is asked when it has not reported on a call for so long; 0: never. */
  readonly askMs: number;
}

/** The section with its defaults. */
export function callsConfig(section: z.infer<typeof callsSection>): CallsConfig {
  const { askSeconds = 10, ringLimitSeconds = 180, callLimitHours = 12 } = section;
  return {
    askMs: Math.round(askSeconds * 1000),
    ringMs: Math.round(ringLimitSeconds * 1000),
    callMs: Math.round(callLimitHours * 3_600_000),
  };
}
