import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { acquireProcessLock } from '../sqlite/process-lock.ts';
import { FRAME_HEADER_BYTES } from './frames.ts';
import { openSegments, segmentPath } from './open-segments.ts';
import { Segment, type SegmentPage } from './segment.ts';
import { diskError, SpoolError } from './spool-error.ts';

/** Records that were read and are not given up yet. */
export interface SpoolPage {
  readonly payloads: readonly Buffer[];
}

/** Keeps records on disk, first in first out, while the store does not take them. */
export interface Spool {
  /** Fulfilled when the record is synced. Concurrent ones share a sync. Rejected with a {@link SpoolError}. */
  append(payload: Uint8Array): Promise<void>;
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
  readonly payload: Uint8Array;
  readonly resolve: () => void;
  readonly reject: (error: SpoolError) => void;
}

const SEGMENT_BYTES = 4 * 1024 * 1024;
/** How often a disk that failed is tried. */
const PROBE_MS = 1_000;
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
    const found = await openSegments(dir, log);
    const spool = new SegmentedSpool({ dir, maxBytes, log }, found);
    await spool.setAside();
    return {
      append: (payload) => spool.append(payload),
      read: (limit) => spool.read(limit),
      drop: () => spool.drop(),
      get records() {
        return spool.records;
      },
      get bytes() {
        return spool.bytes;
      },
      maxBytes,
      get fault() {
        return spool.fault;
      },
      async close() {
        await spool.close();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

class SegmentedSpool {
  readonly #options: SpoolOptions;
  /** Oldest first; only the last one takes records. */
  readonly #segments: Segment[];
  #number: number;
  #waiting: Waiting[] = [];
  #page: { readonly segment: Segment; readonly page: SegmentPage } | null = null;
  /** One at a time works on the files. */
  #turn: Promise<unknown> = Promise.resolve();
  #flushQueued = false;
  #inFlight = 0;
  #closed = false;
  #fault: SpoolError | null = null;
  #probe: NodeJS.Timeout | null = null;

  constructor(options: SpoolOptions, { segments, newest }: { segments: Segment[]; newest: number }) {
    this.#options = options;
    this.#segments = segments;
    this.#number = newest;
  }

  get fault(): SpoolError | null {
    return this.#fault;
  }

  get records(): number {
    return this.#segments.reduce((sum, { records }) => sum + records, this.#waiting.length + this.#inFlight);
  }

  get bytes(): number {
    return this.#segments.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  append(payload: Uint8Array): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    if (this.#closed) reject(new SpoolError('CLOSED', 'The event spool is closed.'));
    else {
      this.#waiting.push({ payload, resolve, reject });
      if (!this.#flushQueued) {
        this.#flushQueued = true;
        void this.#exclusive(() => this.#flush());
      }
    }
    return promise;
  }

  read(limit: number): Promise<SpoolPage | null> {
    return this.#exclusive(async () => {
      await this.#tidy();
      const segment = this.#segments.find(({ records }) => records > 0);
      if (segment === undefined) return null;
      const page = await segment.read(limit);
      this.#page = { segment, page };
      return page;
    });
  }

  drop(): Promise<void> {
    return this.#exclusive(async () => {
      const read = this.#page;
      this.#page = null;
      read?.segment.drop(read.page);
      await this.#tidy();
    });
  }

  /** Makes sure that there is a file with room, so that a disk that becomes full later has some for the spool. */
  setAside(): Promise<void> {
    return this.#exclusive(async () => {
      await this.#tidy();
      if (this.#segments.at(-1)?.hasRoom(1) !== true && this.#mayGrow()) await this.#grow();
    });
  }

  close(): Promise<void> {
    this.#closed = true;
    if (this.#probe !== null) clearTimeout(this.#probe);
    return this.#exclusive(async () => {
      for (const segment of this.#segments) await segment.close('keep');
    });
  }

  #exclusive<Result>(work: () => Promise<Result>): Promise<Result> {
    const run = this.#turn.then(work);
    this.#turn = run.catch(() => {});
    return run;
  }

  /** Files whose records were all given up go; the last one is emptied instead, since its room is set aside. */
  async #tidy(): Promise<void> {
    for (const segment of [...this.#segments]) {
      if (segment.records > 0) return;
      const isLast = segment === this.#segments.at(-1);
      if (isLast && segment.isEmpty) return;
      try {
        if (isLast) return await segment.recycle();
        this.#segments.shift();
        await segment.close('remove');
      } catch (error) {
        // What lies there still is dropped again after the next start: the log knows each record by its receipt.
        this.#options.log.warn({ err: error, path: segment.path }, 'a file of the event spool could not be emptied');
        this.#failed(diskError(this.#options.dir, error));
        if (isLast) return;
      }
    }
  }

  async #flush(): Promise<void> {
    this.#flushQueued = false;
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, MAX_GROUP);
      this.#inFlight = group.length;
      try {
        await this.#write(group);
        this.#fault = null;
        for (const { resolve } of group) resolve();
      } catch (error) {
        const fault = error instanceof SpoolError ? error : diskError(this.#options.dir, error);
        this.#failed(fault);
        for (const { reject } of group) reject(fault);
      } finally {
        this.#inFlight = 0;
      }
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
      await this.#tidy();
      const last = this.#segments.at(-1);
      if (last?.hasRoom(1) === true) await last.probe();
      else if (this.#mayGrow()) await this.#grow();
      else return this.#failed(this.#fault);
      this.#fault = null;
    } catch (error) {
      this.#failed(diskError(this.#options.dir, error));
    }
  }

  /** All of the group or, for whoever waits, none of it. */
  async #write(group: readonly Waiting[]): Promise<void> {
    const bytes = group.reduce((sum, { payload }) => sum + FRAME_HEADER_BYTES + payload.length, 0);
    let last = this.#segments.at(-1);
    if (last?.hasRoom(bytes) !== true) {
      await this.#tidy();
      last = this.#segments.at(-1);
    }
    if (last?.hasRoom(bytes) !== true) {
      if (group.length > 1 && bytes > SEGMENT_BYTES / 4) {
        const half = group.length >> 1;
        await this.#write(group.slice(0, half));
        return this.#write(group.slice(half));
      }
      if (!this.#mayGrow()) {
        throw new SpoolError(
          'FULL',
          `The event spool in ${this.#options.dir} holds all that it may (spool.maxMegabytes).`,
        );
      }
      last = await this.#grow();
      if (!last.hasRoom(bytes)) throw new SpoolError('FULL', 'An event is larger than a file of the event spool.');
    }
    const segment = last;
    await segment.append(group.map(({ payload }) => segment.frame(payload)));
  }

  #mayGrow(): boolean {
    const taken = this.#segments.reduce((sum, { capacity }) => sum + capacity, 0);
    return taken + this.#segmentBytes() <= this.#options.maxBytes;
  }

  async #grow(): Promise<Segment> {
    this.#number += 1;
    const segment = await Segment.create(segmentPath(this.#options.dir, this.#number), this.#segmentBytes());
    this.#segments.push(segment);
    return segment;
  }

  #segmentBytes(): number {
    return Math.min(SEGMENT_BYTES, this.#options.maxBytes);
  }
}
