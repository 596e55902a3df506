import { join } from 'node:path';
import { z } from 'zod';

/** The section `spool` of the configuration file. */
export const spoolSection = z.strictObject({
  dir: z.string().min(1).optional(),
  maxMegabytes: z.int().min(1).max(1_000_000).optional(),
});

/** Where events are kept while the store does not take them. */
export interface SpoolConfig {
  readonly dir: string;
  /** All that its files may take on disk. */
  readonly maxBytes: number;
}

/** The section with its defaults. */
export function spoolConfig(section: z.infer<typeof spoolSection> | undefined, dataDir: string): SpoolConfig {
  const { dir = join(dataDir, 'spool'), maxMegabytes = 64 } = section ?? {};
  return { dir, maxBytes: maxMegabytes * 1024 * 1024 };
}
