import type { VirtualReply } from '@hookswitch/driver-kit/virtual';
import type { SnomQuirks } from '../options.ts';
import { type CstaElement, serialize } from './elements.ts';

/** Namespaces as Snom's documents have them. */
const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const ED4 = 'http://www.ecma-international.org/standards/ecma-323/csta/ed4';
const ED5 = 'http://www.ecma-international.org/standards/ecma-323/csta/ed5';
const DECLARATION = '<?xml version="1.0" encoding="utf-8"?>';

/**
 * The three forms of a reply: `legacy` before 8.7 and with `csta_legacy_control` 0; from 8.7.3 `soap` to a request in an
 * envelope, `bare` to one without.
 */
export type CstaShape = 'legacy' | 'soap' | 'bare';

/**
 * Why a request was refused: `operation` in the fault. Only `invalidCallID` is documented; the others are ECMA-323's
 * words, their form on a phone not known.
 */
export type CstaFault =
  | 'invalidCallID'
  | 'invalidDeviceID'
  | 'invalidObjectState'
  | 'invalidParameterValue'
  | 'requestNotSupported';

/** The words of old firmware. */
const LEGACY_WORDS: Readonly<Record<CstaFault, string>> = {
  invalidCallID: 'Invalid CallID',
  invalidDeviceID: 'Invalid DeviceID',
  invalidObjectState: 'Invalid Object State',
  invalidParameterValue: 'Invalid Parameter Value',
  requestNotSupported: 'Request Not Supported',
};

/** A reply that carries CSTA. */
export interface CstaReply extends VirtualReply {
  readonly body: string;
}

const xml = (status: number, body: string): CstaReply => ({ status, headers: { 'Content-Type': 'text/xml' }, body });

const modernEnvelope = (body: string): string =>
  `${DECLARATION}<SOAP-ENV:Envelope xmlns:SOAP-ENV="${SOAP}"><SOAP-ENV:Header/><SOAP-ENV:Body>${body}</SOAP-ENV:Body></SOAP-ENV:Envelope>`;

const legacyEnvelope = (body: string): string =>
  `<SOAP-ENV:Envelope xmlns:SOAP-ENV="${SOAP}" xmlns:csta="${ED4}"><SOAP-ENV:Body>${body}</SOAP-ENV:Body></SOAP-ENV:Envelope>`;

/** The 200 to a request of that name. */
export const cstaSuccess = (shape: CstaShape, request: string, children: readonly CstaElement[]): CstaReply => {
  const name = `${request}Response`;
  if (shape === 'legacy')
    return xml(200, legacyEnvelope(`<csta:${name}>${serialize(children, 'csta:')}</csta:${name}>`));
  if (shape === 'soap') {
    const inner = serialize(children, 'csta:');
    const tag = `csta:${name} xmlns:csta="${ED5}"`;
    return xml(200, modernEnvelope(inner === '' ? `<${tag}/>` : `<${tag}>${inner}</csta:${name}>`));
  }
  // The documents print the empty reply with `xmlns:csta` and those with content with `xmlns`.
  if (children.length === 0) return xml(200, `${DECLARATION}<${name} xmlns:csta="${ED5}"/>`);
  return xml(200, cstaBody(name, children));
};

/** A message without an envelope, as uaCSTA has them. */
export const cstaBody = (name: string, children: readonly CstaElement[]): string => {
  const inner = serialize(children, '');
  return DECLARATION + (inner === '' ? `<${name} xmlns="${ED5}"/>` : `<${name} xmlns="${ED5}">${inner}</${name}>`);
};

/** The 500 that stands for a fault. */
export const cstaFault = (
  shape: CstaShape,
  fault: CstaFault,
  quirks: Pick<SnomQuirks, 'mismatchedBareFault'>,
): CstaReply => {
  if (shape === 'bare') {
    const end = quirks.mismatchedBareFault ? 'csta:operation' : 'operation';
    return xml(500, `${DECLARATION}<CSTAErrorCode xmlns:csta="${ED5}"><operation>${fault}</${end}></CSTAErrorCode>`);
  }
  const isLegacy = shape === 'legacy';
  const word = isLegacy ? LEGACY_WORDS[fault] : fault;
  const code = `<csta:CSTAErrorCode xmlns:csta="${isLegacy ? ED4 : ED5}"><csta:operation>${word}</csta:operation></csta:CSTAErrorCode>`;
  const body =
    '<SOAP-ENV:Fault><SOAP-ENV:faultcode>Client</SOAP-ENV:faultcode><SOAP-ENV:faultstring>CSTA Error</SOAP-ENV:faultstring>' +
    `<SOAP-ENV:detail>${code}</SOAP-ENV:detail></SOAP-ENV:Fault>`;
  return xml(500, isLegacy ? legacyEnvelope(body) : modernEnvelope(body));
};
