/**
 * Why the store refused.
 *
 * - `LOCKED`: another gateway has the data directory, or the database.
 * - `SCHEMA_TOO_NEW`: a newer Hookswitch wrote the database.
 * - `UNIQUE`: something of that name is there already. Nothing was written.
 * - `CONSTRAINT`: the row would break another rule of the schema, e.g. its phone is not there. Nothing was written.
 * - `MISSING_ROW`: what should be changed is not there. Nothing was written.
 * - `OVERTAKEN`: what should be changed is not as it was known: another gateway has it, or has ended it. Nothing was written.
 * - `FENCED`: another gateway has got a newer token of that lane. Nothing was written.
 * - `UNKNOWN_CURSOR`: the place that a page should begin behind is not there.
 * - `DISK`: the disk is full, read-only or broken. Nothing was written; later writes try again.
 * - `WRITER_DIED`: the writing thread ended in the middle of the work. It may have been written or not.
 * - `AWAY`: the engine is not reached, takes no writes or is another gateway's. Nothing was written; later writes try again.
 * - `IN_DOUBT`: the engine was lost while it committed. It may have been written or not.
 * - `CLOSED`: the store was closed before. Nothing was written.
 * - `FAULT`: anything else; a defect of this program. Nothing was written.
 */
export type StoreErrorCode =
  | 'LOCKED'
  | 'SCHEMA_TOO_NEW'
  | 'UNIQUE'
  | 'CONSTRAINT'
  | 'MISSING_ROW'
  | 'OVERTAKEN'
  | 'FENCED'
  | 'UNKNOWN_CURSOR'
  | 'DISK'
  | 'WRITER_DIED'
  | 'AWAY'
  | 'IN_DOUBT'
  | 'CLOSED'
  | 'FAULT';

/** The store refused. Match on `code`. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;
  /** Of the embedded store: which statement of a unit of work failed, counted from 0; null where it was none of them. */
  readonly statement: number | null;

  constructor(
    code: StoreErrorCode,
    message: string,
    options: ErrorOptions & { readonly statement?: number | null } = {},
  ) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
    this.statement = options.statement ?? null;
  }
}
