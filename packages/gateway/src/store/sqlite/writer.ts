import { Worker } from 'node:worker_threads';
import { StoreError } from '../errors.ts';
import { errorOf } from './faults.ts';
import type { StatementResult, Unit, WriterReply, WriterRequest } from './protocol.ts';
import { StatementTexts } from './statement-texts.ts';
import { workerUrl } from './worker-url.ts';

/** Who is told when the writing thread dies; pino's loggers fit. */
export interface StoreLog {
  error(fields: object, message: string): void;
}

/** How much was written since the store was opened. */
export interface WriteStatistics {
  /** Units of work that were written. */
  readonly units: number;
  /** Commits that they took: `units / commits` is how well they were grouped. */
  readonly commits: number;
}

/** What a {@link Writer} needs. */
export interface WriterOptions {
  readonly file: string;
  readonly log?: StoreLog | undefined;
  /** Starts the writing thread; for tests that must get hold of it. */
  readonly spawn?: (file: string) => Worker;
}

/** How a unit stands to others. */
export interface WriteOptions {
  /** It may wait for others for a moment where many come, so that more share a commit. */
  readonly mayGather?: boolean;
  /** It must not come before an earlier one that is in order as well: where that one is in doubt, this one is refused. */
  readonly inOrder?: boolean;
}

interface Pending {
  readonly unit: Unit;
  readonly mayGather: boolean;
  readonly inOrder: boolean;
  readonly resolve: (results: readonly StatementResult[]) => void;
  readonly reject: (error: StoreError) => void;
}

/** So far apart commits begin that nobody is in a hurry for. */
const COMMITS_APART_MS = 3;
/** So many that wait go to the thread before the answers of the last group are worked on: both have work then. */
const ENOUGH_FOR_A_GROUP = 8;
/** More units than this go into further commits, so that the first ones do not wait long for their answer. */
const MAX_UNITS_PER_COMMIT = 2048;

/**
 * Hands units of work to the writing thread. What arrives while it writes one group is the next group: the busier it is,
 * the more units share a commit, and a lone unit waits for nobody.
 */
export class Writer {
  readonly #options: WriterOptions;
  #worker: Worker | null = null;
  /** Those that the thread has been told. */
  #texts = new StatementTexts();
  #ready = false;
  /** Why the thread ended, as far as it could tell. */
  #cause: unknown;
  #waiting: Pending[] = [];
  #writing: readonly Pending[] | null = null;
  #startup: PromiseWithResolvers<void> | null = null;
  #drained: PromiseWithResolvers<void> | null = null;
  #closed: PromiseWithResolvers<void> | null = null;
  #flushQueued = false;
  #gathering: NodeJS.Timeout | null = null;
  /** When the last commit began. */
  #wroteAt = Number.NEGATIVE_INFINITY;
  #fault: StoreError | null = null;
  #units = 0;
  #commits = 0;

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /** Fulfilled when the database is open and migrated; rejected with the reason why it is not. */
  start(): Promise<void> {
    this.#startup = Promise.withResolvers();
    this.#spawn();
    return this.#startup.promise;
  }

  /** Writes the statements of a unit, all or none, synced. @returns what each one did. */
  write(unit: Unit, { inOrder = false, mayGather = false }: WriteOptions = {}): Promise<readonly StatementResult[]> {
    const { promise, resolve, reject } = Promise.withResolvers<readonly StatementResult[]>();
    if (this.#drained !== null) {
      reject(new StoreError('CLOSED', 'The store is closed.'));
      return promise;
    }
    this.#waiting.push({ unit, mayGather, inOrder, resolve, reject });
    this.#flushSoon();
    return promise;
  }

  /** How the last group ended; null: it was committed. */
  get fault(): StoreError | null {
    return this.#fault;
  }

