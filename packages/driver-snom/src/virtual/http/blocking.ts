import type { SnomParts } from '../parts.ts';

const FACTORY_ADMIN_PASSWORD = '0000';

/**
 * Whether commands by URL have no effect: `restrict_uri_queries` is on, or hidden tags are on and user, password and
 * administrator's password have all been changed (Snom, "Can I control my snom phone remotely").
 */
export const blocksCommands = ({ memory }: Pick<SnomParts, 'memory'>): boolean => {
  const hasOwnLogin = memory.get('http_user') !== '' && memory.get('http_pass') !== '';
  const hasOwnAdmin = memory.get('admin_mode_password') !== FACTORY_ADMIN_PASSWORD;
  return memory.isOn('restrict_uri_queries') || (memory.isOn('use_hidden_tags') && hasOwnLogin && hasOwnAdmin);
};
