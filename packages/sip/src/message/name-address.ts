import { type Parameters, parseParameters, quote, splitOutside, unquote } from './grammar.ts';
import { uriScheme } from './uri.ts';

/** The value of From, To, Contact, Route, Record-Route or Refer-To (RFC 3261 section 20.10). */
export interface NameAddress {
  /** Without its quotes; null: none. */
  readonly displayName: string | null;
  /** Of any scheme, as it is written, without angle brackets. */
  readonly uri: string;
  /** The header's parameters, such as `tag`; those of the URI stay in `uri`. */
  readonly parameters: Parameters;
}

/**
 * Reads one value. A display name with characters that should have been quoted, and blanks within the angle brackets,
 * are let through, as RFC 4475 sections 3.1.2.14 and 3.1.2.15 allow.
 * @returns undefined where it is malformed.
 */
export function parseNameAddress(text: string): NameAddress | undefined {
  const open = text.startsWith('"') ? text.indexOf('<', endOfQuoted(text)) : text.indexOf('<');
  if (open < 0) return parseBareAddress(text);
  const close = text.indexOf('>', open);
  if (close < 0) return undefined;
  const displayName = parseDisplayName(text.slice(0, open).trim());
  const uri = text.slice(open + 1, close).trim();
  const parameters = parseParameters(text.slice(close + 1).trimStart());
  if (displayName === undefined || parameters === undefined || uriScheme(uri) === undefined) return undefined;
  return { displayName, uri, parameters };
}

/** Without angle brackets everything from the first semicolon on belongs to the header (RFC 3261 section 20.10). */
function parseBareAddress(text: string): NameAddress | undefined {
  const semicolon = text.indexOf(';');
  const uri = (semicolon < 0 ? text : text.slice(0, semicolon)).trim();
  const parameters = parseParameters(semicolon < 0 ? '' : text.slice(semicolon));
  // A URI with a question mark or a comma has to be bracketed (RFC 3261 section 20.10).
  if (parameters === undefined || uriScheme(uri) === undefined || /[?,]/.test(uri)) return undefined;
  return { displayName: null, uri, parameters };
}

function parseDisplayName(text: string): string | null | undefined {
  if (text === '') return null;
  if (text.startsWith('"')) return unquote(text);
  return text.includes('"') ? undefined : text;
}

/** The place behind a leading quoted string; past the end where it is left open. */
function endOfQuoted(text: string): number {
  return /^"(?:[^"\\]|\\.)*"/s.exec(text)?.[0].length ?? text.length;
}

/**
 * Reads the values of one or more fields, comma separated or not (RFC 3261 section 7.3.1).
 * @returns undefined where one is malformed.
 */
export function parseNameAddresses(fields: readonly string[]): NameAddress[] | undefined {
  const addresses: NameAddress[] = [];
  for (const field of fields) {
    for (const part of splitOutside(field, ',') ?? ['']) {
      const address = parseNameAddress(part);
      if (address === undefined) return undefined;
      addresses.push(address);
    }
  }
  return addresses;
}

/** Writes `"name" <uri>;tag=…`; the URI is always bracketed, so that its parameters stay its own. */
export function writeNameAddress(address: { displayName?: string | null; uri: string; tag?: string | null }): string {
  const name = address.displayName ? `${quote(address.displayName)} ` : '';
  const tag = address.tag ? `;tag=${address.tag}` : '';
  return `${name}<${address.uri}>${tag}`;
}
