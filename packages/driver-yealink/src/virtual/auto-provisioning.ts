import type { PhoneBase } from './phone-base.ts';
import { configUrls, importConfig, type ProvisioningResult } from './provisioning.ts';

/** Where a phone looks for its configuration files. */
const PROVISIONING_URL_SETTING = 'static.auto_provision.server.url';

/** Fetches the configuration files and applies those that come, as `AutoP` and power-on do. @returns one result a file that came. */
export const autoProvision = async (base: PhoneBase): Promise<readonly ProvisioningResult[]> => {
  const { settings, model, mac, fetches } = base;
  const results: ProvisioningResult[] = [];
  for (const url of configUrls(settings.get(PROVISIONING_URL_SETTING) ?? '', model.provisioningCode, mac)) {
    const fetched = await fetches.fire('autop', url);
    if (fetched?.reply?.status === 200) results.push(importConfig(settings, fetched.reply.body));
  }
  return results;
};
