import type { Grant } from '../../security/principal.ts';
import type { ApiKeyRecord, ApiKeyStore } from '../ports.ts';
import { numberOf, numberOrNullOf, textOf } from '../rows.ts';
import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

const PUT = `INSERT INTO api_keys (id, name, hash, created_at, revoked_at, body) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET name = excluded.name, hash = excluded.hash, created_at = excluded.created_at,
    revoked_at = excluded.revoked_at, body = excluded.body`;
const ALL = 'SELECT id, name, hash, created_at, revoked_at, body FROM api_keys ORDER BY created_at, id';

/** API keys in SQLite. */
export function createApiKeyStore(writer: Pick<Writer, 'write'>, reader: Pick<Reader, 'all'>): ApiKeyStore {
  return {
    async all() {
      return reader.all(ALL).map(
        (row): ApiKeyRecord => ({
          id: textOf(row, 'id'),
          name: textOf(row, 'name'),
          hash: textOf(row, 'hash'),
          createdAt: numberOf(row, 'created_at'),
          revokedAt: numberOrNullOf(row, 'revoked_at'),
          ...(JSON.parse(textOf(row, 'body')) as Grant),
        }),
      );
    },
    async put({ id, name, hash, createdAt, revokedAt, scopes, tags, masksNumbers, expiresAt }) {
      const body = JSON.stringify({ scopes, tags, masksNumbers, expiresAt } satisfies Grant);
      await writer.write([{ sql: PUT, params: [id, name, hash, createdAt, revokedAt, body] }]);
    },
  };
}
