import type { ProvisioningRequest, ProvisioningText, SettingValue } from '@hookswitch/core';
import type { SnomOptions } from './options.ts';
import { type SnomPhone, snomPhone, takesUaCsta } from './phone.ts';
import { escapeXml, withoutIllegalXml } from './wire/xml.ts';

/**
 * Snom's provisioning file (`<settings><phone-settings e="2">`): the action URLs, and what has to be so that control
 * and events work. `perm=""`: the user may change it, the next provisioning writes it again. No credentials.
 */
export function provisioning({ phone, actionUrls, gatewayHost }: ProvisioningRequest<SnomOptions>): ProvisioningText {
  const urls = actionUrls.map(({ setting, url }) => ({ name: setting, value: url }));
  const settings = [...urls, ...switches(snomPhone(phone), gatewayHost)];
  const lines = settings.map(
    ({ name, value }) => `    <${name} perm="">${escapeXml(withoutIllegalXml(value))}</${name}>`,
  );
  const text = [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<settings>',
    '  <phone-settings e="2">',
    ...lines,
    '  </phone-settings>',
    '</settings>',
    '',
  ].join('\n');
  return { mediaType: 'application/xml', text };
}

function switches(phone: SnomPhone, gatewayHost: string): readonly SettingValue[] {
  const { pages, connectionIds, firmware } = phone;
  const trusted = { name: 'mb_trusted_hosts', value: gatewayHost };
  // Else a call that is rejected at the phone fires nothing: off by default in the dump of a snom720.
  const onReject = { name: 'disconnected_url_on_reject', value: 'on' };
  const csta = { name: 'csta_control', value: 'on' };
  if (!pages) return [...(takesUaCsta('MakeCall')(phone) ? [csta] : []), onReject, trusted];
  return [
    { name: 'http_scheme', value: 'on' },
    { name: 'use_hidden_tags', value: 'off' },
    { name: 'restrict_uri_queries', value: 'off' },
    ...(connectionIds === null && firmware !== null ? [] : [csta]),
    onReject,
    trusted,
  ];
}
