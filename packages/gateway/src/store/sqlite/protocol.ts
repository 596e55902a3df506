import type { StoreErrorCode } from '../errors.ts';

/** What the writing thread and its owner say to each other. */

/** A value that SQLite takes. */
export type SqlValue = null | number | string | Uint8Array;

/** One statement with the values of its `?`. */
export interface Statement {
  readonly sql: string;
  readonly params: readonly SqlValue[];
  /** The unit fails with `MISSING_ROW` and this text where the statement changes nothing. */
  readonly orMissing?: string;
  /**
   * Run behind all units of the group, in its commit, once for all that ask for it; it has no values and tells nothing. Where it fails,
   * nothing of the group is written.
   */
  readonly atEnd?: true;
}

/** Statements that are written all or not at all. */
export type Unit = readonly Statement[];

/** A unit as it goes to the writing thread: of texts that thread is told once, and then their numbers. */
export type SentUnit = readonly (Omit<Statement, 'sql'> & { readonly text: number })[];

/** What a statement did. */
export interface StatementResult {
  readonly changes: number;
  /** The row id of the last row that was inserted; means nothing for other statements. */
  readonly rowId: number;
}

/** An error as it crosses threads. */
export interface Fault {
  readonly code: StoreErrorCode;
  readonly message: string;
  readonly statement: number | null;
}

/** What became of a unit. */
export type Answer =
  | { readonly ok: true; readonly results: readonly StatementResult[] }
  | { readonly ok: false; readonly fault: Fault };

/** To the writing thread. One `write` at a time; `close` only when it has been answered. */
export type WriterRequest =
  | {
      readonly kind: 'write';
      readonly group: readonly SentUnit[];
      /** Texts of statements that it has not been told yet: they go on behind the earlier ones. */
      readonly texts: readonly string[];
    }
  /** Close the database and end. */
  | { readonly kind: 'close' };

/** From the writing thread. */
export type WriterReply =
  /** The database is open and migrated. Once, first. */
  | { readonly kind: 'ready' }
  /** It is not, and the thread ends. */
  | { readonly kind: 'refused'; readonly fault: Fault }
  /** The group is committed: an answer for each unit, in order. */
  | { readonly kind: 'committed'; readonly answers: readonly Answer[] }
  /** The group is not committed: nothing of it was written. */
  | { readonly kind: 'failed'; readonly fault: Fault };
