import { follow, type StreamState } from '../live/follow.ts';
import { Store } from '../live/store.ts';
import type { Api } from '../session/api.ts';
import { EventsSubscription, type PhoneEvent, RecentEventsQuery } from './documents.ts';

/** A row of the feed: an event, or that some are missing. */
export type FeedRow =
  | { readonly id: string; readonly event: PhoneEvent }
  | { readonly id: string; readonly missed: string };

/** What the feed shows. */
export interface FeedSnapshot {
  /** Newest first. */
  readonly rows: readonly FeedRow[];
  readonly stream: StreamState | 'paused';
  /** The place in the log behind which it goes on. */
  readonly cursor: string | null;
}

/** The oldest go when there are more. */
const MOST_ROWS = 2_000;
const AT_FIRST = 100;

const MISSED = {
  CURSOR_EXPIRED: 'Older events are not in the log any more.',
  SUBSCRIBER_TOO_SLOW: 'Events came faster than this page took them; some were skipped.',
} as const;

/** Events as they come. Paused, or with the network gone, it goes on behind the last that it told: none is lost, none twice. */
export class EventsFeed extends Store {
  readonly #api: Api;
  #rows: FeedRow[] = [];
  #cursor: string | null = null;
  #stream: FeedSnapshot['stream'] = 'connecting';
  #running: AbortController | null = null;
  #snapshot: FeedSnapshot = { rows: [], stream: 'connecting', cursor: null };

  constructor(api: Api) {
    super();
    this.#api = api;
  }

  /** For `useSyncExternalStore`. */
  readonly snapshot = (): FeedSnapshot => this.#snapshot;

  /** Reads what came last, once, and follows from there. */
  async start(): Promise<void> {
    const running = new AbortController();
    this.#running?.abort();
    this.#running = running;
    if (this.#cursor === null) {
      const { data } = await this.#api.http.query(RecentEventsQuery, { last: AT_FIRST }).toPromise();
      if (running.signal.aborted) return;
      for (const event of data?.events.nodes ?? []) this.#add({ id: event.id, event });
      this.#cursor = data?.events.pageInfo.endCursor ?? null;
    }
    await follow(this.#api.socket, {
      document: EventsSubscription,
      variables: () => ({ after: this.#cursor }),
      onData: ({ phoneEvents: update }) => {
        if (update.__typename === 'EventsMissed') {
          this.#cursor = update.resumeCursor;
          this.#add({ id: `missed ${update.resumeCursor}`, missed: MISSED[update.reason] });
        } else {
          this.#cursor = update.cursor;
          if (update.__typename !== 'CaughtUp') this.#add({ id: update.id, event: update });
        }
        this.changed();
      },
      onState: (state) => {
        this.#stream = state;
        this.changed();
      },
      signal: running.signal,
    });
  }

  /** Ends the subscription; {@link start} goes on where it was. */
  pause(): void {
    this.#running?.abort();
    this.#stream = 'paused';
    this.changed();
  }

  /** Leaves the view. */
  stop(): void {
    this.#running?.abort();
  }

  #add(row: FeedRow): void {
    this.#rows = [row, ...this.#rows.slice(0, MOST_ROWS - 1)];
  }

  protected override beforeTold(): void {
    this.#snapshot = { rows: this.#rows, stream: this.#stream, cursor: this.#cursor };
  }
}
