/** What stands where a secret stood. */
const REDACTED = '***';

/**
 * Takes credentials out of every URL in a text: `http://user:pass@host` becomes `http://host`, and of a SIP URI, whose
 * user is an address and not a secret, only the password goes: `sip:101:pass@host` becomes `sip:101@host`.
 * The patterns are bounded, so that a text made for it cannot keep them busy.
 */
export function stripUrlCredentials(text: string): string {
  return (
    text
      // Up to the last @ before the path: people put an unescaped @ into passwords.
      .replace(/\b([a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/?#"<>]*@/gi, '$1')
      .replace(/\b(sips?:[^\s:@;<>"]{1,256}):[^\s;<>"]{0,1024}@/gi, '$1@')
  );
}

/**
 * Passwords in the URLs of a text, as they are written and decoded: what {@link stripUrlCredentials} finds no more once
 * the text has been encoded for another place.
 */
export function passwordsInUrls(text: string): readonly string[] {
  const web = text.matchAll(/\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/?#"<>:@]{0,256}:([^\s/?#"<>]{1,1024})@/gi);
  const sip = text.matchAll(/\bsips?:[^\s:@;<>"]{1,256}:([^\s;<>"@]{1,1024})@/gi);
  return [...web, ...sip].flatMap(([, password = '']) => [password, decoded(password)]);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Takes secrets out of a text. */
export type Redactor = (text: string) => string;

/**
 * Makes a redactor for given secret values. It finds each one as it is, percent-encoded, form-encoded, in JSON, in XML and
 * in base64, and puts `***` there; credentials in URLs go too. Empty values are left out.
 *
 * Base64 of a longer text holds a secret in another form: for Basic authentication give `user:password` as a value
 * of its own.
 */
export function createRedactor(secrets: Iterable<string>): Redactor {
  const forms = new Set([...secrets].filter((secret) => secret !== '').flatMap(writtenForms));
  if (forms.size === 0) return stripUrlCredentials;
  // The longest first: of two secrets one may begin with the other.
  const alternatives = [...forms].sort((left, right) => right.length - left.length).map(literally);
  const pattern = new RegExp(alternatives.join('|'), 'g');
  return (text) => stripUrlCredentials(text.replace(pattern, REDACTED));
}

function writtenForms(secret: string): string[] {
  const percent = encodeURIComponent(secret.toWellFormed());
  const form = new URLSearchParams([['', secret]]).toString().slice(1);
  const base64 = Buffer.from(secret, 'utf8').toString('base64');
  return [
    secret,
    percent,
    lowerHex(percent),
    form,
    lowerHex(form),
    JSON.stringify(secret).slice(1, -1),
    xmlEscaped(secret),
    base64,
    base64.replace(/=+$/, ''),
    Buffer.from(secret, 'utf8').toString('base64url'),
  ];
}

function lowerHex(percentEncoded: string): string {
  return percentEncoded.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase());
}

function xmlEscaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}

/** A pattern that matches the text itself. */
function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
