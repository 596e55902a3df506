import { z } from 'zod';

/** An entry of `drivers`: a driver's package or path, or that with where it runs and how much memory it may have. */
export const driverChoice = z.union([
  z.string().min(1),
  z.strictObject({
    name: z.string().min(1),
    isolation: z.enum(['worker', 'none']).optional(),
    memoryMb: z.int().min(32).max(4_096).optional(),
  }),
]);
