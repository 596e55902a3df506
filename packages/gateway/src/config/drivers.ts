import { z } from 'zod';

/**
 * An entry of `drivers`: a driver's package or path, or that with where it runs, how much memory it may have, and whether it is
 * loaded again when its files change.
 */
export const driverChoice = z.union([
  z.string().min(1),
  z
    .strictObject({
      name: z.string().min(1),
      isolation: z.enum(['worker', 'none']).optional(),
      memoryMb: z.int().min(32).max(4_096).optional(),
      watch: z.boolean().optional(),
    })
    .refine(({ isolation, watch }) => isolation !== 'none' || watch !== true, {
      error: 'a driver that is watched runs in a worker: leave `isolation: none` out',
    }),
]);
