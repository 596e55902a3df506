import { featureOf } from '../../events/features.ts';
import type { LoggedEvent } from '../../model.ts';
import type { NewEvent } from '../ports.ts';
import { bytesOf, numberOf } from '../rows.ts';
import type { Session } from './database.ts';
import { makeRoom, type PartitionSizes } from './event-partitions.ts';
import { prepared } from './prepared.ts';

// The row is held until the commit. So the order of places is the order of commits, and nobody who reads behind a place
// misses one that becomes visible later; with a sequence of PostgreSQL's, which is given before the commit, they would.
// A transaction that fails gives its places back: the log has no gaps.
const LAST_PLACE = prepared('SELECT last, room FROM event_head WHERE id = 1 FOR UPDATE');
// What was received at a time was not given its place before, so older partitions are not asked. Planned each time: a plan that
// is kept is made for how small the newest partition was then.
const KNOWN = `SELECT receipt, sequence FROM events WHERE receipt = ANY ($1::bytea[])
  AND sequence >= (SELECT coalesce(max(first), 0) FROM event_partitions WHERE created_at <= $2)`;
/** The clocks of gateways may differ by so much. */
const CLOCKS_MS = 60_000;
const INSERT = prepared(`WITH inserted AS (
    INSERT INTO events (sequence, phone_id, vendor, type, call_event_kind, received_at, body, receipt)
    SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::bytea[])
  )
  UPDATE event_head SET last = $9 WHERE id = 1`);
// Several gateways write what they hear: the event that stands later in the log counts, whoever comes first.
const PUT_FEATURES = prepared(`INSERT INTO features (phone_id, feature, body, sequence)
  SELECT phone_id, feature, body, sequence
  FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) AS told (phone_id, feature, body, sequence)
  WHERE EXISTS (SELECT 1 FROM phones WHERE id = told.phone_id)
  ORDER BY phone_id, feature
  ON CONFLICT (phone_id, feature) DO UPDATE SET body = excluded.body, sequence = excluded.sequence
  WHERE features.sequence <= excluded.sequence`);

/** Events that are given together. */
export interface Appending {
  readonly events: readonly NewEvent[];
  /** With their places, once they have them. */
  logged: readonly LoggedEvent[];
}

/**
 * Appends what several have given, in that order, and how the switches stand since. A receipt that is known keeps its place.
 * @param sizes of partitions; left out: by how many events come in a day
 */
export async function appendEvents(
  session: Session,
  group: readonly Appending[],
  sizes?: PartitionSizes,
): Promise<void> {
  const [head] = await session.query(LAST_PLACE);
  let last = numberOf(head ?? {}, 'last');
  const places = await knownPlaces(session, group);
  const fresh: (NewEvent & { readonly sequence: number })[] = [];
  for (const appending of group) {
    appending.logged = appending.events.map(({ receipt, ...event }) => {
      const name = receipt === undefined ? null : nameOf(receipt);
      const known = name === null ? undefined : places.get(name);
      if (known !== undefined) return { ...event, sequence: known };
      last += 1;
      if (name !== null) places.set(name, last);
      fresh.push({ ...event, receipt, sequence: last });
      return { ...event, sequence: last };
    });
  }
  if (fresh.length === 0) return;
  const first = numberOf(head ?? {}, 'room');
  if (last >= first) await makeRoom(session, { first, through: last, sizes });
  await session.query(INSERT, [...columnsOf(fresh), last]);
  await putFeatures(session, fresh);
}

async function knownPlaces(session: Session, group: readonly Appending[]): Promise<Map<string, number>> {
  const receipts = group.flatMap(({ events }) =>
    events.flatMap(({ receipt }) => (receipt === undefined ? [] : [receipt])),
  );
  if (receipts.length === 0) return new Map();
  const since = Math.min(...group.flatMap(({ events }) => events.map(({ receivedAt }) => receivedAt)));
  const rows = await session.query(KNOWN, [receipts, Math.floor(since) - CLOCKS_MS]);
  return new Map(rows.map((row) => [nameOf(bytesOf(row, 'receipt')), numberOf(row, 'sequence')]));
}

function nameOf(receipt: Uint8Array): string {
  return Buffer.from(receipt).toString('hex');
}

function columnsOf(events: readonly (NewEvent & { readonly sequence: number })[]) {
  return [
    events.map(({ sequence }) => sequence),
    events.map(({ phoneId }) => phoneId),
    events.map(({ vendor }) => vendor),
    events.map(({ event }) => event.type),
    events.map(({ event }) => (event.type === 'CALL' ? event.callEventKind : null)),
    events.map(({ receivedAt }) => receivedAt),
    events.map(({ vendorEvent, variables, event }) => JSON.stringify({ vendorEvent, variables, event })),
    events.map(({ receipt }) => receipt ?? null),
  ];
}

/** How the switches of phones stand: the latest of each, since a row may be changed once by a statement. */
export async function putFeatures(
  session: Session,
  events: readonly (NewEvent & { readonly sequence: number })[],
): Promise<void> {
  const latest = new Map<string, readonly [phoneId: string, feature: string, body: string, sequence: number]>();
  for (const { phoneId, event, receivedAt, sequence } of events) {
    const state = featureOf(event, receivedAt);
    if (state !== null)
      latest.set(`${state.feature} ${phoneId}`, [phoneId, state.feature, JSON.stringify(state), sequence]);
  }
  if (latest.size === 0) return;
  const told = [...latest.values()];
  await session.query(PUT_FEATURES, [
    told.map(([phoneId]) => phoneId),
    told.map(([, feature]) => feature),
    told.map(([, , body]) => body),
    told.map(([, , , sequence]) => sequence),
  ]);
}
