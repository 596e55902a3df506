import { StoreError } from '../errors.ts';
import type { Database, Session } from '../postgres/database.ts';
import { GATEWAYS_AT_WORK } from '../postgres/place.ts';
import type { Writer } from '../postgres/writer.ts';
import { numberOf, textOf } from '../rows.ts';
import type { StreamConnection, StreamPlace } from './connection.ts';

const BEGIN = 'INSERT INTO event_log (id, name) VALUES (1, $1) ON CONFLICT (id) DO NOTHING';
const KNOWN = 'SELECT name FROM event_log WHERE id = 1';
const CHANGE = 'UPDATE event_log SET name = $1 WHERE id = 1';

/**
 * Makes sure that all gateways over a database have one log. A NATS server at a site may have a JetStream of its own, with a stream of the same
 * name: what is reported there would be missing elsewhere. A stream is told from others by when it was made.
 * @throws StoreError `LOCKED` where others are at work with another one
 */
export async function claimLog(writer: Pick<Writer, 'write'>, connection: StreamConnection): Promise<void> {
  const { created } = await connection.info();
  await writer.write(async (session) => {
    // Of gateways that start together the others wait here for the first.
    await session.query(BEGIN, [created]);
    const [row = {}] = await session.query(`${KNOWN} FOR UPDATE`);
    const known = textOf(row, 'name');
    if (known === created) return;
    if (await areOthersAtWork(session)) throw otherLog(connection, { known, found: `was made ${created}` });
    await session.query(CHANGE, [created]);
  });
}

/** Before a stream is made. @throws StoreError `LOCKED` where others are at work, which have one */
export async function mayMakeLog(database: Pick<Database, 'query'>, place: StreamPlace): Promise<void> {
  const [row] = await database.query(KNOWN);
  if (row === undefined || !(await areOthersAtWork(database))) return;
  throw otherLog(place, { known: textOf(row, 'name'), found: 'is not there' });
}

async function areOthersAtWork(session: Pick<Session, 'query'>): Promise<boolean> {
  const [row = {}] = await session.query(GATEWAYS_AT_WORK);
  return numberOf(row, 'gateways') > 1;
}

function otherLog(
  { stream, ownDomain }: StreamPlace,
  { known, found }: { readonly known: string; readonly found: string },
): StoreError {
  const domain = ownDomain === undefined ? 'JetStream without a domain' : `the domain ${ownDomain} of JetStream`;
  return new StoreError(
    'LOCKED',
    `The stream ${stream} ${found} in ${domain}, which is reached here; that of the gateways that work on the database was made ${known}. ` +
      'Name the domain of theirs (bus.domain). Where theirs is gone: stop them all, then start them.',
  );
}
