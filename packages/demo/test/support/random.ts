/** Chance that comes again: everything that is left to chance in one run comes from one of these. */
export interface Random {
  /** From 0 to less than 1. */
  next(): number;
  /** Whether something of that probability happens. */
  chance(probability: number): boolean;
  /** From `from` to less than `to`. */
  between(from: number, to: number): number;
  /** One of them. Throws where there is none. */
  pick<Item>(items: readonly Item[]): Item;
}

/** @returns chance from a seed (mulberry32): the same seed gives the same numbers */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    chance: (probability) => next() < probability,
    between: (from, to) => from + next() * (to - from),
    pick(items) {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new Error('There is nothing to pick from.');
      return item;
    },
  };
}
