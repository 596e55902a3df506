import type { EventLog } from '../ports.ts';
import type { Database } from '../postgres/database.ts';
import type { Writer } from '../postgres/writer.ts';
import { numberOf } from '../rows.ts';

const FURTHEST = 'SELECT coalesce(max(sequence), 0) AS place FROM progress';
const FORGET = [
  'UPDATE features SET sequence = 0 WHERE sequence > $1',
  'UPDATE calls SET derived = 0 WHERE derived > $1',
  'UPDATE call_events SET derived = 0 WHERE derived > $1',
  'UPDATE progress SET sequence = 0 WHERE sequence > $1',
];

/**
 * Where PostgreSQL has derived further than the log goes, the log is another one: what was derived from the former one must not
 * keep out what this one tells.
 * @param log asked after PostgreSQL: other gateways go on meanwhile
 * @returns whether it was so
 */
export async function forgetOtherLog(
  { writer, database }: { readonly writer: Writer; readonly database: Database },
  log: Pick<EventLog, 'bounds'>,
): Promise<boolean> {
  const derived = numberOf((await database.first(FURTHEST)) ?? {}, 'place');
  const { last } = await log.bounds();
  if (derived <= last) return false;
  await writer.write(async (session) => {
    for (const sql of FORGET) await session.query(sql, [last]);
  });
  return true;
}
