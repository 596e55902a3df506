import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Caller } from '../model.ts';
import type { ApiKeyRecord } from '../store/ports.ts';

const KEY_BYTES = 32;

/** Makes an API key: `hsk_` and 256 random bits as base64url. It is shown once; only {@link hashApiKey} of it is kept. */
export function makeApiKey(): string {
  return `hsk_${randomBytes(KEY_BYTES).toString('base64url')}`;
}

/** SHA-256 of a key as lower-case hex, as {@link ApiKeyRecord} keeps it. No salt: keys are random, not chosen. */
export function hashApiKey(key: string): string {
  return createHash('sha256').update(key, 'utf8').digest('hex');
}

/** Whether two hashes in hex are the same, in a time that tells nothing of where they differ. */
export function sameHash(left: string, right: string): boolean {
  const [leftBytes, rightBytes] = [Buffer.from(left, 'utf8'), Buffer.from(right, 'utf8')];
  return leftBytes.length === rightBytes.length && timingSafeEqual(leftBytes, rightBytes);
}

/** Who a presented key belongs to, from the records that were given: kept in memory, since every request asks. */
export class ApiKeyDirectory {
  readonly #byHash = new Map<string, ApiKeyRecord>();
  readonly #hashById = new Map<string, string>();

  constructor(records: Iterable<ApiKeyRecord> = []) {
    for (const record of records) this.put(record);
  }

  /** Adds a record or replaces the one of the same id. */
  put(record: ApiKeyRecord): void {
    const before = this.#hashById.get(record.id);
    if (before !== undefined) this.#byHash.delete(before);
    this.#byHash.set(record.hash, record);
    this.#hashById.set(record.id, record.hash);
  }

  /** @returns who may come in with that key; null where the key is unknown or revoked. */
  find(presentedKey: string): Caller | null {
    const hash = hashApiKey(presentedKey);
    const record = this.#byHash.get(hash);
    if (record === undefined || !sameHash(record.hash, hash) || record.revokedAt !== null) return null;
    return { id: record.id, name: record.name };
  }
}
