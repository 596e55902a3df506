import type { DriverOptions } from '@hookswitch/core';
import { z } from 'zod';

const accounts = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((uri) => uri.trim().replace(/^sips?:/i, ''))
      .filter((uri) => uri !== ''),
  )
  .pipe(z.array(z.string().regex(/^[^\s@;&=]+@[^\s@;&=]+$/, 'Each as user@host')));

const schema = z.strictObject({
  accounts: accounts.default([]),
  refForm: z.enum(['0x', 'bare']).default('0x'),
  pushUsername: z.string().min(1).max(255).optional(),
  pushPassword: z.string().min(1).max(255).optional(),
});

/** The options of a Poly phone, checked. */
export type PolyOptions = z.output<typeof schema>;

/** How options are checked, and what each does. */
export const options: DriverOptions<PolyOptions> = {
  schema,
  descriptions: {
    accounts:
      'The phone’s lines in their order, as user@host, separated by commas: dial chooses the line by them, and registrations are told by them. Empty: line 1.',
    refForm:
      'How calls are named to the phone: 0x, as 0x41aa9c00, or bare, as 41aa9c00. Firmware tells them in both ways; default 0x.',
    pushUsername: 'User name that the phone demands for pushes (apps.push.username). Left out: nothing is pushed.',
    pushPassword: 'Password that the phone demands for pushes (apps.push.password).',
  },
  credentials: { push: { username: 'pushUsername', password: 'pushPassword' } },
};
