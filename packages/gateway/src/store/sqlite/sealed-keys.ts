import type { SealedKeyStore } from '../ports.ts';
import { bytesOf, textOf } from '../rows.ts';
import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

const ALL = 'SELECT name, sealed FROM sealed_keys';
/** Also for whoever seals them anew. */
export const PUT_SEALED_KEY = `INSERT INTO sealed_keys (name, sealed) VALUES (?, ?)
  ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed`;

/** Keys that are kept sealed, in SQLite. */
export function createSealedKeyStore(writer: Pick<Writer, 'write'>, reader: Pick<Reader, 'all'>): SealedKeyStore {
  return {
    async all() {
      return new Map(reader.all(ALL, {}).map((row) => [textOf(row, 'name'), bytesOf(row, 'sealed')]));
    },
    async put(name, sealed) {
      await writer.write([{ sql: PUT_SEALED_KEY, params: [name, sealed] }]);
    },
  };
}
