import { escapeXml, type ProvisioningRequest, type ProvisioningText } from '@hookswitch/core';
import { SWITCHES } from './notifications.table.ts';
import type { PolyOptions } from './options.ts';

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<PHONE_CONFIG>\n  <ALL\n';

/** A configuration file: it opens the REST API, and sends the phone's notifications to the gateway. */
export function provisioning({ phone, actionUrls }: ProvisioningRequest<PolyOptions>): ProvisioningText {
  const { pushUsername } = phone.options;
  const settings = {
    'apps.restapi.enabled': '1',
    ...Object.fromEntries(actionUrls.map(({ setting, url }) => [setting, url])),
    ...SWITCHES,
    // The password is kept secret: the one that the gateway has as pushPassword is to be set beside it.
    ...(pushUsername === undefined ? {} : { 'apps.push.messageType': '5', 'apps.push.username': pushUsername }),
  };
  const lines = Object.entries(settings).map(([name, value]) => `    ${name}="${escapeXml(value)}"\n`);
  return { mediaType: 'text/xml; charset=utf-8', text: `${HEAD}${lines.join('')}  />\n</PHONE_CONFIG>\n` };
}
