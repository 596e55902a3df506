import { randomBytes } from 'node:crypto';

interface NonceEntry {
  readonly issuedAt: number;
  readonly used: Set<string>;
}

/** The nonces that a server gave out, and the counts it has seen with each. */
export class NonceBook {
  readonly #entries = new Map<string, NonceEntry>();

  /** A new nonce. */
  issue(now: number): string {
    const nonce = randomBytes(16).toString('hex');
    this.#entries.set(nonce, { issuedAt: now, used: new Set() });
    return nonce;
  }

  /**
   * Whether the nonce is one of ours, was issued after `notBefore` and has not been used with this count (`nc`)
   * before. Without a count (RFC 2069) it may be used again.
   */
  use(nonce: string, count: string | undefined, notBefore: number): boolean {
    const entry = this.#entries.get(nonce);
    if (entry === undefined || entry.issuedAt <= notBefore) return false;
    if (count === undefined) return true;
    if (entry.used.has(count)) return false;
    entry.used.add(count);
    return true;
  }

  /** Forgets all of them. */
  clear(): void {
    this.#entries.clear();
  }
}
