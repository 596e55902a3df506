import type { Instant } from '../model.ts';
import { hashActionUrlToken } from '../security/action-url-tokens.ts';
import type { StoredPhone } from '../store/ports.ts';

/** Whose the tokens of action URLs are, by their hashes. */
export class KnownTokens {
  readonly #byHash = new Map<string, { readonly phoneId: string; readonly expiresAt: Instant | null }>();

  /** @param before the phone as it was; undefined: it was not known */
  change(before: StoredPhone | undefined, { phone, tokenHashes }: StoredPhone): void {
    for (const { hash } of before?.tokenHashes ?? []) this.#byHash.delete(hash);
    if (phone.removedAt !== null) return;
    for (const { hash, expiresAt } of tokenHashes) this.#byHash.set(hash, { phoneId: phone.id, expiresAt });
  }

  /** @returns the phone's id; null: it is nobody's, or its time is over */
  ownerOf(token: string, now: Instant): string | null {
    const found = this.#byHash.get(hashActionUrlToken(token));
    return found === undefined || (found.expiresAt !== null && found.expiresAt <= now) ? null : found.phoneId;
  }
}
