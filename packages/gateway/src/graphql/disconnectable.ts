import { createInterruption } from './interruption.ts';

/**
 * An iterable whose source starts at the first `next()` and ends at `return()`, even while a `next()` is waiting: the
 * signal that the source was given is aborted, and nobody waits for the source to notice. An async generator alone
 * would queue its `return()` behind the `next()` that never comes.
 */
export function disconnectable<Item>(start: (signal: AbortSignal) => AsyncIterable<Item>): AsyncIterableIterator<Item> {
  const controller = new AbortController();
  const ended = createInterruption<IteratorReturnResult<undefined>>();
  const done: IteratorReturnResult<undefined> = { done: true, value: undefined };
  let source: AsyncIterator<Item> | undefined;
  const end = () => {
    controller.abort();
    ended.end(done);
    source?.return?.().catch(() => {});
    return Promise.resolve(done);
  };
  return {
    async next() {
      if (controller.signal.aborted) return done;
      source ??= start(controller.signal)[Symbol.asyncIterator]();
      try {
        const result = await ended.race(source.next());
        if (result.done) await end();
        return result.done ? done : result;
      } catch (error) {
        await end();
        throw error;
      }
    },
    return: end,
    async throw(error: unknown) {
      await end();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
