import { StoreError, type StoreErrorCode } from '../errors.ts';
import type { Fault } from './protocol.ts';

/** SQLite's primary result codes (sqlite.org/rescode.html) that tell of the disk and not of one statement. */
const DISK_CODES: ReadonlySet<number> = new Set([
  5, // SQLITE_BUSY: a foreign program writes and did not stop within the busy timeout
  7, // SQLITE_NOMEM
  8, // SQLITE_READONLY
  10, // SQLITE_IOERR
  11, // SQLITE_CORRUPT
  13, // SQLITE_FULL
  14, // SQLITE_CANTOPEN
  26, // SQLITE_NOTADB
]);
const CONSTRAINT = 19;
/** A place that is no whole number. */
const MISMATCH = 20;
const CONSTRAINT_PRIMARY_KEY = 1555;
const CONSTRAINT_UNIQUE = 2067;

/** SQLite's extended result code of something that node:sqlite threw; null where it is no SQLite error. */
export function sqliteCodeOf(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error)) return null;
  return typeof error.errcode === 'number' ? error.errcode : null;
}

function storeErrorCodeOf(error: unknown): StoreErrorCode {
  if (error instanceof StoreError) return error.code;
  const code = sqliteCodeOf(error);
  if (code === null) return 'FAULT';
  if (code === CONSTRAINT_PRIMARY_KEY || code === CONSTRAINT_UNIQUE) return 'UNIQUE';
  // The low byte of an extended code is the primary one.
  if ((code & 0xff) === CONSTRAINT || code === MISMATCH) return 'CONSTRAINT';
  return DISK_CODES.has(code & 0xff) ? 'DISK' : 'FAULT';
}

/** Makes something thrown fit to be sent to another thread. */
export function faultOf(error: unknown, statement: number | null = null): Fault {
  const message = error instanceof Error ? error.message : String(error);
  const sqliteCode = sqliteCodeOf(error);
  return {
    code: storeErrorCodeOf(error),
    message: sqliteCode === null ? message : `${message} (SQLite ${sqliteCode})`,
    statement,
  };
}

/** The error that a fault tells of. */
export function errorOf(fault: Fault): StoreError {
  const message = fault.code === 'DISK' ? `The store cannot write: ${fault.message}.` : fault.message;
  return new StoreError(fault.code, message, { statement: fault.statement });
}
