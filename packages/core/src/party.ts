/** One end of a call, with what the phone tells of it. */
export interface Party {
  /** What stands before the `@`, or the whole where there is none: digits mostly, but a name where the party goes by one (`anna`). */
  readonly number: string | null;
  /** With its scheme, e.g. `sip:101@pbx.example`. */
  readonly uri: string | null;
  readonly displayName: string | null;
}

/** A party of whom nothing is known. */
export const UNKNOWN_PARTY: Party = { number: null, uri: null, displayName: null };

// Two patterns without an ambiguous repetition: a caller chooses the text, and a long one must not stop the process.
const quotedName = /^"((?:[^"\\]|\\.)*)"\s*<([^>]*)>/;
const plainName = /^([^<"]*)<([^>]*)>/;
const scheme = /^(sips?|tel):/i;

/**
 * Reads a party out of any form that phones send: `sip:user@host`, `user@host`, `"Name" <sip:…>`, a bare number,
 * with or without URI parameters. `number` is the user of the address whatever it consists of, `anna` of `sip:anna@pbx`: who
 * dials looks at whether the phone takes it.
 * @param text the address as the phone sent it, already percent-decoded
 * @param displayName a name that came beside it; it wins over one inside `text`
 */
export function parseParty(text: string | undefined, displayName?: string | undefined): Party {
  const trimmed = (text ?? '').trim();
  const quoted = quotedName.exec(trimmed);
  const [, inside, inAngles] = quoted ?? plainName.exec(trimmed) ?? [];
  const address = (inAngles ?? trimmed).trim();
  const name = nonEmpty(displayName) ?? nonEmpty(quoted === null ? inside : inside?.replace(/\\(.)/g, '$1'));
  if (address === '') return { ...UNKNOWN_PARTY, displayName: name };
  const prefix = scheme.exec(address)?.[1]?.toLowerCase();
  // A SIP URI may hold a password behind the user (RFC 3261, 19.1.1): it goes no further.
  const bare = address
    .replace(scheme, '')
    .replace(/[;?].*$/s, '')
    .replace(/^([^:@]*):[^@]*@/, '$1@');
  const user = decode(bare.replace(/@.*$/s, ''));
  const uri = bare.includes('@')
    ? `${prefix === 'sips' ? 'sips' : 'sip'}:${bare}`
    : prefix === 'tel'
      ? `tel:${bare}`
      : null;
  return { number: nonEmpty(user.split(':', 1)[0]), uri, displayName: name };
}

function nonEmpty(text: string | undefined): string | null {
  const trimmed = text?.trim();
  return trimmed === undefined || trimmed === '' ? null : trimmed;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
