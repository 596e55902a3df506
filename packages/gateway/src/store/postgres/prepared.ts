import { createHash } from 'node:crypto';

/** A statement that the engine parses and plans once a connection. */
export interface Prepared {
  /** Of the statement on each connection, and of no other. */
  readonly name: string;
  readonly text: string;
}

/** A statement: its text, or one that is prepared. */
export type Sql = string | Prepared;

/**
 * Prepares a statement. Each connection keeps what it has prepared for as long as it lives, so the text is a constant of the
 * program, never put together from what is asked for. It names the columns of its result: a plan whose result has other
 * columns after a migration is refused.
 */
export function prepared(text: string): Prepared {
  return { name: `hookswitch_${createHash('sha256').update(text).digest('hex').slice(0, 16)}`, text };
}
