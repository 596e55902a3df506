import { randomUUID } from 'node:crypto';
import { auditEntry } from './audit/audited.ts';
import type { Caller } from './model.ts';
import { type ApiKeyDirectory, hashApiKey, makeApiKey } from './security/api-keys.ts';
import { StoreError } from './store/errors.ts';
import type { ApiKeyRecord, ApiKeyStore, AuditLog } from './store/ports.ts';

const GATEWAY: Caller = { id: 'gateway', name: 'gateway: first key' };

/**
 * Sees to it that somebody can come in: the key that was given is good from now on; where none was given and none was
 * ever made, one is made.
 * @returns the key that was made just now, to be shown once; null: none was
 * @throws where the key that was given has been revoked
 */
export async function ensureAdminKey(
  given: string | null,
  {
    directory,
    store,
    audit,
  }: {
    readonly directory: ApiKeyDirectory;
    readonly store: ApiKeyStore;
    readonly audit: Pick<AuditLog, 'append'>;
  },
): Promise<string | null> {
  if (given !== null && directory.find(given, Date.now()) !== null) return null;
  const known = await store.all();
  if (given === null && known.some(({ revokedAt }) => revokedAt === null)) return null;
  const key = given ?? makeApiKey();
  const hash = hashApiKey(key);
  if (known.some((record) => record.hash === hash)) {
    throw new Error('HOOKSWITCH_ADMIN_KEY: this key has been revoked. Give another one.');
  }
  const record: ApiKeyRecord = {
    id: randomUUID(),
    name: 'admin',
    hash,
    scopes: ['admin'],
    tags: null,
    masksNumbers: false,
    createdAt: Date.now(),
    expiresAt: null,
    revokedAt: null,
  };
  const what = { action: 'createApiKey', caller: GATEWAY, details: { keyId: record.id, name: record.name } };
  await audit.append(auditEntry(what, Date.now()));
  try {
    await store.put(record);
  } catch (error) {
    const taken = given === null || !(error instanceof StoreError) || error.code !== 'UNIQUE';
    const other = taken ? undefined : (await store.all()).find((one) => one.hash === hash);
    if (other === undefined) throw error;
    // Another gateway over the same store was given the same key at the same time.
    directory.put(other);
    return null;
  }
  directory.put(record);
  return given === null ? key : null;
}
