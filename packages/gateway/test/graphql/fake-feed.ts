import type { EventSink, EventUpdate, Following } from '../../src/application.ts';

/** A source of updates that a test pushes into, and that knows who listens. */
export interface Feed<Update> {
  push(update: Update): void;
  /** Makes the next `next()` of every listener fail. */
  fail(error: Error): void;
  subscribe(first: readonly Update[], signal: AbortSignal): AsyncIterable<Update>;
  /** Resolves once that many listen. */
  listeners(count: number): Promise<void>;
}

export function createFeed<Update>(): Feed<Update> {
  const queues = new Set<{ readonly items: (Update | Error)[]; wake: () => void }>();
  const waiting = new Set<() => void>();
  const changed = () => {
    for (const check of waiting) check();
  };
  const give = (item: Update | Error) => {
    for (const queue of queues) {
      queue.items.push(item);
      queue.wake();
    }
  };
  return {
    push: give,
    fail: give,
    async *subscribe(first, signal) {
      const queue = { items: [...first] as (Update | Error)[], wake: () => {} };
      signal.addEventListener('abort', () => queue.wake());
      queues.add(queue);
      changed();
      try {
        while (!signal.aborted) {
          const item = queue.items.shift();
          if (item instanceof Error) throw item;
          if (item !== undefined) yield item;
          else
            await new Promise<void>((resolve) => {
              queue.wake = resolve;
              if (signal.aborted) resolve();
            });
        }
      } finally {
        queues.delete(queue);
        changed();
      }
    },
    listeners(count) {
      return new Promise((resolve) => {
        const check = () => {
          if (queues.size !== count) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      });
    },
  };
}

/** Hands over what an iterable gives, at the pace of the sink. */
export function followed(start: (signal: AbortSignal) => AsyncIterable<EventUpdate>, sink: EventSink): Following {
  const controller = new AbortController();
  let wake = () => {};
  const run = async (): Promise<void> => {
    for await (const update of start(controller.signal)) {
      if (controller.signal.aborted) return;
      const resumed = new Promise<void>((resolve) => {
        wake = resolve;
      });
      if (!sink.update(update)) await resumed;
    }
  };
  run().then(
    () => sink.end(),
    (error: unknown) => sink.end({ error }),
  );
  return {
    resume: () => wake(),
    stop() {
      controller.abort();
      wake();
    },
  };
}
