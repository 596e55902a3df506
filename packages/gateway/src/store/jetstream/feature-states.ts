import type { LoggedEvent } from '../../model.ts';
import type { EventLog } from '../ports.ts';
import type { Database } from '../postgres/database.ts';
import { putFeatures } from '../postgres/event-writer.ts';
import { prepared } from '../postgres/prepared.ts';
import type { Writer } from '../postgres/writer.ts';
import { numberOf } from '../rows.ts';
import { isStoreAway } from '../store-away.ts';

const PROGRESS = `SELECT sequence FROM progress WHERE name = 'features'`;
const PUT_PROGRESS = prepared(`INSERT INTO progress (name, sequence) VALUES ('features', $1)
  ON CONFLICT (name) DO UPDATE SET sequence = greatest(progress.sequence, excluded.sequence)`);
const PAGE = 1_000;
/**
 * How far it was done is said at least so often, in places: so many events a start may have to look through. Those of switches are few,
 * and it went through days of others.
 */
const SAID_EVERY = 5_000;
const RETRY_MS = 250;

/**
 * How switches stand, derived from the log: written to PostgreSQL by whoever gave the event to the stream, and by everyone who
 * follows it, since one of them may end before. Who follows it says how far that was done. Where PostgreSQL is away that waits.
 */
export class FeatureStates {
  readonly #writer: Writer;
  readonly #database: Database;
  readonly #onError: (error: unknown) => void;
  #waiting: LoggedEvent[] = [];
  /** The newest event that was followed: whoever follows comes by all of them. */
  #followed = 0;
  #turn: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | null = null;
  /** Whether PostgreSQL was away when it was last tried. */
  #isAway = false;

  /** @param onError told of what is no engine that is away */
  constructor(
    { writer, database }: { readonly writer: Writer; readonly database: Database },
    onError: (error: unknown) => void,
  ) {
    this.#writer = writer;
    this.#database = database;
    this.#onError = onError;
  }

  /** Derives what the log has and PostgreSQL has not. */
  async catchUp(log: Pick<EventLog, 'read' | 'bounds'>): Promise<void> {
    const row = await this.#database.first(PROGRESS);
    const { last } = await log.bounds();
    for (let after = row === null ? 0 : numberOf(row, 'sequence'); after < last; ) {
      const events = await log.read({ types: ['FEATURE'] }, { after, limit: PAGE });
      after = events.length < PAGE ? last : (events.at(-1)?.sequence ?? last);
      await this.#put(events, after);
    }
  }

  /** Events that were given to the log, with their places. Never rejects. */
  async note(events: readonly LoggedEvent[]): Promise<void> {
    const told = events.filter(({ event }) => event.type === 'FEATURE');
    if (told.length === 0) return;
    this.#waiting.push(...told);
    // While it is away the timer tries: whoever follows the log does not wait for that.
    if (!this.#isAway) await this.#flush();
  }

  /** The next event of the log. Never rejects. */
  async follow(event: LoggedEvent): Promise<void> {
    this.#followed = event.sequence;
    if (event.event.type === 'FEATURE') {
      await this.note([event]);
    } else if (event.sequence % SAID_EVERY === 0 && !this.#isAway) {
      // Not waited for: nobody reads what this writes before the next start.
      void this.#flush();
    }
  }

  /** Writes what waits, once more; what cannot be written is derived at the next start. */
  async close(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#flush();
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #flush(): Promise<void> {
    this.#turn = this.#turn.then(() => this.#write());
    return this.#turn;
  }

  async #write(): Promise<void> {
    const events = this.#waiting;
    const followed = this.#followed;
    if (events.length === 0 && followed === 0) return;
    this.#waiting = [];
    try {
      await this.#put(events, followed);
      this.#isAway = false;
    } catch (error) {
      this.#waiting = [...events, ...this.#waiting];
      if (!isStoreAway(error)) {
        this.#onError(error);
        return;
      }
      this.#isAway = true;
      this.#timer ??= setTimeout(() => {
        this.#timer = null;
        void this.#flush();
      }, RETRY_MS);
      this.#timer.unref();
    }
  }

  async #put(events: readonly LoggedEvent[], through: number): Promise<void> {
    await this.#writer.write(async (session) => {
      await putFeatures(session, events);
      if (through > 0) await session.query(PUT_PROGRESS, [through]);
    });
  }
}
