import type { LoggedEvent } from '../../model.ts';
import type { EventLog } from '../ports.ts';
import type { Database } from '../postgres/database.ts';
import { putFeatures } from '../postgres/event-writer.ts';
import type { Writer } from '../postgres/writer.ts';
import { numberOf } from '../rows.ts';
import { isStoreAway } from '../store-away.ts';

const PROGRESS = `SELECT sequence FROM progress WHERE name = 'features'`;
const PUT_PROGRESS = `INSERT INTO progress (name, sequence) VALUES ('features', $1)
  ON CONFLICT (name) DO UPDATE SET sequence = excluded.sequence`;
const PAGE = 1_000;
const RETRY_MS = 250;

/**
 * How switches stand, derived from the log: written to PostgreSQL behind the stream's acknowledgement, with the place of the
 * newest event that counted. Where PostgreSQL is away that waits, and where the gateway ends before, the next one derives it.
 */
export class FeatureStates {
  readonly #writer: Writer;
  readonly #database: Database;
  readonly #onError: (error: unknown) => void;
  /** The newest place that was looked at: what is given a second time says nothing new. */
  #through = 0;
  #waiting: LoggedEvent[] = [];
  #turn: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | null = null;

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
    this.#through = last;
  }

  /** Events that were given to the log, with their places. Never rejects. */
  async note(events: readonly LoggedEvent[]): Promise<void> {
    const fresh = events.filter(({ sequence }) => sequence > this.#through);
    this.#through = Math.max(this.#through, ...fresh.map(({ sequence }) => sequence));
    const told = fresh.filter(({ event }) => event.type === 'FEATURE');
    if (told.length === 0) return;
    this.#waiting.push(...told);
    await this.#flush();
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
    const last = events.at(-1);
    if (last === undefined) return;
    this.#waiting = [];
    try {
      await this.#put(events, last.sequence);
    } catch (error) {
      this.#waiting = [...events, ...this.#waiting];
      if (!isStoreAway(error)) {
        this.#onError(error);
        return;
      }
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
      await session.query(PUT_PROGRESS, [through]);
    });
  }
}
