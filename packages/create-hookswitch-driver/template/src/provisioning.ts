import type { ProvisioningRequest, ProvisioningText } from '@hookswitch/core';
import type { AcmeOptions } from './options.ts';

/** The phone takes a file of settings (manual, "Settings"): its events go to the gateway. */
export function provisioning({ actionUrls }: ProvisioningRequest<AcmeOptions>): ProvisioningText {
  return { mediaType: 'text/plain', text: actionUrls.map(({ setting, url }) => `${setting}=${url}\n`).join('') };
}
