import pg from 'pg';
import { StoreError } from '../errors.ts';
import type { Row } from '../rows.ts';
import { inDoubt, isAnswer, isNotPrepared, mayTryAgain, storeErrorOf } from './faults.ts';
import { type PostgresOptions, poolConfigOf, writerConfigOf } from './options.ts';
import type { Sql } from './prepared.ts';
import { whenAllEnded } from './when-all-ended.ts';

/** A value that a statement is given. */
export type SqlValue = null | number | string | boolean | Uint8Array | readonly (null | number | string | Uint8Array)[];

/** A transaction, as far as units of work see it. */
export interface Session {
  query(sql: Sql, params?: readonly SqlValue[]): Promise<readonly Row[]>;
}

/** A transaction, as it is given to whoever runs it. */
export interface Transaction extends Session {
  /** Statements without values in one round trip, each after the one before: it sees what was committed while that one waited. */
  together(...sql: readonly string[]): Promise<readonly (readonly Row[])[]>;
  /** The last statement, of whose rows nothing is wanted: it goes out with the commit. */
  last(sql: Sql, params?: readonly SqlValue[]): void;
}

// Nothing waits for it, and outside a transaction connections that write only read.
const BEGIN = 'BEGIN READ WRITE';
/** General units and events each have one. */
const WRITERS = 2;
/** So long a gateway may hold a lock of a name. */
const LOCKED_MS = 5_000;
/** How often a transaction that ended a deadlock is begun. */
const ATTEMPTS = 5;

/** Connections to PostgreSQL. Whatever fails rejects with a {@link StoreError}, and is connected anew at the next use. */
export class Database implements Session {
  readonly #readers: pg.Pool;
  readonly #writers: pg.Pool;
  /** Of its own, so that who waits for a lock keeps nobody from reading. */
  readonly #lockers: pg.Pool;
  readonly #mayWrite: () => Promise<number | null>;
  #closed: Promise<void> | null = null;

  /** @param mayWrite by which epoch it writes (see the gateway's place); null: it needs none; rejects where it may not */
  constructor(options: PostgresOptions, mayWrite: () => Promise<number | null>) {
    this.#readers = new pg.Pool(poolConfigOf(options, options.readers));
    this.#writers = new pg.Pool(writerConfigOf(options, WRITERS));
    this.#lockers = new pg.Pool({ ...poolConfigOf(options, 1), idle_in_transaction_session_timeout: LOCKED_MS });
    this.#mayWrite = mayWrite;
    // A connection that waits and is lost: the pool has dropped it, and whoever asks next tells of it.
    for (const pool of [this.#readers, this.#writers, this.#lockers]) pool.on('error', () => {});
  }

  /** Reads, each statement for itself. */
  async query(sql: Sql, params: readonly SqlValue[] = []): Promise<readonly Row[]> {
    if (this.#closed !== null) throw closed();
    try {
      return await ask(this.#readers, sql, params);
    } catch (error) {
      // The pool has thrown that connection away; others may be like it.
      if (typeof sql === 'string' || !(error instanceof StoreError && isNotPrepared(error.cause))) throw error;
      return await ask(this.#readers, sql.text, params);
    }
  }

  async first(sql: Sql, params: readonly SqlValue[] = []): Promise<Row | null> {
    const [row] = await this.query(sql, params);
    return row ?? null;
  }

  /**
   * Runs the work in one transaction. Nothing waits for its beginning: the first statements go out with it. One that was chosen to end a deadlock is begun again, as is one whose connection has
   * prepared what the engine does not run any more.
   * @throws StoreError `AWAY`: nothing was written; `IN_DOUBT`: it may have been; else the error of a statement
   */
  async transaction<Result>(work: (session: Transaction) => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#attempt(work);
      } catch (error) {
        if (!(error instanceof StoreError) || attempt === ATTEMPTS || !mayTryAgain(error.cause)) throw error;
      }
    }
  }

  /**
   * Runs work while nobody else, at any gateway, runs work of that name. The lock is a transaction's, so that a gateway that
   * stands still does not hold it for long; what it goes on with then has to be refused by itself.
   * @throws StoreError where the engine is away, or others hold the name for longer than a statement may take
   */
  async exclusively<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    if (this.#closed !== null) throw closed();
    const client = await this.#lockers.connect().catch((error: unknown) => {
      throw storeErrorOf(error);
    });
    client.on('error', ignore);
    let broken = true;
    try {
      await ask(client, 'BEGIN');
      await ask(client, 'SELECT pg_advisory_xact_lock(hashtext($1))', [name]);
      const result = await work();
      broken = await client.query('COMMIT').then(no, yes);
      return result;
    } finally {
      client.off('error', ignore);
      // One that is thrown away takes its lock with it.
      client.release(broken);
    }
  }

  /** Waits for what is being asked. */
  close(): Promise<void> {
    this.#closed ??= Promise.all([this.#readers, this.#writers, this.#lockers].map((pool) => pool.end())).then(
      () => {},
    );
    return this.#closed;
  }

