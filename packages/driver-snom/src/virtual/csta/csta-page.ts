import { cstaGeneration, firmwareAtLeast } from '../firmware.ts';
import { errorPage } from '../http/html.ts';
import type { PageHandler } from '../http/page-request.ts';
import type { SnomParts } from '../parts.ts';
import { child, parseXml, type XmlElement } from '../xml.ts';
import { type CstaService, cstaServices } from './requests.table.ts';
import { type CstaReply, type CstaShape, cstaFault, cstaSuccess } from './shapes.ts';

/** `POST /csta`. Where CSTA is not there, not told how a phone refuses: 404 by model and old firmware, 500 while broken. */
export const answerCsta: PageHandler = (parts, { request }) => {
  const generation = parts.profile.isOld ? 'none' : cstaGeneration(parts.firmware);
  if (generation === 'none') return errorPage(404);
  if (request.method !== 'POST') return errorPage(405);
  if (!parts.memory.isOn('csta_control')) return errorPage(parts.quirks.cstaRefusalStatus);
  if (generation === 'broken') return { status: 500 };
  const isLegacy = generation === 'legacy' || parts.memory.get('csta_legacy_control') === '0';
  return runCsta(parts, request.body, isLegacy);
};

/** Carries out a request. @param isLegacy whether it is of the dialect of firmware before 8.7. */
export const runCsta = (parts: SnomParts, body: string, isLegacy: boolean): CstaReply => {
  const { element, hasEnvelope } = readCsta(body);
  const shape: CstaShape = isLegacy ? 'legacy' : hasEnvelope ? 'soap' : 'bare';
  const service = element && cstaServices[element.name];
  if (element === undefined) return cstaFault(shape, 'invalidParameterValue', parts.quirks);
  if (service === undefined || !isKnown(service, parts.firmware))
    return cstaFault(shape, 'requestNotSupported', parts.quirks);
  if (!hasEnvelope && (isLegacy || service.needsEnvelope))
    return cstaFault(shape, 'invalidParameterValue', parts.quirks);
  const result = service.handle({ parts, request: element, body, hasBareIds: isLegacy });
  return 'fault' in result
    ? cstaFault(shape, result.fault, parts.quirks)
    : cstaSuccess(shape, element.name, result.children);
};

const isKnown = ({ isLegacy, since = '8.7.3' }: CstaService, firmware: string): boolean =>
  firmwareAtLeast(firmware, since) || (isLegacy ?? false);

/** The element that is the request: the root, or what stands in the body of a SOAP envelope. */
export const readCsta = (body: string): { readonly element: XmlElement | undefined; readonly hasEnvelope: boolean } => {
  const root =
    parseXml(body) ?? parseXml(body.replace(/(<(?:\w+:)?document\b[^>]*>)[\s\S]*(<\/(?:\w+:)?document)/, '$1$2'));
  if (root?.name !== 'Envelope') return { element: root, hasEnvelope: false };
  return { element: child(root, 'Body')?.children[0], hasEnvelope: true };
};
