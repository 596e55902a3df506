import type { Token } from './options.ts';

/** The token that is used now. */
export interface Credentials {
  /** `Bearer …`, or null where no token is used. Rejects with {@link TokenUnavailable}. */
  authorization(): Promise<string | null>;
  /** The gateway refused the last one. @returns whether there may be another */
  refuse(): boolean;
}

/** The caller's `token` function failed. */
class TokenUnavailable extends Error {
  override readonly name = 'TokenUnavailable';
}

/** {@link Credentials} of a token, or of what gives one. */
export function createCredentials(token: Token | undefined): Credentials {
  let last: string | null = null;
  let refused: string | null = null;
  return {
    async authorization() {
      if (token === undefined) return null;
      try {
        last = typeof token === 'string' ? token : await token(refused);
      } catch (error) {
        throw new TokenUnavailable(error instanceof Error ? error.message : String(error), { cause: error });
      }
      return `Bearer ${last}`;
    },
    refuse() {
      refused = last;
      return typeof token === 'function';
    },
  };
}
