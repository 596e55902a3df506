import type { Resealing } from '../resealing.ts';
import { bytesOf, textOf } from '../rows.ts';
import { Database } from './database.ts';
import { PUT_SEALED_KEY } from './kept-facts.ts';
import { auditKeyIn } from './open.ts';
import type { PostgresOptions } from './options.ts';
import { takePlace } from './place.ts';
import { Writer } from './writer.ts';

/**
 * Replaces everything that is sealed in a database, all or none, with a row of the audit. No gateway may work there. What
 * the engine's log and its backups hold is still sealed as it was.
 * @returns how many phones there were
 * @throws StoreError `LOCKED` where a gateway works, `AWAY`
 */
export async function resealPostgres(
  postgres: PostgresOptions,
  dataDir: string,
  { phone, keys, entry }: Resealing,
): Promise<number> {
  const key = await auditKeyIn(dataDir);
  const place = await takePlace(postgres, { warn() {}, error() {} });
  const database = new Database(postgres, () => place.mayWrite());
  const writer = new Writer(database, key);
  try {
    return await writer.write(async (session) => {
      const rows = await session.query('SELECT id, sealed_secrets FROM phones');
      const ids = rows.map((row) => textOf(row, 'id'));
      const sealed = rows.map((row, index) => phone(ids[index] ?? '', bytesOf(row, 'sealed_secrets')));
      await session.query(
        `UPDATE phones SET sealed_secrets = anew.sealed
          FROM unnest($1::text[], $2::bytea[]) AS anew (id, sealed) WHERE phones.id = anew.id`,
        [ids, sealed],
      );
      const kept = await session.query('SELECT name, sealed FROM sealed_keys');
      const before = new Map(kept.map((row) => [textOf(row, 'name'), bytesOf(row, 'sealed')]));
      for (const [name, bytes] of keys(before)) await session.query(PUT_SEALED_KEY, [name, bytes]);
      session.audit(entry(rows.length));
      return rows.length;
    });
  } finally {
    await database.close();
    await place.release();
  }
}
