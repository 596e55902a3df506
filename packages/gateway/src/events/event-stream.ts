import type { EventUpdate, Following } from './event-updates.ts';
import { followEvents, type StreamSource, type StreamStart } from './follow-events.ts';

/** What {@link followEvents} hands over, for one who asks for it: the next is taken when the one before has been. */
export async function* streamEvents(
  source: StreamSource,
  start: StreamStart,
  signal: AbortSignal,
): AsyncGenerator<EventUpdate, void, undefined> {
  if (signal.aborted) return;
  const waiting: EventUpdate[] = [];
  let over: { readonly failure: { readonly error: unknown } | undefined } | null = null;
  let wake = (): void => {};
  const following: Following = followEvents(source, start, {
    update(update) {
      waiting.push(update);
      wake();
      return false;
    },
    end(failure) {
      over = { failure };
      wake();
    },
  });
  const end = (): void => {
    following.stop();
    over ??= { failure: undefined };
    wake();
  };
  signal.addEventListener('abort', end, { once: true });
  try {
    while (!signal.aborted) {
      const update = waiting.shift();
      if (update !== undefined) {
        yield update;
        following.resume();
      } else if (over !== null) {
        const { failure }: { readonly failure: { readonly error: unknown } | undefined } = over;
        if (failure !== undefined) throw failure.error;
        return;
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    signal.removeEventListener('abort', end);
    following.stop();
  }
}
