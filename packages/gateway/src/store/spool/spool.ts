import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { acquireProcessLock } from '../sqlite/process-lock.ts';
import { FRAME_HEADER_BYTES } from './frames.ts';
import { RecentRecords } from './recent-records.ts';
import type { Segment, SegmentPage } from './segment.ts';
import { SEGMENT_BYTES, Segments } from './segments.ts';
import { diskError, SpoolError } from './spool-error.ts';

/** Records that were read and are not given up yet. */
export interface SpoolPage {
  readonly payloads: readonly Buffer[];
}

/** Keeps records on disk, first in first out, while the store does not take them. */
export interface Spool {
  /** Fulfilled when the record is synced. Concurrent ones share a sync. Rejected with a {@link SpoolError}. */
  append(payload: Buffer): Promise<void>;
  /** The oldest records, at most `limit`; null where there is none. */
  read(limit: number): Promise<SpoolPage | null>;
  /** Gives up the records of the newest page that was read. */
  drop(page: SpoolPage): Promise<void>;
  /** Records that it holds or is about to hold. */
  readonly records: number;
  /** Bytes of the records that it holds. */
  readonly bytes: number;
  readonly maxBytes: number;
  /** Why it would not take a record now; null: it would. A disk that fails is tried again every second. */
  readonly fault: SpoolError | null;
  close(): Promise<void>;
}

/** Who is told; pino's loggers fit. */
export interface SpoolLog {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What {@link openSpool} needs. */
export interface SpoolOptions {
  /** Made where it is missing. One process at a time may have it. */
  readonly dir: string;
  /** All that its files may take on disk. */
  readonly maxBytes: number;
  readonly log: SpoolLog;
}

interface Waiting {
  readonly payload: Buffer;
  readonly resolve: () => void;
  readonly reject: (error: SpoolError) => void;
}

/** A file whose records were all dropped is emptied after that long at the latest. */
const EMPTIED_AFTER_MS = 1_000;
/** How often a disk that failed is tried. */
const PROBE_MS = 1_000;
/**
 * So far apart writes begin; others have the files meanwhile. One that comes alone waits for nobody; where many come, more share a write,
 * and what follows for each group of them besides: nearly a third of the processor time of an event goes by groups.
 */
const WRITES_APART_MS = 40;
/** Further records go into the next write, so that the first ones do not wait long. */
const MAX_GROUP = 1024;

/**
 * Opens the spool of a directory with what an earlier process has left in it, and sets a first file aside.
 * @throws the system's error where the directory cannot be used, StoreError `LOCKED` where another process has it
 */
export async function openSpool({ dir, maxBytes, log }: SpoolOptions): Promise<Spool> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const lock = await acquireProcessLock({ dataDir: dir, lock: join(dir, 'spool.lock'), pid: join(dir, 'spool.pid') });
  try {
    const segments = await Segments.open({ dir, maxBytes, log });
    const spool = new SegmentedSpool({ dir, maxBytes }, segments, () => lock.release());
    await spool.setAside();
    return spool;
  } catch (error) {
    await lock.release();
    throw error;
  }
}

class SegmentedSpool implements Spool {
  readonly maxBytes: number;
  readonly #dir: string;
  readonly #segments: Segments;
  readonly #release: () => Promise<void>;
  #waiting: Waiting[] = [];
  #page: { readonly segment: Segment; readonly page: SegmentPage } | null = null;
  readonly #recent = new RecentRecords();
  /** One at a time works on the files. */
  #turn: Promise<unknown> = Promise.resolve();
  /** The next write: it is queued, or waits for more. */
  #next: PromiseWithResolvers<void> | null = null;
  #gathering: NodeJS.Timeout | null = null;
  #inFlight = 0;
  #wroteAt = Number.NEGATIVE_INFINITY;
  #closed = false;
  #fault: SpoolError | null = null;
  #probe: NodeJS.Timeout | null = null;
  #emptying: NodeJS.Timeout | null = null;

  constructor({ dir, maxBytes }: Omit<SpoolOptions, 'log'>, segments: Segments, release: () => Promise<void>) {
    this.#dir = dir;
    this.maxBytes = maxBytes;
    this.#segments = segments;
    this.#release = release;
    if (segments.records > 0) this.#recent.off();
  }

  get fault(): SpoolError | null {
    return this.#fault;
  }

  get records(): number {
    return this.#segments.records + this.#waiting.length + this.#inFlight;
  }

  get bytes(): number {
    return this.#segments.bytes;
  }

  append(payload: Buffer): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    if (this.#closed) reject(new SpoolError('CLOSED', 'The event spool is closed.'));
    else {
      this.#waiting.push({ payload, resolve, reject });
      this.#flushSoon();
    }
    return promise;
  }

  async read(limit: number): Promise<SpoolPage | null> {
    if (this.records === 0) return null;
    const recent = this.#readRecent(limit);
    if (recent !== null) return recent;
    if (this.#segments.records === 0 && this.#inFlight === 0) await this.#next?.promise;
    return this.#exclusive(() => this.#readInTurn(limit));
  }

  #readRecent(limit: number): SpoolPage | null {
    const recent = this.#recent.page(limit);
    if (recent !== null) this.#page = recent;
    return recent?.page ?? null;
  }

