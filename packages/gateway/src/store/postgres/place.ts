import pg from 'pg';
import { StoreError } from '../errors.ts';
import { away, storeErrorOf } from './faults.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { createClient, type PostgresOptions } from './options.ts';

/** How a gateway works on a database: alone, or as one of several that all say so. */
export type PlaceKind = 'alone' | 'member';

/** A gateway's place in a database. */
export interface Place {
  /** What each transaction must name. @throws StoreError `AWAY` where another gateway has taken the place. */
  mayWrite(): Promise<number>;
  release(): Promise<void>;
}

/** Who is told of a place that is lost; pino's loggers fit. */
export interface PlaceLog {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

const WORKING = 'hashtext($$hookswitch gateway$$)';
const WRITING = 'hashtext($$hookswitch writing$$)';
/** So long the place is waited for: a gateway that was killed leaves it as soon as the engine notices. */
const WAIT_MS = 2_000;
/** How often it is tried to have the lock again, after the engine was away. */
const RETRY_MS = 250;

/**
 * Takes the place in the database and migrates it. Members have their place together: the lock is shared among them, and
 * keeps out a gateway that is to be alone.
 *
 * The lock belongs to a session, so it ends with the gateway however that ends. A session may also end though its gateway
 * lives (the engine restarts, the network is cut): then another one may have the lock first, and counts the epoch on. So
 * each transaction names its epoch, and one of an older epoch is refused by the engine itself. Members leave the epoch as it
 * is: whoever was alone there meanwhile has counted it on, and so fences all of them.
 *
 * @throws StoreError `LOCKED` where another gateway works there, `SCHEMA_TOO_NEW`, `AWAY`
 */
export async function takePlace(options: PostgresOptions, log: PlaceLog, kind: PlaceKind = 'alone'): Promise<Place> {
  const place = new SessionPlace(options, log, kind);
  await place.take();
  return { mayWrite: () => place.mayWrite(), release: () => place.release() };
}

class SessionPlace {
  readonly #options: PostgresOptions;
  readonly #log: PlaceLog;
  readonly #kind: PlaceKind;
  #client: pg.Client | null = null;
  #epoch = 0;
  #lost = false;
  #released = false;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: PostgresOptions, log: PlaceLog, kind: PlaceKind) {
    this.#options = options;
    this.#log = log;
    this.#kind = kind;
  }

  async take(): Promise<void> {
    const client = await this.#connect();
    try {
      await lock(client, this.#kind);
      await migrate(client, MIGRATIONS);
      this.#epoch = await (this.#kind === 'alone' ? nextEpoch(client) : epochOf(client));
      this.#keep(client);
    } catch (error) {
      await client.end();
      throw error instanceof StoreError ? error : storeErrorOf(error);
    }
  }

  async mayWrite(): Promise<number> {
    if (this.#lost) throw lostPlace();
    return this.#epoch;
  }

  async release(): Promise<void> {
    this.#released = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    const client = this.#client;
    this.#client = null;
    await client?.end();
  }

  async #connect(): Promise<pg.Client> {
    const client = createClient(this.#options);
    client.on('error', () => this.#ended(client));
    client.on('end', () => this.#ended(client));
    try {
      await client.connect();
    } catch (error) {
      throw storeErrorOf(error);
    }
    return client;
  }

  #keep(client: pg.Client): void {
    if (this.#released) void client.end();
    else this.#client = client;
  }

  #ended(client: pg.Client): void {
    if (this.#client !== client) return;
    this.#client = null;
    this.#log.warn({}, 'the connection that holds the place in PostgreSQL was lost');
    this.#again();
  }

  #again(): void {
    if (this.#released || this.#lost) return;
    this.#timer = setTimeout(() => void this.#retake(), RETRY_MS);
    this.#timer.unref();
  }

  /** The lock once more; with another epoch, or under another's lock, the place is lost for good. */
  async #retake(): Promise<void> {
    let client: pg.Client | null = null;
    try {
      client = await this.#connect();
      const tried = this.#kind === 'alone' ? 'pg_try_advisory_lock' : 'pg_try_advisory_lock_shared';
      const { rows } = await client.query(
        `SELECT epoch, ${tried}(${WORKING}) AS is_ours FROM gateway_place WHERE id = 1`,
      );
      if (rows[0]?.epoch !== this.#epoch) {
        this.#lost = true;
        this.#log.error({}, 'another gateway has taken the place in PostgreSQL: this one must be started anew');
        await client.end();
      } else if (rows[0]?.is_ours === true) this.#keep(client);
      else throw away(new Error('the place is held by another session'));
    } catch {
      await client?.end().catch(() => {});
      this.#again();
    }
  }
}

async function nextEpoch(client: pg.Client): Promise<number> {
  await client.query('BEGIN');
  await client.query(`SELECT pg_advisory_xact_lock(${WRITING})`);
  const { rows } = await client.query('UPDATE gateway_place SET epoch = epoch + 1 RETURNING epoch');
  await client.query('COMMIT');
  return rows[0].epoch;
}

async function epochOf(client: pg.Client): Promise<number> {
  return (await client.query('SELECT epoch FROM gateway_place WHERE id = 1')).rows[0].epoch;
}

async function lock(client: pg.Client, kind: PlaceKind): Promise<void> {
  await client.query(`SET lock_timeout = ${WAIT_MS}`);
  try {
    await client.query(`SELECT ${kind === 'alone' ? 'pg_advisory_lock' : 'pg_advisory_lock_shared'}(${WORKING})`);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== '55P03') throw error;
    throw new StoreError(
      'LOCKED',
      kind === 'alone'
        ? 'The database is in use by another Hookswitch gateway: stop that one, or give this one a database of its own.'
        : 'The database is in use by a Hookswitch gateway without `bus`: stop that one, or give both the same `bus`.',
      { cause: error },
    );
  }
  await client.query('SET lock_timeout = 0');
}

function lostPlace(): StoreError {
  return away(new Error('another gateway has taken the place of this one; start this one anew'));
}
