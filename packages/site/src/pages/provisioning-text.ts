import type { ProvisioningText } from '@hookswitch/core';
import { driverOf, type ExamplePhone, profileOf } from './drivers.ts';

/** Where the gateway of the examples is, as phones see it. */
const EXAMPLE_GATEWAY = 'http://192.0.2.10:4000';

/** What stands in place of the secret in the examples' action URLs. */
const EXAMPLE_TOKEN = 'TOKEN';

/** What the URLs of a provisioning file are made of. */
export interface ProvisioningLink {
  /** Base of the action URLs. */
  readonly baseUrl: string;
  readonly token: string;
}

const EXAMPLE: ProvisioningLink = { baseUrl: EXAMPLE_GATEWAY, token: EXAMPLE_TOKEN };

/** The provisioning file of a phone, made by its driver as the gateway has it made. */
export function provisioningText(phone: ExamplePhone, { baseUrl, token }: ProvisioningLink = EXAMPLE): string {
  const driver = driverOf(phone.vendor);
  const profile = profileOf(phone);
  const actionUrls = driver.actionUrls
    .settingsFor(profile)
    .filter(({ testOnly }) => testOnly !== true)
    .map(({ setting, path, query }) => ({
      setting,
      url: `${baseUrl}/a/${token}/${path}${query === '' ? '' : `?${query}`}`,
    }));
  const made: ProvisioningText | null = driver.provisioning({
    phone: profile,
    actionUrls,
    gatewayHost: new URL(baseUrl).hostname,
  });
  if (made === null) throw new Error(`${phone.vendor} has no provisioning file.`);
  return made.text;
}