  statistics(): WriteStatistics {
    return { units: this.#units, commits: this.#commits };
  }

  /** Takes nothing more. Fulfilled when all that was given is written or refused. */
  drain(): Promise<void> {
    if (this.#drained === null) {
      this.#drained = Promise.withResolvers();
      this.#flush();
    }
    return this.#drained.promise;
  }

  /** Drains and ends the thread. */
  close(): Promise<void> {
    if (this.#closed === null) {
      this.#closed = Promise.withResolvers();
      this.drain().then(() => this.#endThread(), this.#closed.reject);
    }
    return this.#closed.promise;
  }

  #spawn(): void {
    const spawn =
      this.#options.spawn ?? ((file) => new Worker(workerUrl(), { workerData: file, name: 'hookswitch-store' }));
    const worker = spawn(this.#options.file);
    this.#worker = worker;
    this.#texts = new StatementTexts();
    this.#cause = undefined;
    worker.on('message', (reply: WriterReply) => this.#receive(reply));
    worker.on('error', (error) => {
      this.#cause = error;
    });
    worker.on('exit', () => this.#exited());
  }

  /** Once all that has arrived by now is looked at, and what follows from it is asked for: it shares a commit from the start. */
  #flushSoon(): void {
    if (this.#flushQueued || this.#writing !== null) return;
    if (this.#waiting.length === 0 && this.#drained === null) return;
    const early = COMMITS_APART_MS - (performance.now() - this.#wroteAt);
    if (early > 0 && this.#ready && this.#drained === null && this.#hurried() === 0) {
      this.#gathering ??= setTimeout(() => {
        this.#gathering = null;
        this.#flush();
      }, early);
      return;
    }
    this.#flushQueued = true;
    setImmediate(() => {
      this.#flushQueued = false;
      this.#flush();
    });
  }

  #flush(): void {
    if (this.#writing !== null) return;
    if (this.#waiting.length === 0) {
      this.#drained?.resolve();
    } else if (this.#worker === null) {
      this.#spawn();
    } else if (this.#ready) {
      const group = this.#waiting.splice(0, MAX_UNITS_PER_COMMIT);
      this.#wroteAt = performance.now();
      this.#writing = group;
      const request: WriterRequest = { kind: 'write', ...this.#texts.send(group.map(({ unit }) => unit)) };
      this.#worker.postMessage(request);
    }
  }

  /** How many wait that are in a hurry. */
  #hurried(): number {
    return this.#waiting.reduce((count, { mayGather }) => (mayGather ? count : count + 1), 0);
  }

  #endThread(): void {
    if (this.#worker === null) this.#closed?.resolve();
    else if (this.#ready) this.#worker.postMessage({ kind: 'close' } satisfies WriterRequest);
    // Else it is starting: it is told when it is ready, or ends by itself.
  }

  #receive(reply: WriterReply): void {
    if (reply.kind === 'ready') {
      this.#ready = true;
      this.#startup?.resolve();
      if (this.#closed !== null && this.#waiting.length === 0) this.#endThread();
    } else if (reply.kind === 'refused') {
      this.#cause = errorOf(reply.fault);
    } else {
      const group = this.#writing ?? [];
      this.#writing = null;
      if (reply.kind === 'failed') {
        this.#refuse(group, errorOf(reply.fault));
      } else {
        if (this.#hurried() >= ENOUGH_FOR_A_GROUP) this.#flush();
        this.#settle(group, reply);
      }
    }
    this.#flushSoon();
  }

  /** What waits is refused as well: each group may hang for as long as a lock is waited for. */
  #refuse(group: readonly Pending[], error: StoreError): void {
    this.#fault = error;
    rejectAll(group, error);
    if (error.code === 'DISK') rejectAll(this.#waiting.splice(0), error);
  }

  /** Behind one that may not have been written. */
  #refuseInOrder(cause: unknown): void {
    const refused = this.#waiting.filter(({ inOrder }) => inOrder);
    this.#waiting = this.#waiting.filter(({ inOrder }) => !inOrder);
    rejectAll(refused, died('ended before it came to this, which was not written', cause));
  }

  #settle(group: readonly Pending[], { answers }: WriterReply & { readonly kind: 'committed' }): void {
    this.#commits += 1;
    this.#fault = null;
    for (const [index, pending] of group.entries()) {
      const answer = answers[index];
      if (answer?.ok === true) {
        this.#units += 1;
        pending.resolve(answer.results);
      } else {
        pending.reject(
          answer === undefined ? new StoreError('FAULT', 'A unit was not answered.') : errorOf(answer.fault),
        );
      }
    }
  }

  #exited(): void {
    const wasReady = this.#ready;
    const writing = this.#writing ?? [];
    this.#worker = null;
    this.#ready = false;
    this.#writing = null;
    const cause = this.#cause;
    if (!wasReady) {
      // It could not even start: with those who wait the next start would fail likewise, and so on for ever.
      const refusal = cause instanceof StoreError ? cause : died('could not start', cause);
      this.#fault = refusal;
      this.#startup?.reject(refusal);
      rejectAll(this.#waiting.splice(0), refusal);
    } else if (this.#closed === null || writing.length > 0) {
      const error = died('ended in the middle of its work: this may have been written or not', cause);
      this.#options.log?.error({ err: error, units: writing.length }, 'The writing thread of the store died.');
      this.#fault = error;
      rejectAll(writing, error);
      if (writing.some(({ inOrder }) => inOrder)) this.#refuseInOrder(cause);
    }
    this.#flush();
    if (this.#worker === null) this.#closed?.resolve();
  }
}

function died(how: string, cause: unknown): StoreError {
  const reason = cause instanceof Error ? ` (${cause.message})` : '';
  return new StoreError('WRITER_DIED', `The writing thread of the store ${how}${reason}.`, { cause });
}

function rejectAll(pending: readonly Pending[], error: StoreError): void {
  for (const { reject } of pending) reject(error);
}
