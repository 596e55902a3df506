import { setImmediate as otherWork } from 'node:timers/promises';
import { RequestError } from '../application.ts';
import type { LoggedEvent } from '../model.ts';
import type { EventLog, EventQuery } from '../store/ports.ts';
import type { BoundedQueue } from './bounded-queue.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { matchesEvent } from './event-filter.ts';
import type { EventHub, LiveSubscriber } from './event-hub.ts';
import type { EventSink, EventUpdate, Following } from './event-updates.ts';

const REPLAY_PAGE = 500;

/** A filter whose tags are asked again for each event, since a phone's tags may change meanwhile. */
export interface StreamFilter {
  readonly query: EventQuery;
  /** Whether the event's phone has one of the wanted tags. */
  readonly phoneMatches: (phoneId: string) => boolean;
}

/** What a stream reads from. */
export interface StreamSource {
  readonly log: EventLog;
  readonly hub: EventHub;
}

/** What is wanted, and behind which cursor it begins; none: with what comes from now on. */
export interface StreamStart {
  readonly filter: StreamFilter;
  readonly after: string | undefined;
}

/**
 * All that the log holds behind `after`, then `caughtUp`, then live: no gap and no event twice. Ends with `missed` where
 * something had to be skipped. A live event goes straight to a sink that takes it; for one that does not, it waits in a
 * bounded queue. The failure of a bad cursor is a RequestError BAD_USER_INPUT.
 */
export function followEvents(source: StreamSource, start: StreamStart, sink: EventSink): Following {
  const follower = new Follower(source, start.filter, sink);
  void follower.begin(start.after);
  return follower;
}

/** A class, since there is one a subscriber: it holds what an idle one needs, and nothing else. */
class Follower implements Following, LiveSubscriber {
  readonly #source: StreamSource;
  readonly #filter: StreamFilter;
  readonly #sink: EventSink;
  #queue: BoundedQueue<LoggedEvent> | null = null;
  /** The place of the last event that was handed over, or that was none of the filter's. */
  #position = 0;
  #isReady = true;
  /** Past `caughtUp`. */
  #isLive = false;
  #isOver = false;
  #wake: (() => void) | null = null;

  constructor(source: StreamSource, filter: StreamFilter, sink: EventSink) {
    this.#source = source;
    this.#filter = filter;
    this.#sink = sink;
  }

  async begin(after: string | undefined): Promise<void> {
    try {
      await this.#catchUp(after);
    } catch (error) {
      this.#end({ error });
    }
  }

  async #catchUp(after: string | undefined): Promise<void> {
    const { log, hub } = this.#source;
    this.#position = after === undefined ? hub.lastSequence : placeOf(after);
    if (after !== undefined) {
      const { first, last } = await log.bounds();
      // Of a gateway that is ahead of this one it is a good one too.
      if (this.#position > Math.max(last, hub.lastSequence)) throw badCursor();
      if (last > 0 && this.#position + 1 < first) {
        this.#give({ kind: 'missed', reason: 'CURSOR_EXPIRED', resumeCursor: encodeCursor(first - 1) });
        return this.#end();
      }
    }
    // The old pages are read before anything waits in memory; only what comes during the last short read does.
    while (!this.#isOver && hub.lastSequence - this.#position > REPLAY_PAGE) {
      await this.#replay(this.#position + REPLAY_PAGE);
    }
    if (this.#isOver) return;
    this.#queue = hub.subscribe(this, this.#filter.query);
    const joint = Math.max(hub.lastSequence, this.#position);
    while (!this.#isOver && this.#position < joint) {
      await this.#replay(Math.min(joint, this.#position + REPLAY_PAGE));
    }
    await this.#untilReady();
    if (this.#isOver) return;
    this.#give({ kind: 'caughtUp', cursor: encodeCursor(joint) });
    this.#isLive = true;
    this.#drain();
  }

  /** Hands over what matches up to that place, a page at most. */
  async #replay(through: number): Promise<void> {
    const range = { after: this.#position, before: through + 1, limit: REPLAY_PAGE };
    const events = await this.#source.log.read(this.#filter.query, range);
    for (const event of events) {
      if (!this.#isReady) await this.#untilReady();
      if (this.#isOver) return;
      if (!this.#filter.phoneMatches(event.phoneId)) continue;
      this.#give({ kind: 'event', event });
    }
    this.#position = through;
    // A long replay is one of many things to do.
    await otherWork();
  }

  async #untilReady(): Promise<void> {
    while (!this.#isReady && !this.#isOver) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  matches(event: LoggedEvent): boolean {
    // What comes here after the place that it has reached elsewhere is nothing new.
    if (event.sequence <= this.#position) return false;
    return matchesEvent(this.#filter.query, event) && this.#filter.phoneMatches(event.phoneId);
  }

  take(event: LoggedEvent): boolean {
    if (!this.#isLive || !this.#isReady) return false;
    try {
      this.#handOver(event);
    } catch (error) {
      this.#end({ error });
    }
    return true;
  }

  #handOver(event: LoggedEvent): void {
    this.#position = event.sequence;
    this.#give({ kind: 'event', event });
  }

  #give(update: EventUpdate): void {
    if (this.#isOver) return;
    // Set before: the sink may resume at once.
    this.#isReady = false;
    if (this.#sink.update(update)) this.#isReady = true;
  }

  #drain(): void {
    const queue = this.#queue;
    if (queue === null) return;
    while (this.#isReady && !this.#isOver) {
      const event = queue.take();
      if (event !== undefined) this.#handOver(event);
      else {
        if (queue.overflowed) this.#tellMissed();
        return;
      }
    }
  }

  #tellMissed(): void {
    this.#give({ kind: 'missed', reason: 'SUBSCRIBER_TOO_SLOW', resumeCursor: encodeCursor(this.#position) });
    this.#end();
  }

  resume(): void {
    if (this.#isOver || this.#isReady) return;
    this.#isReady = true;
    this.#wake?.();
    this.#wake = null;
    if (!this.#isLive) return;
    try {
      this.#drain();
    } catch (error) {
      this.#end({ error });
    }
  }

  #end(failure?: { readonly error: unknown }): void {
    if (this.#isOver) return;
    this.stop();
    this.#sink.end(failure);
  }

  stop(): void {
    this.#isOver = true;
    this.#queue?.close();
    this.#wake?.();
    this.#wake = null;
  }
}

function placeOf(cursor: string): number {
  const sequence = decodeCursor(cursor);
  if (sequence === null) throw badCursor();
  return sequence;
}

function badCursor(): RequestError {
  return new RequestError('BAD_USER_INPUT', '`after` is no cursor of this event log.');
}
