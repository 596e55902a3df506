import type { VirtualSnomOptions } from '../options.ts';

/** What a phone was provisioned with: its identities, its login, settings of its own. */
export const provisionedSettings = (options: VirtualSnomOptions, domain: string): Readonly<Record<string, string>> => {
  const identities = options.identities ?? [{ number: '1001' }];
  const entries = identities.flatMap((identity, position) => [
    [`user_name${position + 1}`, identity.number],
    [`user_realname${position + 1}`, identity.displayName ?? ''],
    [`user_host${position + 1}`, identity.domain ?? domain],
  ]);
  const { login } = options;
  return {
    ...Object.fromEntries(entries),
    ...(login === undefined ? {} : { http_user: login.user, http_pass: login.password }),
    ...options.settings,
  };
};
