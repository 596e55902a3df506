import type { Application, EventSink, EventUpdate } from '../../application.ts';
import type { Call } from '../../model.ts';
import type { Reach } from './reach.ts';

/** Events, live and replayed, need `events:read`; each is checked when it is handed out. */
export function authoriseEvents(events: Application['events'], reach: Reach): Application['events'] {
  const { withinTags } = reach;
  return {
    cursorOf: events.cursorOf,
    async get(sequence) {
      reach.need('events:read');
      const event = await events.get(sequence);
      return event !== null && reach.sees(event.phoneId) ? event : null;
    },
    async list(filter, page) {
      reach.need('events:read');
      return await events.list({ ...filter, withinTags }, page);
    },
    async *subscribe(filter, after, signal) {
      reach.need('events:read');
      for await (const update of events.subscribe({ ...filter, withinTags }, after, signal)) {
        // An event may have waited while its phone changed its tags.
        if (update.kind !== 'event' || reach.sees(update.event.phoneId)) yield update;
      }
    },
    follow(filter, after, sink) {
      reach.need('events:read');
      return events.follow({ ...filter, withinTags }, after, new SeenBy(reach, sink));
    },
  };
}

/** Hands on what the caller may see when it is handed out. A class, since there is one a subscriber. */
class SeenBy implements EventSink {
  readonly #reach: Reach;
  readonly #sink: EventSink;

  constructor(reach: Reach, sink: EventSink) {
    this.#reach = reach;
    this.#sink = sink;
  }

  update(update: EventUpdate): boolean {
    // What is kept from a sink leaves it ready for the next.
    return update.kind === 'event' && !this.#reach.sees(update.event.phoneId) ? true : this.#sink.update(update);
  }

  end(failure?: { readonly error: unknown }): void {
    this.#sink.end(failure);
  }
}

/** Calls are what events tell: they need `events:read` too. */
export function authoriseCalls(calls: Application['calls'], reach: Reach): Application['calls'] {
  const { withinTags } = reach;
  const seen = (call: Call | null): Call | null => (call !== null && reach.sees(call.phoneId) ? call : null);
  return {
    async get(id) {
      reach.need('events:read');
      return seen(await calls.get(id));
    },
    active(phoneId) {
      reach.need('events:read');
      reach.needPhone(phoneId);
      return calls.active(phoneId);
    },
    async list(filter, page) {
      reach.need('events:read');
      return await calls.list({ ...filter, withinTags }, page);
    },
    ofEvent(event) {
      reach.need('events:read');
      const call = calls.ofEvent(event);
      return call instanceof Promise ? call.then(seen) : seen(call);
    },
    async *subscribe(filter, signal) {
      reach.need('events:read');
      for await (const update of calls.subscribe({ ...filter, withinTags }, signal)) {
        if (update.kind !== 'call' || reach.sees(update.call.phoneId)) yield update;
      }
    },
  };
}
