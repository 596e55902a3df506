import type { HttpRequest } from '@hookswitch/core';
import type { ConnectionIdForm } from '../firmware.ts';
import { escapeXml } from './xml.ts';

/** Editions of ECMA-323 whose namespaces occur in Snom's examples. */
export type CstaEdition = 'ed3' | 'ed4' | 'ed5';

/** How a phone's CSTA is spoken. */
export interface CstaDialect {
  readonly connectionIds: ConnectionIdForm;
  /** The edition in the namespace of requests in an envelope. */
  readonly edition: CstaEdition;
}

/** What stands in an element: text (escaped, or as CDATA), a call by its id, or elements. */
export type CstaContent = string | { readonly call: string } | { readonly cdata: string } | readonly CstaElement[];

/** An element of a request. */
export type CstaElement = readonly [name: string, content: CstaContent];

/** A request, dialect left open. */
export interface CstaMessage {
  readonly name: string;
  readonly content: readonly CstaElement[];
  /**
   * How Snom writes this request for 8.7.3 and later where it does so without an envelope; left out: in an envelope,
   * which all firmware takes, and which ClearCall and Snom's own four requests must have.
   */
  readonly bare?: { readonly edition: CstaEdition; readonly schemaInstance: boolean };
  readonly readOnly: boolean;
  /** What stands in an obeying phone's response. */
  readonly rehearsal?: readonly CstaElement[] | undefined;
}

const soap = 'http://schemas.xmlsoap.org/soap/envelope/';
const schemaInstance = 'http://www.w3.org/2001/XMLSchema-instance';
const declaration = '<?xml version="1.0" encoding="UTF-8"?>';

/** `http://www.ecma-international.org/standards/ecma-323/csta/ed4`, or of another edition. */
export function cstaNamespace(edition: CstaEdition): string {
  return `http://www.ecma-international.org/standards/ecma-323/csta/${edition}`;
}

/**
 * The request as it is posted: `POST /csta`, `Content-Type: text/xml`. With bare connection ids (before 8.7, or with
 * `csta_legacy_control` 0) always in an envelope, else as Snom's page "CSTA over HTTP - Requests" writes it.
 */
export function cstaRequest(message: CstaMessage, dialect: CstaDialect): HttpRequest {
  return {
    method: 'POST',
    target: '/csta',
    headers: { 'Content-Type': 'text/xml' },
    body: cstaBody(message, dialect),
    ...(message.readOnly ? { readOnly: true } : {}),
    rehearsal: { status: 200, body: responseBody(message) },
  };
}

/** The media type of CSTA by SIP (uaCSTA, ECMA TR/87). */
export const UACSTA_MEDIA_TYPE = 'application/csta+xml';

/** The request as it stands in an INVITE or INFO: without an envelope and with nested ids, whatever HTTP wants. */
export function uaCstaBody(message: CstaMessage): string {
  const bare = message.bare ?? { edition: 'ed5', schemaInstance: false };
  return cstaBody({ ...message, bare }, { connectionIds: 'NESTED', edition: 'ed5' });
}

function cstaBody({ name, content, bare }: CstaMessage, { connectionIds, edition }: CstaDialect): string {
  if (bare !== undefined && connectionIds === 'NESTED') {
    const instance = bare.schemaInstance ? ` xmlns:xsi="${schemaInstance}"` : '';
    const opening = `<${name} xmlns="${cstaNamespace(bare.edition)}"${instance}`;
    const inner = elements(content, '', connectionIds);
    return `${declaration}${inner === '' ? `${opening}/>` : `${opening}>${inner}</${name}>`}`;
  }
  const inner = elements(content, 'csta:', connectionIds);
  return `${declaration}<SOAP-ENV:Envelope xmlns:SOAP-ENV="${soap}" xmlns:csta="${cstaNamespace(edition)}"><SOAP-ENV:Body><csta:${name}>${inner}</csta:${name}></SOAP-ENV:Body></SOAP-ENV:Envelope>`;
}

/** An obeying phone's response, for dry runs. */
export function responseBody({ name, rehearsal = [] }: CstaMessage): string {
  const inner = elements(rehearsal, '', 'NESTED');
  return `${declaration}<${name}Response xmlns="${cstaNamespace('ed5')}">${inner}</${name}Response>`;
}

function elements(content: readonly CstaElement[], prefix: string, form: ConnectionIdForm): string {
  return content
    .map(([name, inner]) => `<${prefix}${name}>${contentText(inner, prefix, form)}</${prefix}${name}>`)
    .join('');
}

function contentText(content: CstaContent, prefix: string, form: ConnectionIdForm): string {
  if (typeof content === 'string') return escapeXml(content);
  if ('cdata' in content) return `<![CDATA[${content.cdata.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
  if (!('call' in content)) return elements(content, prefix, form);
  const id = escapeXml(content.call);
  return form === 'BARE' ? id : `<${prefix}callID>${id}</${prefix}callID>`;
}
