import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { StoreError } from '../errors.ts';
import type { Row } from '../rows.ts';
import { openForReading } from './connection.ts';
import { faultOf } from './faults.ts';
import type { SqlValue } from './protocol.ts';

/** Values of a query's `:names`. Those that the query does not name are left out. */
export type NamedValues = Readonly<Record<string, SqlValue>>;

/**
 * Reads in the thread that asks. Each query is run to its end before anything else happens, so that no snapshot stays
 * open and keeps the write-ahead log from being cut back; therefore each must be short: by an index, and bounded.
 */
export class Reader {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(file: string) {
    this.#database = openForReading(file);
  }

  all(sql: string, values: NamedValues = {}): readonly Row[] {
    return this.#run(sql, (statement) => statement.all({ ...values }));
  }

  get(sql: string, values: NamedValues = {}): Row | null {
    return this.#run(sql, (statement) => statement.get({ ...values }) ?? null);
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  /** @throws StoreError, so that a disk that does not answer is told from a defect */
  #run<Result>(sql: string, query: (statement: StatementSync) => Result): Result {
    try {
      return query(this.#prepare(sql));
    } catch (error) {
      if (error instanceof StoreError) throw error;
      const fault = faultOf(error);
      const message = fault.code === 'DISK' ? `The store cannot read: ${fault.message}.` : fault.message;
      throw new StoreError(fault.code, message, { cause: error });
    }
  }

  #prepare(sql: string): StatementSync {
    if (!this.#database.isOpen) throw new StoreError('CLOSED', 'The store is closed.');
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const prepared = this.#database.prepare(sql);
    this.#statements.set(sql, prepared);
    return prepared;
  }
}
