import { type RecordedSipRequest, sipTargetOf } from '@hookswitch/driver-kit/virtual';
import { firmwareAtLeast } from '../firmware.ts';
import type { SnomParts } from '../parts.ts';
import { headerOf } from './header.ts';

/** Since when XML comes by NOTIFY from the registrar and from `mb_trusted_hosts` (Snom, "Via SIP NOTIFY"). */
const XML_SINCE = '10.1.82.0';

/** Whether a request comes from the registrar. */
const isRegistrar = (registrar: string | undefined, { remoteAddress }: RecordedSipRequest): boolean =>
  registrar !== undefined && sipTargetOf(registrar).host === remoteAddress;

const isTrustedHost = ({ memory }: SnomParts, { remoteAddress }: RecordedSipRequest): boolean =>
  memory.get('mb_trusted_hosts').split(/\s+/).includes(remoteAddress);

/** Whether a request brings a document for the minibrowser. */
export const isXml = (request: RecordedSipRequest): boolean =>
  request.method === 'NOTIFY' && /^application\/snomxml\b/i.test(headerOf(request, 'content-type'));

/** Whether a phone hears a request: with `filter_registrar` only the registrar, and XML of a trusted host. */
export const hears = (parts: SnomParts, request: RecordedSipRequest, registrar: string | undefined): boolean =>
  !parts.memory.isOn('filter_registrar') ||
  isRegistrar(registrar, request) ||
  (isXml(request) && firmwareAtLeast(parts.firmware, XML_SINCE) && isTrustedHost(parts, request));

/**
 * Whether a phone shows the XML of a NOTIFY: from 10.1.82.0 on that of the registrar and of trusted hosts; before, on
 * models other than D8xx, with `xml_notify`.
 */
export const obeysXml = (parts: SnomParts, request: RecordedSipRequest, registrar: string | undefined): boolean => {
  if (firmwareAtLeast(parts.firmware, XML_SINCE))
    return isRegistrar(registrar, request) || isTrustedHost(parts, request);
  return parts.profile.web === 'command' && parts.memory.isOn('xml_notify');
};

/** Which requests are asked for credentials, by the settings `challenge_…`. */
export const isChallenged = ({ memory }: SnomParts, request: RecordedSipRequest): boolean => {
  const event = headerOf(request, 'event');
  if (request.method !== 'NOTIFY' || !/^check-sync\b/i.test(event)) return memory.isOn('challenge_response');
  return memory.isOn(/reboot=true/i.test(event) ? 'challenge_reboot' : 'challenge_checksync');
};
