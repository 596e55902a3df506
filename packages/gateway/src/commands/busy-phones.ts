/** Phones that something is under way for. */
export class BusyPhones {
  readonly #works = new Map<string, number>();

  /** Counts the phone as busy until the work has ended in any way. @returns the work */
  async during<Value>(phoneId: string, work: Promise<Value>): Promise<Value> {
    this.#works.set(phoneId, (this.#works.get(phoneId) ?? 0) + 1);
    try {
      return await work;
    } finally {
      const left = (this.#works.get(phoneId) ?? 1) - 1;
      if (left === 0) this.#works.delete(phoneId);
      else this.#works.set(phoneId, left);
    }
  }

  get all(): readonly string[] {
    return [...this.#works.keys()];
  }
}
