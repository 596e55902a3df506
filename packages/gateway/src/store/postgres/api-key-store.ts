import type { Grant } from '../../security/principal.ts';
import type { ApiKeyRecord, ApiKeyStore } from '../ports.ts';
import { numberOf, numberOrNullOf, recordOf, textOf } from '../rows.ts';
import type { Database } from './database.ts';
import type { Writer } from './writer.ts';

const PUT = `INSERT INTO api_keys (id, name, hash, created_at, revoked_at, body) VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (id) DO UPDATE SET name = excluded.name, hash = excluded.hash, created_at = excluded.created_at,
    revoked_at = excluded.revoked_at, body = excluded.body`;
const ALL = 'SELECT id, name, hash, created_at, revoked_at, body FROM api_keys ORDER BY created_at, id';

/** API keys in PostgreSQL. */
export function createApiKeyStore(writer: Writer, database: Database): ApiKeyStore {
  return {
    async all() {
      return (await database.query(ALL)).map(
        (row): ApiKeyRecord => ({
          id: textOf(row, 'id'),
          name: textOf(row, 'name'),
          hash: textOf(row, 'hash'),
          createdAt: numberOf(row, 'created_at'),
          revokedAt: numberOrNullOf(row, 'revoked_at'),
          ...recordOf<Grant>(row),
        }),
      );
    },
    put: ({ id, name, hash, createdAt, revokedAt, scopes, tags, masksNumbers, expiresAt }) => {
      const body = JSON.stringify({ scopes, tags, masksNumbers, expiresAt } satisfies Grant);
      return writer.run(PUT, [id, name, hash, createdAt, revokedAt, body]);
    },
  };
}
