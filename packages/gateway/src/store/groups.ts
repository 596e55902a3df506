import { StoreError } from './errors.ts';
import { isStoreAway } from './store-away.ts';

/** Something that is to be written, and who waits for it. */
export interface Work {
  done(): void;
  failed(error: unknown): void;
}

/** More than this goes into further transactions, so that the first ones do not wait long for their answer. */
const MAX_PER_COMMIT = 512;

/**
 * Hands work to transactions, one at a time. What arrives while one is written is the next group: the busier it is, the
 * more share a commit, and a lone one waits for nobody. Where a group is refused for what is in it, each is tried alone.
 */
export class Groups<Item extends Work> {
  readonly #commit: (group: readonly Item[]) => Promise<void>;
  #waiting: Item[] = [];
  #busy = false;
  readonly #told: (fault: StoreError | null) => void;
  #drained: PromiseWithResolvers<void> | null = null;

  /**
   * @param commit writes all or none
   * @param told how a group ended; null: the engine took it
   */
  constructor(commit: (group: readonly Item[]) => Promise<void>, told: (fault: StoreError | null) => void = () => {}) {
    this.#commit = commit;
    this.#told = told;
  }

  add(item: Item): void {
    if (this.#drained !== null) {
      item.failed(new StoreError('CLOSED', 'The store is closed.'));
      return;
    }
    this.#waiting.push(item);
    if (this.#busy) return;
    this.#busy = true;
    // One turn later, so that what one tick asks for shares a commit from the start.
    queueMicrotask(() => void this.#run());
  }

  /** Takes nothing more. Fulfilled when all that was given is written or refused. */
  drain(): Promise<void> {
    this.#drained ??= Promise.withResolvers();
    if (!this.#busy) this.#drained.resolve();
    return this.#drained.promise;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) await this.#write(this.#waiting.splice(0, MAX_PER_COMMIT));
    this.#busy = false;
    this.#drained?.resolve();
  }

  async #write(group: readonly Item[]): Promise<void> {
    try {
      await this.#commit(group);
      this.#told(null);
      for (const item of group) item.done();
    } catch (error) {
      if (isStoreAway(error)) this.#refuse(group, error);
      else if (group.length === 1) group[0]?.failed(error);
      else for (const item of group) await this.#write([item]);
    }
  }

  /** What waits is refused as well: it must not come before what is in doubt, and each group may hang for long. */
  #refuse(group: readonly Item[], error: StoreError): void {
    this.#told(error);
    for (const item of group) item.failed(error);
    const behind = new StoreError('AWAY', error.message, { cause: error });
    for (const item of this.#waiting.splice(0)) item.failed(behind);
  }
}
