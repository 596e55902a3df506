import { entryOfCommand } from '../../audit/audit-entry.ts';
import type { Command, CommandBatch } from '../../model.ts';
import { StoreError } from '../errors.ts';
import type { CommandStore, IdempotencyClaim } from '../ports.ts';
import { numberOf, recordOf, textOf } from '../rows.ts';
import { Conditions } from './conditions.ts';
import type { Database } from './database.ts';
import { listNewestFirst } from './newest-first.ts';
import { prepared } from './prepared.ts';
import type { Writer, WriteSession } from './writer.ts';

const INSERTING = `INSERT INTO commands (id, phone_id, name, status, batch_id, requested_at, settled_at, body, asked_of)
  SELECT told.*, $9::text
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::text[]) AS told`;
const INSERT = prepared(INSERTING);
// Of several gateways only who has the newest token of the lane marks a command as sent, and only one that waits. The token's
// row is held until the commit: see the lane store.
const MARK_SENT = prepared(`WITH held AS (SELECT token FROM lane_tokens WHERE shard = $5 AND token = $6 FOR SHARE)
  UPDATE commands SET status = $1, settled_at = $2, body = $3, lane_token = held.token FROM held
  WHERE id = $4 AND status = 'QUEUED' RETURNING id`);
// What is settled stays so. Of one that was not sent only who marked it by that token knows better than what stands there. With
// IS NULL a plan from when there were few commands goes through all that are unsettled, and through what is left of those that were.
const CHANGE = prepared(`UPDATE commands SET status = $1, settled_at = $2, body = $3
  WHERE id = $4 AND num_nulls(settled_at) = 1 AND (status = 'QUEUED' OR $5::boolean OR lane_token = $6::bigint) RETURNING id`);
const HELD = prepared('SELECT 1 FROM lane_tokens WHERE shard = $1 AND token = $2');
const UPDATE = prepared('UPDATE commands SET status = $1, settled_at = $2, body = $3 WHERE id = $4 RETURNING id');
const INSERT_BATCH = prepared('INSERT INTO command_batches (id, body) VALUES ($1, $2)');
// Waits for whoever writes the same key at the same time; no row: another command holds it.
const INSERT_CLAIM = prepared(`INSERT INTO idempotency_claims (caller_id, scope, key, fingerprint, owner_id)
  VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING owner_id`);
// Likewise, and the command where the key was free.
const INSERT_CLAIMED = prepared(`WITH claimed AS (
    INSERT INTO idempotency_claims (caller_id, scope, key, fingerprint, owner_id)
    VALUES ($10, $11, $12, $13, $14) ON CONFLICT DO NOTHING RETURNING owner_id
  )
  ${INSERTING}, claimed RETURNING id`);
const CLAIM = prepared(
  `SELECT owner_id, fingerprint FROM idempotency_claims WHERE caller_id = $1 AND scope = $2 AND key = $3`,
);
const GET = prepared('SELECT body FROM commands WHERE id = $1');
const GET_BATCH = prepared('SELECT body FROM command_batches WHERE id = $1');
const UNSETTLED = 'SELECT body FROM commands WHERE settled_at IS NULL ORDER BY requested_at, id';
const PENDING = prepared('SELECT count(*) AS pending FROM commands WHERE batch_id = $1 AND settled_at IS NULL');

const BY_ONE_STATEMENT = { byOneStatement: true };

/**
 * Commands, batches and idempotency keys in PostgreSQL.
 * @param member what the gateway is called among several; null: it is alone
 */
export function createCommandStore(writer: Writer, database: Database, member: string | null = null): CommandStore {
  const insertCommands = (session: WriteSession, commands: readonly Command[]) => insertAll(session, commands, member);
  return {
    insert: (command, claim) =>
      writer.write(async (session) => {
        if (claim !== null) return insertClaimed(session, command, { claim, member });
        await insertCommands(session, [command]);
        return null;
      }, BY_ONE_STATEMENT),
    update: member === null ? updateAlone(writer) : updateAmongSeveral(writer),
    async get(id) {
      const row = await database.first(GET, [id]);
      return row === null ? null : recordOf<Command>(row);
    },
    list({ phoneIds, names, statuses, batchId }, page) {
      const conditions = new Conditions()
        .isIn('phone_id', phoneIds)
        .isIn('name', names)
        .isIn('status', statuses)
        .add(batchId, (id) => `batch_id = ${id}`);
      return listNewestFirst<Command>({ database, table: 'commands', timeColumn: 'requested_at' }, conditions, page);
    },
    async unsettled() {
      return (await database.query(UNSETTLED)).map((row) => recordOf<Command>(row));
    },
    insertBatch: (batch, commands, claim) =>
      writer.write(async (session) => {
        if (claim !== null && (await session.query(INSERT_CLAIM, valuesOf(claim, batch.id))).length === 0) {
          return holderOf(session, claim);
        }
        await session.query(INSERT_BATCH, [batch.id, JSON.stringify(batch)]);
        await insertCommands(session, commands);
        return null;
      }),
    async getBatch(id) {
      const row = await database.first(GET_BATCH, [id]);
      return row === null ? null : recordOf<CommandBatch>(row);
    },
    async pendingInBatch(batchId) {
      return numberOf((await database.first(PENDING, [batchId])) ?? {}, 'pending');
    },
  };
}

