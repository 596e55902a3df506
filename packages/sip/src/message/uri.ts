import { isIPv6 } from 'node:net';
import { NO_PARAMETERS, type Parameters, parseDecimal } from './grammar.ts';

/** A SIP or SIPS URI (RFC 3261 section 19.1), its parts as they are written: escapes are not resolved. */
export interface SipUri {
  readonly scheme: 'sip' | 'sips';
  /** Null: no user part. */
  readonly user: string | null;
  readonly password: string | null;
  /** A name or an IPv4 address; an IPv6 address without its brackets. */
  readonly host: string;
  /** Null: none is written. */
  readonly port: number | null;
  readonly parameters: Parameters;
  /** What stands after `?`; null: nothing. */
  readonly headers: string | null;
}

/** Where a request or a response goes, or came from. */
export interface HostPort {
  /** A name or an address, an IPv6 address without brackets. */
  readonly host: string;
  readonly port: number;
}

/** Tells the scheme of any URI, in lower case; undefined where it is no URI (RFC 3986 section 3.1). */
export function uriScheme(text: string): string | undefined {
  return /^([A-Za-z][A-Za-z0-9+\-.]*):[^\s<>"]+$/.exec(text)?.[1]?.toLowerCase();
}

/**
 * Reads a SIP or SIPS URI.
 * @returns undefined where it is malformed, or of another scheme.
 */
export function parseSipUri(text: string): SipUri | undefined {
  const scheme = uriScheme(text);
  if (scheme !== 'sip' && scheme !== 'sips') return undefined;
  const rest = text.slice(scheme.length + 1);
  // A user part may hold ; ? and , but never an @ (RFC 3261 section 25.1, `user-unreserved`): what comes after it may not.
  const at = rest.indexOf('@');
  const userInfo = at < 0 ? null : rest.slice(0, at);
  if (userInfo === '') return undefined;
  const [beforeHeaders = '', headers = null] = splitOnce(rest.slice(at + 1), '?');
  const semicolon = beforeHeaders.indexOf(';');
  const place = parseHostPort(semicolon < 0 ? beforeHeaders : beforeHeaders.slice(0, semicolon));
  const parameters = semicolon < 0 ? NO_PARAMETERS : parseUriParameters(beforeHeaders.slice(semicolon));
  if (place === undefined || parameters === undefined) return undefined;
  const [user = null, password = null] = userInfo === null ? [] : splitOnce(userInfo, ':');
  return { scheme, user, password, host: place.host, port: place.port, parameters, headers };
}

/** Other characters than a header's parameters may have, and no quotes (RFC 3261 section 25.1, `uri-parameters`). */
function parseUriParameters(text: string): Parameters | undefined {
  const parameters = new Map<string, string | null>();
  for (const part of text.slice(1).split(';')) {
    const [name = '', value = null] = splitOnce(part, '=');
    if (name === '') return undefined;
    const key = name.toLowerCase();
    if (!parameters.has(key)) parameters.set(key, value);
  }
  return parameters;
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/**
 * Reads `host`, `host:port`, `[v6]` or `[v6]:port` (RFC 3261 section 25.1, `hostport`).
 * @returns undefined where it is malformed; `port` null where none is written.
 */
export function parseHostPort(text: string): { readonly host: string; readonly port: number | null } | undefined {
  const match = /^(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9._-]+))(?:\s*:\s*(\d{1,5}))?$/.exec(text);
  if (match === null) return undefined;
  const [, v6, name, digits] = match;
  const host = v6 ?? name;
  if (host === undefined || (v6 !== undefined && !isIPv6(v6))) return undefined;
  if (digits === undefined) return { host, port: null };
  const port = parseDecimal(digits, 65_535);
  return port === undefined ? undefined : { host, port };
}

/** Writes a host as it stands in a URI or a Via: an IPv6 address in brackets (RFC 3261 section 25.1, `IPv6reference`). */
export function writeHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

/** Writes `host:port`, or `[v6]:port`. */
export function writeHostPort({ host, port }: HostPort): string {
  return `${writeHost(host)}:${port}`;
}

/** The port of a scheme and transport where none is written (RFC 3261 section 19.1.2). */
export function defaultPort(transport: string): number {
  return transport === 'tls' ? 5061 : 5060;
}
