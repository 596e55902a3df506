/** Something that tells when it changed, at most once a frame: a floor of a thousand phones rings at once. */
export class Store {
  readonly #listeners = new Set<() => void>();
  #isDue = false;

  /** For `useSyncExternalStore`. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  protected changed(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    // A page in the background draws no frame, and need not be told.
    requestAnimationFrame(() => {
      this.#isDue = false;
      this.beforeTold();
      for (const listener of this.#listeners) listener();
    });
  }

  /** Makes what listeners will read. */
  protected beforeTold(): void {}
}
