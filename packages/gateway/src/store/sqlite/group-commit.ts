import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { StoreError } from '../errors.ts';
import { faultOf } from './faults.ts';
import type { Answer, StatementResult, Unit } from './protocol.ts';

/** Writes groups of units, one commit a group. */
export interface GroupCommitter {
  /**
   * Runs the units in one transaction. A unit that breaks a rule is undone and answered with its fault, the others stay.
   * @throws where the transaction could not be committed: nothing of the group was written.
   */
  commit(group: readonly Unit[]): readonly Answer[];
  close(): void;
}

/**
 * @param open gives a connection of which nobody else knows. Called again after a group failed: what a disk error left
 *   behind in a connection is not worth finding out.
 */
export function createGroupCommitter(open: () => DatabaseSync): GroupCommitter {
  let connection: Connection | null = new Connection(open());
  return {
    commit(group) {
      connection ??= new Connection(open());
      try {
        return connection.commit(group);
      } catch (error) {
        connection.close();
        connection = null;
        throw error;
      }
    },
    close() {
      connection?.close();
      connection = null;
    },
  };
}

/** Of a statement that is run at the group's end. */
const NOT_YET: StatementResult = { changes: 0, rowId: 0 };

class Connection {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  /** What the group at hand asks for behind its units. */
  readonly #atEnd = new Set<string>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  commit(group: readonly Unit[]): readonly Answer[] {
    this.#run('BEGIN IMMEDIATE');
    const answers = group.map((unit) => this.#unit(unit));
    for (const sql of this.#atEnd) this.#run(sql);
    this.#atEnd.clear();
    this.#run('COMMIT');
    return answers;
  }

  /** Ends an open transaction by rollback, as SQLite does on closing. */
  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  #unit(unit: Unit): Answer {
    // A single statement is atomic by itself.
    const needsSavepoint = unit.length > 1;
    const results: StatementResult[] = [];
    if (needsSavepoint) this.#run('SAVEPOINT unit');
    try {
      for (const statement of unit) {
        if (statement.atEnd === true) {
          this.#atEnd.add(statement.sql);
          results.push(NOT_YET);
          continue;
        }
        const { changes, lastInsertRowid } = this.#prepare(statement.sql).run(...statement.params);
        if (statement.orMissing !== undefined && changes === 0) {
          throw new StoreError('MISSING_ROW', statement.orMissing);
        }
        results.push({ changes: Number(changes), rowId: Number(lastInsertRowid) });
      }
    } catch (error) {
      const fault = faultOf(error, results.length);
      // Some errors end the whole transaction, and a disk error says nothing good of its other units.
      if (fault.code === 'DISK' || !this.#database.isTransaction) throw error;
      if (needsSavepoint) {
        this.#run('ROLLBACK TO unit');
        this.#run('RELEASE unit');
      }
      return { ok: false, fault };
    }
    if (needsSavepoint) this.#run('RELEASE unit');
    return { ok: true, results };
  }

  #run(sql: string): void {
    this.#prepare(sql).run();
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const prepared = this.#database.prepare(sql);
    this.#statements.set(sql, prepared);
    return prepared;
  }
}
