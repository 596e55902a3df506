/**
 * Runs jobs one after the other, each after the code that pushed it has come to its end. That is what keeps
 * endpoints from being called in the middle of an operation, their own or another's.
 */
export class JobQueue {
  readonly #jobs: (() => void)[] = [];
  readonly #waiting: (() => void)[] = [];
  #running = false;

  /** Adds a job. One that throws does not stop the others; the error surfaces as an uncaught exception. */
  push(job: () => void): void {
    this.#jobs.push(job);
    if (this.#running) return;
    this.#running = true;
    // Not setImmediate: tests with fake timers replace that.
    queueMicrotask(() => this.#run());
  }

  /** Resolves once the queue is empty. */
  settled(): Promise<void> {
    if (!this.#running) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #run(): void {
    for (let job = this.#jobs.shift(); job !== undefined; job = this.#jobs.shift()) {
      try {
        job();
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
    this.#running = false;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
