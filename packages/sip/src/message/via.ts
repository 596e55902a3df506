import { type Parameters, parseParameters } from './grammar.ts';
import { parseHostPort } from './uri.ts';

/** One value of a Via header field (RFC 3261 section 20.42). */
export interface Via {
  /** `2.0`. */
  readonly version: string;
  /** In lower case: `udp`, `tcp`, `tls`, or any other. */
  readonly transport: string;
  /** An IPv6 address without brackets. */
  readonly host: string;
  /** Null: none is written. */
  readonly port: number | null;
  readonly parameters: Parameters;
}

/** Branches of RFC 3261 begin with it; others come from elements of RFC 2543 (RFC 3261 section 8.1.1.7). */
export const MAGIC_COOKIE = 'z9hG4bK';

/**
 * Reads one value; blanks may stand around each `/`, `:`, `;` and `=` (RFC 3261 section 25.1, `via-parm`).
 * @returns undefined where it is malformed.
 */
export function parseVia(text: string): Via | undefined {
  const match = /^SIP\s*\/\s*([\d.]+)\s*\/\s*([^\s/;,]+)\s+([^\s;:]+|\[[^\]\s]+\])(\s*:\s*\d+)?\s*(;.*)?$/is.exec(text);
  if (match === null) return undefined;
  const [, version = '', transport = '', host = '', port = '', rest = ''] = match;
  const place = parseHostPort(host + port);
  const parameters = parseParameters(rest);
  if (place === undefined || parameters === undefined) return undefined;
  return { version, transport: transport.toLowerCase(), host: place.host, port: place.port, parameters };
}

/** The branch with which a transaction is matched; undefined where none of RFC 3261 is given (section 17.2.3). */
export function transactionBranch(via: Via): string | undefined {
  const branch = via.parameters.get('branch');
  return branch?.startsWith(MAGIC_COOKIE) && branch.length > MAGIC_COOKIE.length ? branch : undefined;
}
