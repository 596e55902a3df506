import type { AuditEntry } from '../../audit/audit-entry.ts';
import type { StoreError } from '../errors.ts';
import { Groups, type Work } from '../groups.ts';
import { appendToChain } from './audit-chain.ts';
import type { Database, Session } from './database.ts';
import type { Sql } from './prepared.ts';
import { whenAllEnded } from './when-all-ended.ts';

/** A transaction that may also leave rows of the audit. */
export interface WriteSession extends Session {
  /** The row is written with the rest, or neither. */
  audit(entry: AuditEntry): void;
}

/** Statements that are written all or not at all. It may be run more than once before it counts. */
export type Unit<Result> = (session: WriteSession) => Promise<Result>;

/** How a unit stands to others. */
export interface WriteOptions {
  /** It writes by one statement, and at most reads behind it: the next unit need not wait for its answer. */
  readonly byOneStatement?: boolean;
}

interface UnitOfWork extends Work, WriteOptions {
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
        const query: Session['query'] = (sql, params) => session.query(sql, params);
        const entries = (await inOrder(group, query)).flat();
        // Last: whoever holds the chain's end waits for nothing any more, so that two gateways cannot wait for each other there.
        if (entries.length > 0) await appendToChain(session, auditKey, entries);
      });
    this.#groups = new Groups(commit, told);
  }

  /** Fulfilled when the unit is committed. */
  write<Result>(unit: Unit<Result>, options: WriteOptions = {}): Promise<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    let result: { readonly value: Result } | null = null;
    this.#groups.add({
      ...options,
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
    await this.write((session) => session.query(sql, params), { byOneStatement: true });
  }

  drain(): Promise<void> {
    return this.#groups.drain();
  }
}

/** Runs the units; statements go out in their order. @returns the rows of the audit that each one leaves */
async function inOrder(group: readonly UnitOfWork[], query: Session['query']): Promise<readonly AuditEntry[][]> {
  const entries: AuditEntry[][] = [];
  let running: Promise<void>[] = [];
  const wait = async (): Promise<void> => {
    await whenAllEnded(running);
    running = [];
  };
  for (const unit of group) {
    const own: AuditEntry[] = [];
    entries.push(own);
    if (unit.byOneStatement !== true) await wait();
    running.push(unit.run({ query, audit: (entry) => void own.push(entry) }));
    if (unit.byOneStatement !== true) await wait();
  }
  await wait();
  return entries;
}
