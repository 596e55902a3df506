import { parseSipUri } from '@hookswitch/sip';
import type { RegisteredDevice } from '../sip/registrar/registrar.ts';
import { plainAddress } from '../transport/networks.ts';
import type { Sighting } from './seen-device.ts';

/** What registrars know of who is registered: they let in only whom they know. */
export function sightingsOf(devices: readonly RegisteredDevice[]): readonly Sighting[] {
  return devices.flatMap(sightingOf);
}

function sightingOf({ user, domain, contact, seen, userAgent }: RegisteredDevice): readonly Sighting[] {
  const host = parseSipUri(seen ?? contact)?.host;
  const address = host === undefined ? null : plainAddress(host);
  if (address === null) return [];
  const sipUri = domain === null ? null : `sip:${user}@${domain}`;
  return [{ how: 'SIP_REGISTER', address, mac: null, ...productOf(userAgent), sipUri, report: null }];
}

/** `snomD785/10.1.169.16`, `Yealink SIP-T46S 66.84.0.15`: RFC 3261 section 20.41 leaves the words to the vendor. */
function productOf(userAgent: string | null): Pick<Sighting, 'model' | 'firmware'> {
  const [, model, firmware] = /^(.{1,80}?)[\s/]+v?(\d+(?:\.\d+){1,5})\b/.exec(userAgent ?? '') ?? [];
  return { model: model ?? userAgent, firmware: firmware ?? null };
}
