/** What must not stand in a recording. */
export interface RedactionRules {
  /** The phone's login; in the targets of requests it becomes `{username}` and `{password}`, as drivers write it. */
  readonly login?: { readonly username: string; readonly password: string };
  /** Passwords, tokens, whatever else is nobody's business. */
  readonly secrets: readonly string[];
  /** Telephone numbers, besides those in the command and in `sip:` and `tel:` URIs. */
  readonly numbers: readonly string[];
  /** Hosts with what stands for them: `{'10.1.2.3': '192.0.2.10'}`. */
  readonly hosts: Readonly<Record<string, string>>;
  /** Whether MAC addresses are replaced, by those of RFC 7042 for documents. */
  readonly macs: boolean;
}

/** Settings and variables whose values are secrets, whoever the vendor: `user_pass1=…`, `<http_pass>…`, `"token":"…"`. */
const SECRET_NAMES = 'pass|password|passwd|passcode|pwd|secret|token|pin|authkey';
const NAMED_SECRETS: readonly RegExp[] = [
  new RegExp(`[\\w.-]*(?:${SECRET_NAMES})\\w{0,2}\\s*=\\s*"?([^\\s"&;<>]{3,})`, 'gi'),
  new RegExp(`<[\\w.:-]*(?:${SECRET_NAMES})\\w{0,2}(?:\\s[^>]*)?>([^<>]{3,})<`, 'gi'),
  new RegExp(`"[\\w.-]*(?:${SECRET_NAMES})\\w{0,2}"\\s*:\\s*"([^"]{3,})"`, 'gi'),
];
/** The secret part of a gateway's action URLs. */
const ACTION_URL_TOKEN = /\/a\/([\w-]{16,})\//g;
const PUBLISHED = /\/d\/([\w-]{16,})/g;
const URI_NUMBER = /\b(?:sips?|tel):(?:%2B|\+)?(\d{3,})(?=@|%40|[;>"\s&]|$)/gi;
const MAC = /(?<![0-9a-f%])(?:[0-9a-f]{2}([:-]?))(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}(?![0-9a-f])/gi;
/** Shorter ones would be found everywhere. */
const SHORTEST_NUMBER = 3;

/** Takes out of texts what nobody may see, the same thing always by the same. */
export class Redactor {
  readonly #rules: RedactionRules;
  readonly #secrets = new Map<string, string>();
  readonly #numbers = new Map<string, string>();
  readonly #macs = new Map<string, string>();
  readonly #documents = new Map<string, string>();

  constructor(rules: RedactionRules) {
    this.#rules = rules;
    for (const secret of [...rules.secrets, ...(rules.login === undefined ? [] : [rules.login.password])]) {
      this.#secret(secret);
    }
    for (const number of rules.numbers) this.#number(number);
  }

  /** Looks for what is secret in a text, so that it is taken out of all texts. Call it for all before {@link redact}. */
  learn(text: string): void {
    for (const pattern of NAMED_SECRETS) {
      for (const [, found = ''] of text.matchAll(pattern)) this.#secret(decoded(found), found);
    }
    for (const [, found = ''] of text.matchAll(ACTION_URL_TOKEN)) this.#secret(found);
    for (const [, found = ''] of text.matchAll(PUBLISHED)) {
      this.#documents.set(found, this.#documents.get(found) ?? `recorded-${this.#documents.size + 1}`);
    }
    for (const [, found = ''] of text.matchAll(URI_NUMBER)) this.#number(found);
  }

  /** Telephone numbers in what a command was given: whatever is dialled is somebody's. */
  learnNumbers(text: string): void {
    for (const [, found = ''] of text.matchAll(/(?:^|[^\w.])\+?(\d{3,})(?![\w.])/g)) this.#number(found);
  }

  /** The text without secrets. */
  redact(text: string): string {
    let result = text;
    for (const [token, name] of this.#documents) result = result.replaceAll(token, name);
    for (const [secret, name] of byLength(this.#secrets)) {
      for (const form of formsOf(secret)) result = result.replaceAll(form, name);
    }
    for (const [host, name] of Object.entries(this.#rules.hosts)) {
      result = result.replaceAll(new RegExp(`(?<![\\w.])${escaped(host)}(?::\\d+)?(?![\\w.])`, 'g'), name);
    }
    for (const [number, name] of byLength(this.#numbers)) {
      // Behind a percent-encoded octet it may be, too.
      result = result.replaceAll(
        new RegExp(`(?:(?<![\\d.])|(?<=%[0-9A-Fa-f]{2}))${number}(?![\\d.]\\d)(?!\\d)`, 'g'),
        name,
      );
    }
    return this.#rules.macs ? result.replaceAll(MAC, (mac) => this.#mac(mac)) : result;
  }

  /** The same for the target of a request, where the driver writes `{username}` and `{password}`. */
  redactTarget(target: string): string {
    const { login } = this.#rules;
    if (login === undefined || !formsOf(login.password).some((form) => target.includes(form))) {
      return this.redact(target);
    }
    const marked = replacedForms(replacedForms(target, login.password, '{password}'), login.username, '{username}');
    return this.redact(marked);
  }

  /**
   * Asserts that nothing of it is left.
   * @throws Error in words that do not tell what it is
   */
  assertClean(text: string): void {
    for (const secret of this.#secrets.keys()) {
      if (formsOf(secret).some((form) => text.includes(form))) {
        throw new Error('A secret is still in the recording: nothing was written.');
      }
    }
  }

  /** @param written as it was met, where that is none of the forms that everybody knows */
  #secret(secret: string, written = secret): void {
    // What was taken out already, and what a driver fills in.
    if (secret.length < SHORTEST_NUMBER || /^(?:redacted-\d+|\{\w+\}|\$\w+)$/.test(secret)) return;
    const name = this.#secrets.get(secret) ?? `redacted-${this.#secrets.size + 1}`;
    this.#secrets.set(secret, name).set(written, name);
  }

  #number(number: string): void {
    const digits = number.replace(/\D/g, '');
    if (digits.length < SHORTEST_NUMBER || this.#numbers.has(digits)) return;
    this.#numbers.set(digits, `2${String(this.#numbers.size + 1).padStart(digits.length - 1, '0')}`);
  }

  #mac(mac: string): string {
    const key = mac.replace(/[:-]/g, '').toLowerCase();
    const number = this.#macs.get(key) ?? String(this.#macs.size + 1).padStart(2, '0');
    this.#macs.set(key, number);
    const [, separator = ''] = /^..([:-]?)/.exec(mac) ?? [];
    const pairs = ['00', '00', '5e', '00', '53', number].join(separator);
    return mac === mac.toUpperCase() ? pairs.toUpperCase() : pairs;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** How a secret may be written: as it is, in a URL, in XML, in JSON, and as base64. */
function formsOf(secret: string): readonly string[] {
  const inXml = secret.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
  const named = secret
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
  const inUrl = encodeURIComponent(secret);
  return [
    ...new Set([
      secret,
      inUrl,
      inUrl.replaceAll(/%[0-9A-F]{2}/g, (octet) => octet.toLowerCase()),
      inUrl.replaceAll('%20', '+'),
      new URLSearchParams([['', secret]]).toString().slice(1),
      inXml,
      named,
      JSON.stringify(secret).slice(1, -1),
      Buffer.from(secret).toString('base64'),
    ]),
  ];
}

function replacedForms(text: string, secret: string, name: string): string {
  return formsOf(secret).reduce((result, form) => result.replaceAll(form, name), text);
}

function byLength(map: ReadonlyMap<string, string>): readonly (readonly [string, string])[] {
  return [...map].toSorted(([one], [other]) => other.length - one.length);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
