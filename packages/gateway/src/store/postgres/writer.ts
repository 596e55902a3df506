import type { AuditEntry } from '../../audit/audit-entry.ts';
import type { StoreError } from '../errors.ts';
import { Groups, type Work } from '../groups.ts';
import { appendToChain } from './audit-chain.ts';
import type { Database, Session } from './database.ts';
import type { Sql } from './prepared.ts';

/** A transaction that may also leave rows of the audit. */
export interface WriteSession extends Session {
  /** The row is written with the rest, or neither. */
  audit(entry: AuditEntry): void;
}

/** Statements that are written all or not at all. It may be run more than once before it counts. */
export type Unit<Result> = (session: WriteSession) => Promise<Result>;

interface UnitOfWork extends Work {
  run(session: WriteSession): Promise<void>;
}

/** Writes units of work in the order in which they are given, grouped. */
export class Writer {
  readonly #groups: Groups<UnitOfWork>;

  /** @param told how a transaction ended; null: the engine took it */
  constructor(
    database: Pick<Database, 'transaction'>,
    auditKey: Uint8Array,
    told: (fault: StoreError | null) => void = () => {},
  ) {
    const commit = (group: readonly UnitOfWork[]) =>
      database.transaction(async (session) => {
        const entries: AuditEntry[] = [];
        const query: Session['query'] = (sql, params) => session.query(sql, params);
        for (const unit of group) await unit.run({ query, audit: (entry) => void entries.push(entry) });
        // Last: whoever holds the chain's end waits for nothing any more, so that two gateways cannot wait for each other there.
        if (entries.length > 0) await appendToChain(session, auditKey, entries);
      });
    this.#groups = new Groups(commit, told);
  }

  /** Fulfilled when the unit is committed. */
  write<Result>(unit: Unit<Result>): Promise<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    let result: { readonly value: Result } | null = null;
    this.#groups.add({
      async run(session) {
        result = { value: await unit(session) };
      },
      done() {
        if (result !== null) resolve(result.value);
      },
      failed: reject,
    });
    return promise;
  }

  /** One statement. */
  async run(sql: Sql, params: Parameters<Session['query']>[1]): Promise<void> {
    await this.write((session) => session.query(sql, params));
  }

  drain(): Promise<void> {
    return this.#groups.drain();
  }
}
