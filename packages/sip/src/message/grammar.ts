/** RFC 3261 section 25.1, `token`. */
const TOKEN = /^[A-Za-z0-9\-.!%*_+`'~]+$/;

/** Whether a text is one `token` (RFC 3261 section 25.1). */
export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

/**
 * Takes blanks and tabs off both ends. `trim()` takes more than that, such as U+FEFF, which may begin a value
 * (RFC 4475 section 3.1.1.2).
 */
export function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LESS = 0x3c;
const GREATER = 0x3e;

/**
 * Splits a header value at a separator, but not within a quoted string or within `<` `>` (RFC 3261 sections 7.3.1 and
 * 25.1): a comma in a display name or a semicolon in a URI separates nothing.
 * @returns the parts, trimmed; undefined where a quote or an angle bracket is left open.
 */
export function splitOutside(text: string, separator: ',' | ';'): string[] | undefined {
  const code = separator.charCodeAt(0);
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  let bracketed = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (quoted) {
      if (character === BACKSLASH) at += 1;
      else if (character === QUOTE) quoted = false;
    } else if (character === QUOTE) {
      quoted = true;
    } else if (bracketed) {
      if (character === GREATER) bracketed = false;
    } else if (character === LESS) {
      bracketed = true;
    } else if (character === code) {
      parts.push(trimBlanks(text.slice(start, at)));
      start = at + 1;
    }
  }
  if (quoted || bracketed) return undefined;
  parts.push(trimBlanks(text.slice(start)));
  return parts;
}

/** Parameters of a header value or a URI: names in lower case; null: a name without a value. */
export type Parameters = ReadonlyMap<string, string | null>;

/** What has no parameter. */
export const NO_PARAMETERS: Parameters = new Map();

/**
 * Reads `;name=value;name` (RFC 3261 section 25.1, `generic-param`). Values lose their quotes. Of a name that comes
 * twice the first counts.
 * @param text begins with its first semicolon, or is empty.
 * @returns undefined where a parameter is empty, or a name is no token.
 */
export function parseParameters(text: string): Parameters | undefined {
  if (text === '') return NO_PARAMETERS;
  const parts = splitOutside(text, ';');
  if (parts === undefined || parts[0] !== '') return undefined;
  const parameters = new Map<string, string | null>();
  for (const part of parts.slice(1)) {
    const equals = part.indexOf('=');
    const name = (equals < 0 ? part : part.slice(0, equals)).trimEnd().toLowerCase();
    if (!isToken(name)) return undefined;
    const value = equals < 0 ? null : parameterValue(part.slice(equals + 1).trimStart());
    if (value === undefined) return undefined;
    if (!parameters.has(name)) parameters.set(name, value);
  }
  return parameters;
}

function parameterValue(text: string): string | undefined {
  if (text.startsWith('"')) return unquote(text);
  return text === '' || /[\s"<>]/.test(text) ? undefined : text;
}

/**
 * Takes a quoted string apart (RFC 3261 section 25.1, `quoted-string`).
 * @returns undefined where it is not exactly one quoted string.
 */
export function unquote(text: string): string | undefined {
  if (!/^"(?:[^"\\]|\\.)*"$/s.test(text)) return undefined;
  return text.slice(1, -1).replace(/\\(.)/gs, '$1');
}

/** Puts a text into quotes (RFC 3261 section 25.1, `quoted-pair`). */
export function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** Reads a decimal number of at most `maximum`; undefined where it is none (a sign is none). */
export function parseDecimal(text: string, maximum: number): number | undefined {
  if (!/^\d{1,15}$/.test(text)) return undefined;
  const number = Number(text);
  return number <= maximum ? number : undefined;
}
