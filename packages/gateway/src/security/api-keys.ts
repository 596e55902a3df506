import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../model.ts';
import type { ApiKeyRecord } from '../store/ports.ts';
import type { Principal } from './principal.ts';

const KEY_BYTES = 32;

/** Makes an API key: `hsk_` and 256 random bits as base64url. It is shown once; only {@link hashApiKey} of it is kept. */
export function makeApiKey(): string {
  return `hsk_${randomBytes(KEY_BYTES).toString('base64url')}`;
}

/** SHA-256 of a key as lower-case hex, as {@link ApiKeyRecord} keeps it. No salt: keys are random, not chosen. */
export function hashApiKey(key: string): string {
  return hash('sha256', key, 'hex');
}

/** Whether two hashes in hex are the same, in a time that tells nothing of where they differ. */
export function sameHash(left: string, right: string): boolean {
  const [leftBytes, rightBytes] = [Buffer.from(left, 'utf8'), Buffer.from(right, 'utf8')];
  return leftBytes.length === rightBytes.length && timingSafeEqual(leftBytes, rightBytes);
}

/** Who a presented key belongs to, from the records that were given: kept in memory, since every request asks. */
export class ApiKeyDirectory {
  #byHash: ReadonlyMap<string, ApiKeyRecord> = new Map();
  readonly #byId = new Map<string, ApiKeyRecord>();
  readonly #principals = new Map<string, { readonly text: string; readonly principal: Principal }>();

  constructor(records: Iterable<ApiKeyRecord> = []) {
    for (const record of records) this.#byId.set(record.id, record);
    this.#index();
  }

  /** Adds a record or replaces the one of the same id. */
  put(record: ApiKeyRecord): void {
    this.#byId.set(record.id, record);
    this.#index();
  }

  /** Takes these records for all there are. */
  replace(records: Iterable<ApiKeyRecord>): void {
    this.#byId.clear();
    for (const record of records) this.#byId.set(record.id, record);
    for (const id of this.#principals.keys()) if (!this.#byId.has(id)) this.#principals.delete(id);
    this.#index();
  }

  /** Whether the key is somebody's at that time: not revoked, not expired, not gone. */
  isValid(id: string, at: Instant): boolean {
    const record = this.#byId.get(id);
    return record !== undefined && isGood(record, at);
  }

  /** @returns who may come in with that key; null where the key is unknown, revoked or expired. */
  find(presentedKey: string, at: Instant): Principal | null {
    const hash = hashApiKey(presentedKey);
    const record = this.#byHash.get(hash);
    if (record === undefined || !sameHash(record.hash, hash) || !isGood(record, at)) return null;
    return this.#principalOf(record);
  }

  /** One object for as long as the record says the same: what is made for a principal is made once for all its sessions. */
  #principalOf({ id, name, scopes, tags, masksNumbers, expiresAt }: ApiKeyRecord): Principal {
    const principal: Principal = { kind: 'API_KEY', id, name, scopes, tags, masksNumbers, expiresAt };
    const text = JSON.stringify(principal);
    const known = this.#principals.get(id);
    if (known?.text === text) return known.principal;
    this.#principals.set(id, { text, principal });
    return principal;
  }

  // Keys change seldom: the index is made anew.
  #index(): void {
    this.#byHash = new Map([...this.#byId.values()].map((record) => [record.hash, record]));
  }
}

function isGood({ revokedAt, expiresAt }: ApiKeyRecord, at: Instant): boolean {
  return revokedAt === null && (expiresAt === null || at < expiresAt);
}
