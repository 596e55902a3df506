import { openSegments, segmentPath } from './open-segments.ts';
import { Segment } from './segment.ts';
import type { SpoolOptions } from './spool.ts';
import { diskError, SpoolError } from './spool-error.ts';

/** More goes into a further file. */
export const SEGMENT_BYTES = 4 * 1024 * 1024;

/** The files of a spool, oldest first; only the last one takes records. */
export class Segments {
  readonly #options: SpoolOptions;
  readonly #all: Segment[];
  #number: number;

  private constructor(options: SpoolOptions, { segments, newest }: { segments: Segment[]; newest: number }) {
    this.#options = options;
    this.#all = segments;
    this.#number = newest;
  }

  /** With what an earlier process has left. */
  static async open(options: SpoolOptions): Promise<Segments> {
    return new Segments(options, await openSegments(options.dir, options.log));
  }

  /** Records that are synced and still needed. */
  get records(): number {
    return this.#all.reduce((sum, { records }) => sum + records, 0);
  }

  /** Bytes that they take. */
  get bytes(): number {
    return this.#all.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  get last(): Segment | undefined {
    return this.#all.at(-1);
  }

  /** The one with the oldest records. */
  get oldest(): Segment | undefined {
    return this.#all.find(({ records }) => records > 0);
  }

  /**
   * Files whose records were all given up go; the last one is emptied instead, since its room is set aside.
   * @param when `worn`: not before that is worth a sync
   * @returns why a file could not be emptied
   */
  async tidy(when: 'worn' | 'now'): Promise<SpoolError | null> {
    let fault: SpoolError | null = null;
    for (const segment of [...this.#all]) {
      if (segment.records > 0) break;
      const isLast = segment === this.last;
      if (isLast && (segment.isEmpty || (when === 'worn' && !segment.isWorn))) break;
      try {
        if (isLast) await segment.recycle();
        else {
          this.#all.shift();
          await segment.close('remove');
        }
      } catch (error) {
        // What lies there still is dropped again after the next start: the log knows each record by its receipt.
        this.#options.log.warn({ err: error, path: segment.path }, 'a file of the event spool could not be emptied');
        fault = diskError(this.#options.dir, error);
      }
    }
    return fault;
  }

  /** The last file, or a new one. @throws SpoolError `FULL`, or the system's error where the disk does not take a new one */
  async withRoom(bytes: number): Promise<Segment> {
    if (this.last?.hasRoom(bytes) === true) return this.last;
    if (!this.mayGrow) {
      throw new SpoolError(
        'FULL',
        `The event spool in ${this.#options.dir} holds all that it may (spool.maxMegabytes).`,
      );
    }
    const segment = await this.grow();
    if (!segment.hasRoom(bytes)) throw new SpoolError('FULL', 'An event is larger than a file of the event spool.');
    return segment;
  }

  get mayGrow(): boolean {
    const taken = this.#all.reduce((sum, { capacity }) => sum + capacity, 0);
    return taken + this.#segmentBytes() <= this.#options.maxBytes;
  }

  async grow(): Promise<Segment> {
    this.#number += 1;
    const segment = await Segment.create(segmentPath(this.#options.dir, this.#number), this.#segmentBytes());
    this.#all.push(segment);
    return segment;
  }

  /** All of them, also where one fails. @throws the system's error of one that did */
  async close(): Promise<void> {
    const closed = await Promise.allSettled(this.#all.map((segment) => segment.close('keep')));
    const failed = closed.find((one) => one.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  #segmentBytes(): number {
    return Math.min(SEGMENT_BYTES, this.#options.maxBytes);
  }
}
