import { StoreError } from '../errors.ts';
import type { Writer } from '../postgres/writer.ts';
import { textOf } from '../rows.ts';
import type { StreamPlace } from './connection.ts';

// Servers may be given a domain later, and none that they have is taken away.
const CLAIM = `INSERT INTO event_log (id, domain) VALUES (1, $1)
  ON CONFLICT (id) DO UPDATE SET domain = excluded.domain WHERE event_log.domain = ''`;
const KNOWN = 'SELECT domain FROM event_log WHERE id = 1';

/**
 * Makes sure that all gateways over a database have their log in one domain of JetStream. A NATS server at a site may have a JetStream of its own:
 * a log there would miss what is reported elsewhere, and the other way round.
 * @throws StoreError `FAULT` where it is another one
 */
export async function claimDomain(
  writer: Pick<Writer, 'write'>,
  { stream, ownDomain = '' }: StreamPlace,
): Promise<void> {
  const known = await writer.write(async (session) => {
    await session.query(CLAIM, [ownDomain]);
    const [row = {}] = await session.query(KNOWN);
    return textOf(row, 'domain');
  });
  if (known === ownDomain) return;
  const reached = ownDomain === '' ? 'a JetStream without a domain' : `the domain ${ownDomain} of JetStream`;
  throw new StoreError(
    'FAULT',
    `The stream ${stream} of this database is in the domain ${known} of JetStream, and NATS here leads to ${reached}. ` +
      `Say bus.domain: ${known}. Where the log has moved for good: stop all gateways, delete the row of the table event_log, start them.`,
  );
}
