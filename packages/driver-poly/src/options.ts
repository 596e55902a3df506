import { ACCOUNT_URI, accountUris, type DriverOptions } from '@hookswitch/core';
import { z } from 'zod';
import { DESCRIPTIONS } from './options.table.ts';

const accounts = z
  .string()
  .transform(accountUris)
  .pipe(z.array(z.string().regex(ACCOUNT_URI, 'Each as user@host')));
const login = z.string().min(1).max(255).optional();

const schema = z.strictObject({
  accounts: accounts.default([]),
  refForm: z.enum(['0x', 'bare']).default('0x'),
  pushUsername: login,
  pushPassword: login,
});

/** The options of a Poly phone, checked. */
export type PolyOptions = z.output<typeof schema>;

/** How options are checked, and what each does. */
export const options: DriverOptions<PolyOptions> = {
  schema,
  descriptions: DESCRIPTIONS,
  credentials: { push: { username: 'pushUsername', password: 'pushPassword' } },
};
