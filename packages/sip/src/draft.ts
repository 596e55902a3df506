import { randomUUID } from 'node:crypto';
import type { HeaderField } from './message/fields.ts';
import { isToken } from './message/grammar.ts';
import { headerKey, OWN_HEADERS } from './message/header-names.ts';
import { parseNameAddress, parseNameAddresses, writeNameAddress } from './message/name-address.ts';
import { isHeaderText, NO_BODY, type OutgoingMessage } from './message/serialise.ts';
import { writeHost, writeHostPort } from './message/uri.ts';
import { MAGIC_COOKIE } from './message/via.ts';
import type { MessageOptions } from './request-options.ts';
import { type Flow, TransportFault } from './transport/types.ts';

/** A request, as far as it does not depend on the way by which it goes. */
export interface Draft {
  readonly method: string;
  readonly requestUri: string;
  readonly routes: readonly string[];
  /** Undefined: an address of this host. */
  readonly from: { readonly displayName: string | null; readonly uri: string } | undefined;
  readonly fromTag: string;
  /** The whole value of To. */
  readonly to: string;
  readonly callId: string;
  /** The value of Contact; undefined: the own address, where the method has one. */
  readonly contact: string | undefined;
  /** The next sequence number: each attempt takes a new one (RFC 3261 section 22.2). */
  readonly nextSequence: () => number;
  /** Header fields of the caller. */
  readonly fields: readonly HeaderField[];
  readonly contentType: string | undefined;
  readonly body: Uint8Array;
}

/** What an attempt to send a draft adds. */
export interface Attempt {
  readonly branch: string;
  readonly sequence: number;
  readonly authorization: readonly HeaderField[];
  /** Header fields of the user agent, such as User-Agent. */
  readonly ownFields: readonly HeaderField[];
}

/** Requests that have a Contact: those that make a dialog, and NOTIFY (RFC 3261 section 8.1.1.8, RFC 6665 section 3.2). */
const WITH_CONTACT = new Set(['INVITE', 'NOTIFY', 'SUBSCRIBE', 'REFER']);

/** A new branch (RFC 3261 section 8.1.1.7). */
export function newBranch(): string {
  return `${MAGIC_COOKIE}${randomUUID()}`;
}

/** A new tag: 48 bits of chance, where RFC 3261 section 19.3 asks for 32. */
export function newTag(): string {
  return randomUUID().slice(0, 13);
}

/** A new Call-ID (RFC 3261 section 8.1.1.4). */
export function newCallId(): string {
  return randomUUID();
}

/**
 * The caller's part of a request, checked.
 * @throws TransportFault of INVALID_REQUEST for a header that is not the caller's, or one with a line end in it.
 */
export function callerFields({
  body,
  contentType,
  headers = {},
}: Pick<MessageOptions, 'headers' | 'body' | 'contentType'>): Pick<Draft, 'fields' | 'contentType' | 'body'> {
  const fields = Object.entries(headers).map(([name, value]) => ({ name, value }));
  for (const { name, value } of fields) {
    if (!isToken(name) || OWN_HEADERS.has(headerKey(name))) throw refuse(`header ${JSON.stringify(name)} is not yours`);
    if (!isHeaderText(value)) throw refuse(`header ${name} has a line end or a NUL in it`);
  }
  if (contentType !== undefined && !isHeaderText(contentType)) throw refuse('contentType has a line end in it');
  return { fields, contentType, body: body === undefined ? NO_BODY : Buffer.from(body) };
}

/**
 * Reads an address that the caller gave: a URI with its parameters, or a name with a URI in angle brackets.
 * @throws TransportFault of INVALID_REQUEST
 */
export function callerAddress(text: string): { displayName: string | null; uri: string } {
  const address = parseNameAddress(text.includes('<') ? text : `<${text}>`);
  if (address === undefined || !isHeaderText(text)) throw refuse('an address is malformed');
  return address;
}

/** The value of a Contact that the caller gave. @throws TransportFault of INVALID_REQUEST */
export function callerContact(text: string | undefined): string | undefined {
  // `*` unregisters everything (RFC 3261 section 10.2.2).
  const valid = text === undefined || text === '*' || parseNameAddresses([text]) !== undefined;
  if (!valid || !isHeaderText(text ?? '')) throw refuse('contact is malformed');
  return text;
}

/** @throws TransportFault of INVALID_REQUEST for what is no Call-ID or no method. */
export function checkWord(text: string, what: 'method' | 'Call-ID'): string {
  if (what === 'method' ? !isToken(text) : !/^[^\s]+$/.test(text)) throw refuse(`${what} is malformed`);
  return text;
}

function refuse(message: string): TransportFault {
  return new TransportFault('INVALID_REQUEST', message);
}

/** The message of one attempt (RFC 3261 section 8.1.1). */
export function compose(draft: Draft, attempt: Attempt, flow: Flow): OutgoingMessage {
  const { contentType, fields, from, fromTag, method } = draft;
  const transport = flow.remote.transport;
  const place = writeHostPort(flow.local);
  const sender = from ?? { displayName: null, uri: `sip:${writeHost(flow.local.host)}` };
  // The peer answers to the port that it saw (RFC 3581); of a connection there is nothing to ask.
  const rport = transport === 'udp' ? ';rport' : '';
  // To a `sips` address the own one is `sips` too (RFC 3261 section 8.1.1.8), and that is TLS by itself.
  const secure = /^<?sips:/i.test(draft.routes[0] ?? draft.requestUri);
  const own = secure ? `<sips:${place}>` : `<sip:${place}${transport === 'udp' ? '' : `;transport=${transport}`}>`;
  const contact = draft.contact ?? (WITH_CONTACT.has(method) ? own : undefined);
  return {
    startLine: `${method} ${draft.requestUri} SIP/2.0`,
    headers: [
      { name: 'Via', value: `SIP/2.0/${transport.toUpperCase()} ${place};branch=${attempt.branch}${rport}` },
      { name: 'Max-Forwards', value: '70' },
      ...draft.routes.map((value) => ({ name: 'Route', value })),
      { name: 'From', value: writeNameAddress({ ...sender, tag: fromTag }) },
      { name: 'To', value: draft.to },
      { name: 'Call-ID', value: draft.callId },
      { name: 'CSeq', value: `${attempt.sequence} ${method}` },
      ...(contact === undefined ? [] : [{ name: 'Contact', value: contact }]),
      ...attempt.authorization,
      ...fields,
      ...attempt.ownFields,
      ...(contentType === undefined ? [] : [{ name: 'Content-Type', value: contentType }]),
    ],
    body: draft.body,
  };
}
