import type { ConformanceRunner } from '../../src/index.ts';

interface Collected {
  readonly name: string;
  readonly body: () => Promise<void>;
}

/** A runner that keeps the cases until somebody runs them. */
export class CollectingRunner implements ConformanceRunner {
  readonly cases: Collected[] = [];
  #group = '';

  readonly describe = (name: string, body: () => void): void => {
    this.#group = name;
    body();
  };

  readonly it = (name: string, body: () => Promise<void>): void => {
    this.cases.push({ name: `${this.#group}: ${name}`, body });
  };

  /** Runs all, or those of some names. @returns the names of those that failed, with what they said. */
  async failures(isWanted: (name: string) => boolean = () => true): Promise<ReadonlyMap<string, string>> {
    const failed = new Map<string, string>();
    for (const { name, body } of this.cases.filter((one) => isWanted(one.name))) {
      try {
        await body();
      } catch (error) {
        failed.set(name, String(error));
      }
    }
    return failed;
  }
}