  async #attempt<Result>(work: (session: Transaction) => Promise<Result>): Promise<Result> {
    if (this.#closed !== null) throw closed();
    const epoch = await this.#mayWrite();
    const client = await this.#writers.connect().catch((error: unknown) => {
      throw storeErrorOf(error);
    });
    // A connection that breaks between two statements says so here, and at the next statement.
    client.on('error', ignore);
    let broken = false;
    let askLast = (): Promise<unknown> => Promise.resolve();
    let failure: unknown = null;
    // All that was sent behind one that fails fails too, and tells only that something did.
    const asTheFirst = <Answer>(asked: Promise<Answer>): Promise<Answer> =>
      asked.catch((error: unknown) => {
        failure ??= error;
        throw failure;
      });
    const session: Transaction = {
      query: (sql, params) => asTheFirst(ask(client, sql, params)),
      together: (...sql) => asTheFirst(askTogether(client, sql)),
      last(sql, params) {
        askLast = () => ask(client, sql, params);
      },
    };
    try {
      // Where the place is refused the transaction has begun, and takes nothing more.
      const begin = epoch === null ? [BEGIN] : [BEGIN, mayWriteText(epoch)];
      const [, result] = await inOneWrite(client, () =>
        whenAllEnded([asTheFirst(askTogether(client, begin)), work(session)]),
      );
      const [written, committed] = await inOneWrite(client, () =>
        Promise.allSettled([askLast(), client.query('COMMIT')]),
      );
      if (committed.status === 'rejected') {
        broken = !isAnswer(committed.reason);
        throw broken ? inDoubt(committed.reason) : storeErrorOf(committed.reason);
      }
      // A commit behind a failure takes everything back, and says so; another one was not sent behind it.
      const isBack = committed.value.command === 'ROLLBACK';
      if (written.status === 'rejected') throw isBack ? written.reason : inDoubt(written.reason);
      if (isBack) throw failure ?? new StoreError('FAULT', 'A transaction was taken back, and nobody said why.');
      return result;
    } catch (error) {
      // One that has not answered would not answer this either.
      broken ||= isUseless(error) || (await client.query('ROLLBACK').then(no, yes));
      throw error;
    } finally {
      client.off('error', ignore);
      // One whose answers nobody knows must not be used again.
      client.release(broken);
    }
  }
}

/** What is asked for at once goes out in one write. */
function inOneWrite<Result>({ connection }: pg.PoolClient, ask: () => Promise<Result>): Promise<Result> {
  connection.stream.cork();
  try {
    return ask();
  } finally {
    connection.stream.uncork();
  }
}

/** The number stands in the text, since statements that go together take no values. */
function mayWriteText(epoch: number): string {
  if (!Number.isSafeInteger(epoch)) throw new StoreError('FAULT', `The epoch ${epoch} is no whole number.`);
  return `SELECT hookswitch_may_write(${epoch})`;
}

async function ask(by: pg.Pool | pg.PoolClient, sql: Sql, params: readonly SqlValue[] = []): Promise<readonly Row[]> {
  const values = params.map(storable);
  try {
    return (await (typeof sql === 'string' ? by.query(sql, values) : by.query({ ...sql, values }))).rows;
  } catch (error) {
    throw storeErrorOf(error);
  }
}

async function askTogether(by: pg.PoolClient, sql: readonly string[]): Promise<readonly (readonly Row[])[]> {
  try {
    // Of several statements it gives a list.
    return [await by.query(sql.join('; '))].flat().map(({ rows }) => rows);
  } catch (error) {
    throw storeErrorOf(error);
  }
}

/** Whether it was the connection that failed, or what is prepared there. */
function isUseless(error: unknown): boolean {
  if (!(error instanceof StoreError)) return false;
  return (error.code === 'AWAY' && !isAnswer(error.cause)) || isNotPrepared(error.cause);
}

const ignore = () => {};
const yes = () => true;
const no = () => false;

function closed(): StoreError {
  return new StoreError('CLOSED', 'The store is closed.');
}

/** PostgreSQL's text has no U+0000, and half a surrogate pair is none in UTF-8: both become U+FFFD. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}

function storable(value: SqlValue): unknown {
  if (typeof value === 'string') return storableText(value);
  if (isList(value)) return value.map((one) => (typeof one === 'string' ? storableText(one) : one));
  return value;
}

function isList(value: SqlValue): value is Extract<SqlValue, readonly unknown[]> {
  return Array.isArray(value);
}
