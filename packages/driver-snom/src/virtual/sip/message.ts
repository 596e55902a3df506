import type { RecordedSipRequest, VirtualSipReply } from '@hookswitch/driver-kit/virtual';
import { firmwareAtLeast } from '../firmware.ts';
import type { SnomParts } from '../parts.ts';
import { takeProvisioning } from '../settings/provisioning.ts';
import { headerOf } from './header.ts';

/** Since when settings come by MESSAGE (SIPPing). */
const SETTINGS_SINCE = '8.7.3';

/** Acts on a MESSAGE. 200 whatever comes of it; 415 for a type that it does not know. */
export const answerMessage = (parts: SnomParts, request: RecordedSipRequest): VirtualSipReply => {
  const type = headerOf(request, 'content-type').split(';')[0]?.trim().toLowerCase();
  if (type === 'application/x-buttons') {
    parts.buttons.take(request);
    return { status: 200 };
  }
  if (type !== 'application/xml') return { status: 415, headers: { Accept: 'application/x-buttons, application/xml' } };
  if (headerOf(request, 'event') === 'snom-settings') takeSettings(parts, request.body);
  return { status: 200 };
};

/** Writes `<settings><phone-settings><name>value</name>…`, where `allow_sip_settings` is on. An `idx` is part of the name. */
const takeSettings = (parts: SnomParts, body: string): void => {
  const { memory, firmware, effects } = parts;
  if (!memory.isOn('allow_sip_settings') || !firmwareAtLeast(firmware, SETTINGS_SINCE)) {
    effects.record({ type: 'settingsIgnored' });
    return;
  }
  takeProvisioning(parts, body);
};
