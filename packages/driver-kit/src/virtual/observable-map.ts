import { Recorder, type WaitOptions } from './recorder.ts';

/** A change of one entry. `undefined` stands for "not there". */
export interface MapChange<Value> {
  readonly key: string;
  readonly before: Value | undefined;
  readonly after: Value | undefined;
}

/**
 * A map that tells when an entry changes: a phone's settings, its lights. Setting what is already there tells nobody.
 * Values are compared by their JSON, so they must be plain data.
 */
export class ObservableMap<Value> {
  readonly #values: Map<string, Value>;
  readonly #changes = new Recorder<MapChange<Value>>();

  constructor(initial: Readonly<Record<string, Value>> = {}) {
    this.#values = new Map(Object.entries(initial));
  }

  get(key: string): Value | undefined {
    return this.#values.get(key);
  }

  has(key: string): boolean {
    return this.#values.has(key);
  }

  /** Sets an entry. @returns whether that changed anything. */
  set(key: string, value: Value): boolean {
    const before = this.#values.get(key);
    if (JSON.stringify(before) === JSON.stringify(value)) return false;
    this.#values.set(key, value);
    this.#changes.record({ key, before, after: value });
    return true;
  }

  /** Sets several entries, in the order given. */
  assign(values: Readonly<Record<string, Value>>): void {
    for (const [key, value] of Object.entries(values)) this.set(key, value);
  }

  /** Removes an entry. @returns whether it was there. */
  delete(key: string): boolean {
    const before = this.#values.get(key);
    if (!this.#values.delete(key)) return false;
    this.#changes.record({ key, before, after: undefined });
    return true;
  }

  /** All entries as a plain object, in order of insertion. */
  toRecord(): Readonly<Record<string, Value>> {
    return Object.fromEntries(this.#values);
  }

  /** Every change so far, oldest first. */
  get changes(): Recorder<MapChange<Value>> {
    return this.#changes;
  }

  /** Calls `listener` after each change. @returns a function that ends it. */
  onChange(listener: (change: MapChange<Value>) => void): () => void {
    return this.#changes.onEntry(listener);
  }

  /** Waits until the entry of `key` is one that `predicate` accepts; at once if it is. Rejects as {@link Recorder.waitFor} does. */
  async waitFor(
    key: string,
    predicate: (value: Value | undefined) => boolean,
    options: WaitOptions = {},
  ): Promise<void> {
    if (predicate(this.get(key))) return;
    // Older changes are no proof of what is so now.
    await this.#changes.waitForNext((change) => change.key === key && predicate(change.after), {
      what: `entry ${key}`,
      ...options,
    });
  }
}