  /** Behind what was on its way to the disk. */
  async #readInTurn(limit: number): Promise<SpoolPage | null> {
    if (!this.#recent.isOff) return this.#readRecent(limit);
    await this.#tidy();
    const segment = this.#segments.oldest;
    if (segment === undefined) return null;
    const page = await segment.read(limit);
    this.#page = { segment, page };
    return page;
  }

  async drop(): Promise<void> {
    if (this.#recent.isOff) return this.#exclusive(() => this.#dropOfFile());
    const segment = this.#giveUpPage();
    if (segment === undefined || segment.records > 0) return;
    if (segment === this.#segments.last) this.#emptyLater();
    else void this.#exclusive(() => this.#tidy());
  }

  async #dropOfFile(): Promise<void> {
    this.#giveUpPage();
    await this.#tidy();
    if (this.#segments.records === 0) this.#recent.begin();
    this.#emptyLater();
  }

  #giveUpPage(): Segment | undefined {
    const read = this.#page;
    this.#page = null;
    read?.segment.drop(read.page);
    this.#recent.drop(read?.page.payloads.length ?? 0);
    return read?.segment;
  }

  /** So that nothing of it is given out again after a crash, whatever comes. */
  #emptyLater(): void {
    if (this.#closed || this.#emptying !== null) return;
    this.#emptying = setTimeout(() => {
      this.#emptying = null;
      void this.#exclusive(() => this.#tidy('now'));
    }, EMPTIED_AFTER_MS);
    this.#emptying.unref();
  }

  /** Makes sure that there is a file with room, so that a disk that becomes full later has some for the spool. */
  setAside(): Promise<void> {
    return this.#exclusive(async () => {
      await this.#tidy('now');
      if (this.#segments.last?.hasRoom(1) !== true && this.#segments.mayGrow) await this.#segments.grow();
    });
  }

  close(): Promise<void> {
    this.#closed = true;
    for (const timer of [this.#probe, this.#emptying, this.#gathering]) if (timer !== null) clearTimeout(timer);
    return this.#exclusive(async () => {
      while (this.#waiting.length > 0) await this.#flush();
      await this.#tidy('now');
      try {
        await this.#segments.close();
      } finally {
        await this.#release();
      }
    });
  }

  #exclusive<Result>(work: () => Promise<Result>): Promise<Result> {
    const run = this.#turn.then(work);
    this.#turn = run.catch(() => {});
    return run;
  }

  async #tidy(when: 'worn' | 'now' = 'worn'): Promise<void> {
    const fault = await this.#segments.tidy(when);
    if (fault !== null) this.#failed(fault);
  }

  #flushSoon(): void {
    if (this.#next !== null || this.#closed) return;
    this.#next = Promise.withResolvers();
    const flush = () => void this.#exclusive(() => this.#flush());
    const early = WRITES_APART_MS - (performance.now() - this.#wroteAt);
    if (early <= 0) flush();
    else this.#gathering = setTimeout(flush, early);
  }

  /** One group, so that whoever reads has its turn however many come. */
  async #flush(): Promise<void> {
    const written = this.#next;
    this.#next = null;
    this.#wroteAt = performance.now();
    const group = this.#waiting.splice(0, MAX_GROUP);
    this.#inFlight = group.length;
    try {
      await this.#write(group);
      this.#fault = null;
      for (const { resolve } of group) resolve();
    } catch (error) {
      const fault = error instanceof SpoolError ? error : diskError(this.#dir, error);
      this.#failed(fault);
      for (const { reject } of group) reject(fault);
    } finally {
      this.#inFlight = 0;
      written?.resolve();
      if (this.#waiting.length > 0) this.#flushSoon();
    }
  }

  #failed(fault: SpoolError): void {
    this.#fault = fault;
    if (this.#closed || this.#probe !== null) return;
    this.#probe = setTimeout(() => void this.#exclusive(() => this.#repair()), PROBE_MS);
    this.#probe.unref();
  }

  async #repair(): Promise<void> {
    this.#probe = null;
    if (this.#fault === null || this.#closed) return;
    try {
      await this.#tidy('now');
      const { last, mayGrow } = this.#segments;
      if (last?.hasRoom(1) === true) await last.probe();
      else if (mayGrow) await this.#segments.grow();
      else return this.#failed(this.#fault);
      this.#fault = null;
    } catch (error) {
      this.#failed(diskError(this.#dir, error));
    }
  }

  /** All of the group or, for whoever waits, none of it. */
  async #write(group: readonly Waiting[]): Promise<void> {
    const bytes = group.reduce((sum, { payload }) => sum + FRAME_HEADER_BYTES + payload.length, 0);
    const hasRoom = this.#segments.last?.hasRoom(bytes) === true;
    await this.#tidy(hasRoom ? 'worn' : 'now');
    if (!hasRoom && group.length > 1 && bytes > SEGMENT_BYTES / 4) {
      const half = group.length >> 1;
      await this.#write(group.slice(0, half));
      return this.#write(group.slice(half));
    }
    const segment = await this.#segments.withRoom(bytes);
    const payloads = group.map(({ payload }) => payload);
    this.#recent.add(segment, payloads, await segment.append(payloads));
  }
}
