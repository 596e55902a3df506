import pg from 'pg';
import { StoreError, type StoreErrorCode } from '../errors.ts';

/** A gateway that has lost its place raises it: see the function `hookswitch_may_write` of the schema. */
const NOT_THE_OWNER = 'HS001';

/**
 * Classes and codes (postgresql.org/docs/current/errcodes-appendix.html) that tell of the engine and not of one statement:
 * what is given later is taken.
 */
const AWAY: readonly string[] = [
  NOT_THE_OWNER,
  '08', // connection exception
  '25P03', // idle_in_transaction_session_timeout: this gateway stood still
  '25006', // read_only_sql_transaction: a standby, before it is promoted
  '28', // invalid authorization: the password is being changed
  '40', // transaction rollback: it was begun again too often
  '3D000', // invalid_catalog_name: the database is being restored
  '53', // insufficient resources: disk full, too many connections
  '55P03', // lock_not_available
  '57', // operator intervention: shutdown, restart, a statement that took too long
  '58', // system error: input or output failed
  'XX001', // data_corrupted
  'XX002', // index_corrupted
];
/** The engine chose this transaction to end a deadlock: it may be begun again at once. */
const TRY_AGAIN: ReadonlySet<string> = new Set(['40001', '40P01']);
/**
 * The connection's prepared statements are of no use any more: `feature_not_supported`, since a migration has changed a
 * column's type ("cached plan must not change result type"), or `invalid_sql_statement_name`, since somebody between has
 * thrown them away. On a new connection they are prepared anew.
 */
const NOT_PREPARED: ReadonlySet<string> = new Set(['0A000', '26000']);
const UNIQUE_VIOLATION = '23505';

/** Whether the engine ended the transaction for the sake of another one, or for the connection's. */
export function mayTryAgain(error: unknown): boolean {
  return (
    isNotPrepared(error) || (error instanceof pg.DatabaseError && error.code !== undefined && TRY_AGAIN.has(error.code))
  );
}

/** Whether the engine does not run what the connection has prepared. */
export function isNotPrepared(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code !== undefined && NOT_PREPARED.has(error.code);
}

/** What the driver or the engine threw, as a {@link StoreError}. */
export function storeErrorOf(error: unknown): StoreError {
  if (!(error instanceof pg.DatabaseError)) return away(error);
  const code = error.code ?? '';
  if (AWAY.some((prefix) => code.startsWith(prefix))) return away(error, code);
  return new StoreError(codeOf(code), `${error.message} (PostgreSQL ${code})`, { cause: error });
}

/** Whether the engine itself answered with an error and goes on: then what was asked for was not done. */
export function isAnswer(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code !== undefined && !/^(?:08|57P|XX)/.test(error.code);
}

/** The error of a commit whose answer was lost. */
export function inDoubt(cause: unknown): StoreError {
  return new StoreError('IN_DOUBT', `PostgreSQL was lost while it committed: ${reasonOf(cause)}.`, { cause });
}

/** The error of an engine that is not reached, or takes nothing. @param code its own, where it answered */
export function away(cause: unknown, code: string | null = null): StoreError {
  const what = code === null ? '' : ` (PostgreSQL ${code})`;
  return new StoreError('AWAY', `PostgreSQL cannot be used: ${reasonOf(cause)}${what}.`, { cause });
}

function codeOf(code: string): StoreErrorCode {
  if (code === UNIQUE_VIOLATION) return 'UNIQUE';
  // 22: data that no column takes, such as half a millisecond.
  return code.startsWith('22') || code.startsWith('23') ? 'CONSTRAINT' : 'FAULT';
}

function reasonOf(error: unknown): string {
  // Several addresses were tried: the message of the whole is empty.
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/\.$/, '');
}
