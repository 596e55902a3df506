import type { DriverOptions } from '@hookswitch/core';
import { z } from 'zod';

const schema = z.strictObject({
  dialPrefix: z.string().regex(/^\d*$/, 'Digits').default(''),
});

/** The options of an Acme phone, checked. */
export type AcmeOptions = z.output<typeof schema>;

/** How options are checked, and what each does. */
export const options: DriverOptions<AcmeOptions> = {
  schema,
  descriptions: {
    dialPrefix: 'Digits that are put before a number that is dialled, such as 0 for an outside line. Default none.',
  },
};
