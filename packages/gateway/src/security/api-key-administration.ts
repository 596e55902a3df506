import type { Caller, Instant } from '../model.ts';
import type { Grant } from './principal.ts';

/** An API key as it is shown: never itself. */
export interface ApiKeyView extends Caller, Grant {
  readonly createdAt: Instant;
  readonly revokedAt: Instant | null;
}

/** What `createApiKey` takes. */
export interface NewApiKey extends Grant {
  readonly name: string;
}

/** Makes, lists and revokes API keys. */
export interface ApiKeyAdministration {
  /** The revoked ones included, oldest first. */
  list(): Promise<readonly ApiKeyView[]>;
  /** @returns the key itself too: it is shown nowhere else. Rejects with RequestError BAD_USER_INPUT. */
  create(input: NewApiKey, caller: Caller): Promise<{ readonly key: string; readonly apiKey: ApiKeyView }>;
  /** Its subscriptions end too. A key that was revoked stays as it is. */
  revoke(id: string, caller: Caller): Promise<ApiKeyView>;
}
