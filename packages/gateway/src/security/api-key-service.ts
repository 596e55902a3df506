import { randomUUID } from 'node:crypto';
import { RequestError } from '../application.ts';
import type { Instant } from '../model.ts';
import type { ApiKeyRecord, ApiKeyStore } from '../store/ports.ts';
import type { ApiKeyAdministration, ApiKeyView, NewApiKey } from './api-key-administration.ts';
import { type ApiKeyDirectory, hashApiKey, makeApiKey } from './api-keys.ts';
import { isContradiction } from './principal.ts';
import type { OnSecurityEvent } from './security-events.ts';

/** What the service is made of. */
export interface ApiKeyServiceOptions {
  readonly store: ApiKeyStore;
  /** Told of each change; left out: nobody asks it. */
  readonly directory?: ApiKeyDirectory | undefined;
  readonly now: () => Instant;
  readonly onSecurityEvent: OnSecurityEvent;
}

const LONGEST_NAME = 100;

/** Makes, lists and revokes API keys: for mutations and the command line. */
export function createApiKeyService(options: ApiKeyServiceOptions): ApiKeyAdministration {
  const { store, directory, now, onSecurityEvent } = options;
  return {
    list: async () => (await store.all()).map(viewOf),
    async create(input, caller) {
      const fault = faultOf(input, now());
      if (fault !== null) throw new RequestError('BAD_USER_INPUT', fault);
      const key = makeApiKey();
      const { name, scopes, tags, masksNumbers, expiresAt } = input;
      const record: ApiKeyRecord = {
        id: randomUUID(),
        name,
        hash: hashApiKey(key),
        scopes: [...new Set(scopes)],
        tags,
        masksNumbers,
        createdAt: now(),
        expiresAt,
        revokedAt: null,
      };
      await store.put(record);
      directory?.put(record);
      onSecurityEvent({ kind: 'API_KEY_CREATED', caller, key: { id: record.id, name } });
      return { key, apiKey: viewOf(record) };
    },
    async revoke(id, caller) {
      const known = (await store.all()).find((record) => record.id === id);
      if (known === undefined) throw new RequestError('NOT_FOUND', 'There is no API key with this id.');
      if (known.revokedAt !== null) return viewOf(known);
      const revoked = { ...known, revokedAt: now() };
      await store.put(revoked);
      directory?.put(revoked);
      onSecurityEvent({ kind: 'API_KEY_REVOKED', caller, key: { id, name: known.name } });
      return viewOf(revoked);
    },
  };
}

function viewOf({ hash: _hash, ...view }: ApiKeyRecord): ApiKeyView {
  return view;
}

function faultOf(input: NewApiKey, at: Instant): string | null {
  const { name, scopes, tags, expiresAt } = input;
  if (name.trim() === '' || name.length > LONGEST_NAME) return `name: from 1 to ${LONGEST_NAME} characters.`;
  if (scopes.length === 0) return 'scopes: a key without any scope can do nothing.';
  if (tags?.length === 0) return 'tags: without any tag no phone would be seen; leave it out for all phones.';
  if (isContradiction(input)) return 'scopes: admin holds everything; it goes with neither tags nor masked numbers.';
  return expiresAt !== null && expiresAt <= at ? 'expiresAt: that time has passed.' : null;
}
