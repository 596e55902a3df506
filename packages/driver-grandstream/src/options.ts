import { ACCOUNT_URI, accountUris, type DriverOptions } from '@hookswitch/core';
import { z } from 'zod';

const accounts = z
  .string()
  .transform(accountUris)
  .pipe(z.array(z.string().regex(ACCOUNT_URI, 'Each as user@host')));

const schema = z.strictObject({
  accounts: accounts.default([]),
  poundKey: z.enum(['POUND', '%23']).default('POUND'),
});

/** The options of a Grandstream phone, checked. */
export type GrandstreamOptions = z.output<typeof schema>;

/** How options are checked, and what each does. */
export const options: DriverOptions<GrandstreamOptions> = {
  schema,
  descriptions: {
    accounts:
      'The phone’s accounts in their order, as user@host, separated by commas: dial chooses the account by them. Empty: dial takes no account, and the phone its first one.',
    poundKey:
      'What the phone calls the key #: POUND (default), or %23, the character itself. The guide names only STAR.',
  },
};
