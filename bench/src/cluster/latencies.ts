/** What was sent when, and how long it took: millions, so without an object for each, whose collection would be measured too. */
export class Latencies {
  readonly #at: Float64Array;
  readonly #ms: Float64Array;
  #count = 0;

  /** @param most so many are added at most */
  constructor(most: number) {
    this.#at = new Float64Array(most);
    this.#ms = new Float64Array(most);
  }

  /** @param at when it was sent, as `performance.now()` */
  add(at: number, milliseconds: number): void {
    this.#at[this.#count] = at;
    this.#ms[this.#count] = milliseconds;
    this.#count += 1;
  }

  /** The milliseconds of those that were sent at a time that is wanted. */
  of(isWanted: (at: number) => boolean): Float64Array {
    return this.#ms.subarray(0, this.#count).filter((_, index) => isWanted(this.#at[index] ?? Number.NaN));
  }

  /** The milliseconds of those that are wanted, by the second in which they were sent, counted from `began`. */
  bySecond({
    began,
    isWanted,
  }: {
    readonly began: number;
    readonly isWanted: (at: number) => boolean;
  }): ReadonlyMap<number, readonly number[]> {
    const seconds = new Map<number, number[]>();
    for (const [index, at] of this.#at.subarray(0, this.#count).entries()) {
      if (!isWanted(at)) continue;
      const second = Math.floor((at - began) / 1_000);
      const milliseconds = this.#ms[index] ?? Number.NaN;
      const known = seconds.get(second);
      if (known === undefined) seconds.set(second, [milliseconds]);
      else known.push(milliseconds);
    }
    return seconds;
  }
}