function updateAlone(writer: Writer): CommandStore['update'] {
  return (command) =>
    writer.write(async (session) => {
      const { id, status, settledAt } = command;
      const changed = await session.query(UPDATE, [status, settledAt, JSON.stringify(command), id]);
      if (changed.length === 0) throw new StoreError('MISSING_ROW', `There is no command ${id}.`);
      if (settledAt !== null) session.audit(entryOfCommand(command));
    }, BY_ONE_STATEMENT);
}

function updateAmongSeveral(writer: Writer): CommandStore['update'] {
  return async (command, lane = null) => {
    const { id, status, settledAt, sentAt } = command;
    const found = await writer.write(async (session) => {
      const values = [status, settledAt, JSON.stringify(command), id];
      const changed = await (status === 'SENT'
        ? session.query(MARK_SENT, [...values, lane?.lane ?? '', lane?.token ?? 0])
        : session.query(CHANGE, [...values, sentAt !== null, lane?.token ?? null]));
      if (changed.length > 0) {
        if (settledAt !== null) session.audit(entryOfCommand(command));
        return 'written';
      }
      if (status !== 'SENT') return 'overtaken';
      const held = await session.query(HELD, [lane?.lane ?? '', lane?.token ?? 0]);
      return held.length > 0 ? 'overtaken' : 'fenced';
    }, BY_ONE_STATEMENT);
    // Not in the transaction, which others may share.
    if (found === 'overtaken') throw new StoreError('OVERTAKEN', `The command ${id} is not as it was: it is left.`);
    if (found === 'fenced') throw new StoreError('FENCED', `Another gateway has the lane of the command ${id}.`);
  };
}

type Holder = { readonly id: string; readonly fingerprint: string };

/** A command with its key and its row of the audit. @returns who holds the key instead: then nothing is written; null: it was free */
async function insertClaimed(
  session: WriteSession,
  command: Command,
  { claim, member }: { readonly claim: IdempotencyClaim; readonly member: string | null },
): Promise<Holder | null> {
  const values = [...columnsOf([command]), member, ...valuesOf(claim, command.id)];
  if ((await session.query(INSERT_CLAIMED, values)).length === 0) return holderOf(session, claim);
  session.audit(entryOfCommand(command));
  return null;
}

/** @param ownerId of the command or the batch that is to hold it */
function valuesOf({ callerId, scope, key, fingerprint }: IdempotencyClaim, ownerId: string) {
  return [callerId, scope, key, fingerprint, ownerId];
}

/** Who holds a key that was not free. */
async function holderOf(session: WriteSession, { callerId, scope, key }: IdempotencyClaim): Promise<Holder> {
  const [row] = await session.query(CLAIM, [callerId, scope, key]);
  if (row === undefined) throw new StoreError('FAULT', 'An idempotency key is held by nobody.');
  return { id: textOf(row, 'owner_id'), fingerprint: textOf(row, 'fingerprint') };
}

/** Commands, each with its row of the audit. */
async function insertAll(session: WriteSession, commands: readonly Command[], member: string | null): Promise<void> {
  await session.query(INSERT, [...columnsOf(commands), member]);
  for (const command of commands) session.audit(entryOfCommand(command));
}

function columnsOf(commands: readonly Command[]) {
  return [
    commands.map(({ id }) => id),
    commands.map(({ phoneId }) => phoneId),
    commands.map(({ name }) => name),
    commands.map(({ status }) => status),
    commands.map(({ batchId }) => batchId),
    commands.map(({ requestedAt }) => requestedAt),
    commands.map(({ settledAt }) => settledAt),
    commands.map((command) => JSON.stringify(command)),
  ];
}
