import { randomUUID } from 'node:crypto';
import { type ApiKeyDirectory, hashApiKey, makeApiKey } from './security/api-keys.ts';
import type { ApiKeyStore } from './store/ports.ts';

/**
 * Sees to it that somebody can come in: the key that was given is good from now on; where none was given and none was
 * ever made, one is made.
 * @returns the key that was made just now, to be shown once; null: none was
 */
export async function ensureAdminKey(
  given: string | null,
  { directory, store }: { readonly directory: ApiKeyDirectory; readonly store: ApiKeyStore },
): Promise<string | null> {
  if (given !== null && directory.find(given) !== null) return null;
  if (given === null && (await store.all()).some(({ revokedAt }) => revokedAt === null)) return null;
  const key = given ?? makeApiKey();
  const record = { id: randomUUID(), name: 'admin', hash: hashApiKey(key), createdAt: Date.now(), revokedAt: null };
  await store.put(record);
  directory.put(record);
  return given === null ? key : null;
}
