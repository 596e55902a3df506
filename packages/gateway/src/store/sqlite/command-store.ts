import { entryOfCommand } from '../../audit/audit-entry.ts';
import type { Command, CommandBatch } from '../../model.ts';
import { StoreError } from '../errors.ts';
import type { CommandQuery, CommandStore, IdempotencyClaim } from '../ports.ts';
import { numberOf, recordOf, textOf } from '../rows.ts';
import { auditStatements } from './audit-log.ts';
import { listNewestFirst, type NewestFirstQuery, type NewestFirstTable } from './newest-first.ts';
import type { Statement } from './protocol.ts';
import type { Reader } from './reader.ts';
import { isIn, listOf } from './scan.ts';
import type { Writer } from './writer.ts';

const INSERT = `INSERT INTO commands (id, phone_id, name, status, batch_id, requested_at, settled_at, body)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;
const UPDATE = 'UPDATE commands SET status = ?, settled_at = ?, body = ? WHERE id = ?';
const INSERT_BATCH = 'INSERT INTO command_batches (id, body) VALUES (?, ?)';
const INSERT_CLAIM = `INSERT INTO idempotency_claims (caller_id, scope, key, fingerprint, owner_id) VALUES (?, ?, ?, ?, ?)`;
const CLAIM = `SELECT owner_id, fingerprint FROM idempotency_claims
  WHERE caller_id = :callerId AND scope = :scope AND key = :key`;
const GET = 'SELECT body FROM commands WHERE id = :id';
const GET_BATCH = 'SELECT body FROM command_batches WHERE id = :id';
const UNSETTLED = `SELECT body FROM commands INDEXED BY commands_unsettled
  WHERE settled_at IS NULL ORDER BY requested_at, id`;
const PENDING = `SELECT count(*) AS pending FROM commands INDEXED BY commands_batch_unsettled
  WHERE batch_id = :batchId AND settled_at IS NULL`;

/** So many phones or fewer are each looked up in the index by phone; for more the whole list is walked once. */
const FEW_PHONES = 16;
const COMMANDS: NewestFirstTable = {
  table: 'commands',
  timeColumn: 'requested_at',
  index: 'commands_scan',
  partitions: { phone_id: 'commands_phone_scan', batch_id: 'commands_batch_scan' },
  conditions: `${isIn('phone_id', 'phoneIds')} AND ${isIn('name', 'names')} AND ${isIn('status', 'statuses')}`,
};

/** Commands, batches and idempotency keys in SQLite. */
export function createCommandStore(writer: Writer, reader: Reader): CommandStore {
  const writeClaimed = async (
    claim: IdempotencyClaim | null,
    owner: { readonly id: string; readonly unit: readonly Statement[] },
  ) => {
    if (claim === null) {
      await writer.write(owner.unit);
      return null;
    }
    try {
      await writer.write([claimFor(owner.id, claim), ...owner.unit]);
      return null;
    } catch (error) {
      // The claim is the first statement: only there a double means that another command holds the key.
      if (!(error instanceof StoreError) || error.code !== 'UNIQUE' || error.statement !== 0) throw error;
      const { callerId, scope, key } = claim;
      const row = reader.get(CLAIM, { callerId, scope, key });
      if (row === null) throw error;
      return { id: textOf(row, 'owner_id'), fingerprint: textOf(row, 'fingerprint') };
    }
  };
  return {
    // One thread writes, and takes one unit after the other.
    keepsOrder: true,
    insert: (command, claim) => writeClaimed(claim, { id: command.id, unit: insertion(command) }),
    async update(command) {
      const params = [command.status, command.settledAt, JSON.stringify(command), command.id];
      const change: Statement = { sql: UPDATE, params, orMissing: `There is no command ${command.id}.` };
      const unit = command.settledAt === null ? [change] : [change, ...auditOf(command)];
      // That it is sent is what its phone waits for.
      await writer.write(unit, { mayGather: command.status !== 'SENT' });
    },
    async get(id) {
      const row = reader.get(GET, { id });
      return row === null ? null : recordOf<Command>(row);
    },
    list: (query, page) => listNewestFirst<Command>({ reader, table: COMMANDS }, listed(query), page),
    async unsettled() {
      return reader.all(UNSETTLED).map((row) => recordOf<Command>(row));
    },
    insertBatch(batch, commands, claim) {
      const first: Statement = { sql: INSERT_BATCH, params: [batch.id, JSON.stringify(batch)] };
      return writeClaimed(claim, { id: batch.id, unit: [first, ...commands.flatMap(insertion)] });
    },
    async getBatch(id) {
      const row = reader.get(GET_BATCH, { id });
      return row === null ? null : recordOf<CommandBatch>(row);
    },
    async pendingInBatch(batchId) {
      return numberOf(reader.get(PENDING, { batchId }) ?? {}, 'pending');
    },
  };
}

/** A command and its row of the audit. */
function insertion(command: Command): readonly Statement[] {
  const { id, phoneId, name, status, batchId, requestedAt, settledAt } = command;
  const params = [id, phoneId, name, status, batchId, requestedAt, settledAt, JSON.stringify(command)];
  return [{ sql: INSERT, params }, ...auditOf(command)];
}

function auditOf(command: Command): readonly Statement[] {
  return auditStatements(entryOfCommand(command));
}

function claimFor(ownerId: string, { callerId, scope, key, fingerprint }: IdempotencyClaim): Statement {
  return { sql: INSERT_CLAIM, params: [callerId, scope, key, fingerprint, ownerId] };
}

function listed({ phoneIds, names, statuses, batchId }: CommandQuery): NewestFirstQuery {
  const few = batchId === undefined && phoneIds !== undefined && phoneIds.length <= FEW_PHONES;
  const values = { phoneIds: listOf(few ? undefined : phoneIds), names: listOf(names), statuses: listOf(statuses) };
  if (batchId !== undefined) return { partition: { column: 'batch_id', values: [batchId] }, values };
  return { partition: few ? { column: 'phone_id', values: phoneIds } : null, values };
}
