import { isUtf8 } from 'node:buffer';
import { type HeaderField, HeaderFields } from './fields.ts';
import { isToken, trimBlanks } from './grammar.ts';

/** The start line and the header fields of a message, nothing of them understood yet. */
export interface HeaderSection {
  readonly startLine: string;
  readonly headers: HeaderFields;
  readonly encoding: 'utf8' | 'latin1';
}

/**
 * Reads a start line and header fields (RFC 3261 section 7.3.1).
 * @param bytes end before the empty line.
 * @returns undefined where a line is no header field.
 */
export function parseHeaderSection(bytes: Buffer): HeaderSection | undefined {
  // Octets that are no UTF-8 are kept one by one: what a response copies has to be what was received.
  const encoding = isUtf8(bytes) ? 'utf8' : 'latin1';
  const text = bytes.toString(encoding);
  // A lone CR or LF ends no line in SIP (RFC 3261 section 7); to let it through is how requests are smuggled.
  if (/\r(?!\n)|(?<!\r)\n/.test(text)) return undefined;
  const [startLine = '', ...lines] = unfold(text.split('\r\n'));
  const fields: HeaderField[] = [];
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = trimBlanks(line.slice(0, Math.max(colon, 0)));
    if (!isToken(name)) return undefined;
    fields.push({ name, value: trimBlanks(line.slice(colon + 1)) });
  }
  return { startLine, headers: new HeaderFields(fields), encoding };
}

/** A line that begins with a blank continues the one before, and all of it counts as one blank (section 7.3.1). */
function unfold(lines: readonly string[]): readonly string[] {
  const isContinuation = (line: string): boolean => line.startsWith(' ') || line.startsWith('\t');
  if (!lines.some(isContinuation)) return lines;
  const unfolded: string[] = [];
  for (const line of lines) {
    const before = unfolded.at(-1);
    if (before !== undefined && isContinuation(line)) unfolded[unfolded.length - 1] = `${before} ${trimBlanks(line)}`;
    else unfolded.push(line);
  }
  return unfolded;
}
