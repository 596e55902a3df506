import type { SettingValue, SipRequest } from '@hookswitch/core';
import { escapeXml, withoutIllegalXml } from './xml.ts';

/**
 * Settings by MESSAGE (SIPPing, whose author worked at Snom): firmware 8.7.3 and later, with `allow_sip_settings` on, which
 * is off from the factory. Without it the phone answers 200 and ignores them. An index as in `user_name[1]` becomes
 * the attribute of provisioning files.
 */
export function settingsMessage(settings: readonly SettingValue[]): SipRequest {
  return {
    method: 'MESSAGE',
    headers: { Event: 'snom-settings' },
    contentType: 'application/xml',
    body: `<settings><phone-settings>${settings.map(settingElement).join('')}</phone-settings></settings>`,
  };
}

function settingElement({ name, value }: SettingValue): string {
  const [, plain = name, index] = /^(\w+)\[(\d+)\]$/.exec(name) ?? [];
  const attribute = index === undefined ? '' : ` idx="${index}"`;
  return `<${plain}${attribute}>${escapeXml(withoutIllegalXml(value))}</${plain}>`;
}
