import { createRandom } from './random.ts';
import type { Arrival } from './reduce.ts';
import type { TraceEvent } from './traces.ts';

/** Up to so many events every order is tried, beyond it as many random ones as six events have. */
const ALL_ORDERS_UP_TO = 6;
const RANDOM_ORDERS = 720;
const STEP_MS = 100;

/** Orders in which events may arrive, one every {@link STEP_MS}, whenever they happened. */
export function orders(events: readonly TraceEvent[]): readonly (readonly Arrival[])[] {
  const { next: random } = createRandom(events.length);
  const all =
    events.length <= ALL_ORDERS_UP_TO
      ? permutations(events)
      : Array.from({ length: RANDOM_ORDERS }, () => shuffled(events, random));
  return all.map((order) => order.map((event, place) => ({ at: place * STEP_MS, event })));
}

/** About a third of the events comes a second time, anywhere later. */
export function withDuplicates(order: readonly Arrival[]): readonly Arrival[] {
  const { next: random } = createRandom(order.length + 1);
  const end = (order.at(-1)?.at ?? 0) + STEP_MS;
  const again = order.filter(() => random() < 0.35).map(({ at, event }) => ({ at: at + random() * (end - at), event }));
  return [...order, ...again].sort((a, b) => a.at - b.at);
}

const DELAYED = 200;

/** Events that arrive up to `delayMs` after they happened, some of them twice within a second. */
export function delayed(events: readonly TraceEvent[], delayMs: number): readonly (readonly Arrival[])[] {
  const { next: random } = createRandom(delayMs + events.length);
  return Array.from({ length: DELAYED }, () =>
    events
      .flatMap((event) => {
        const at = event.at + random() * delayMs;
        return random() < 0.2
          ? [
              { at, event },
              { at: at + random() * 1_000, event },
            ]
          : [{ at, event }];
      })
      .sort((a, b) => a.at - b.at),
  );
}

function shuffled<Item>(items: readonly Item[], random: () => number): readonly Item[] {
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

function permutations<Item>(all: readonly Item[]): readonly (readonly Item[])[] {
  if (all.length <= 1) return [all];
  return all.flatMap((item, index) => permutations(all.toSpliced(index, 1)).map((order) => [item, ...order]));
}
