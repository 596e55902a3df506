import type { ApiKeyStore } from '../ports.ts';
import type { Reader } from './reader.ts';
import { numberOf, numberOrNullOf, textOf } from './rows.ts';
import type { Writer } from './writer.ts';

const PUT = `INSERT INTO api_keys (id, name, hash, created_at, revoked_at) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET name = excluded.name, hash = excluded.hash, created_at = excluded.created_at,
    revoked_at = excluded.revoked_at`;
const ALL = 'SELECT id, name, hash, created_at, revoked_at FROM api_keys ORDER BY created_at, id';

/** API keys in SQLite. */
export function createApiKeyStore(writer: Writer, reader: Reader): ApiKeyStore {
  return {
    async all() {
      return reader.all(ALL).map((row) => ({
        id: textOf(row, 'id'),
        name: textOf(row, 'name'),
        hash: textOf(row, 'hash'),
        createdAt: numberOf(row, 'created_at'),
        revokedAt: numberOrNullOf(row, 'revoked_at'),
      }));
    },
    async put({ id, name, hash, createdAt, revokedAt }) {
      await writer.write([{ sql: PUT, params: [id, name, hash, createdAt, revokedAt] }]);
    },
  };
}
