import type { Segment, SegmentPage } from './segment.ts';

/** A record as it was written. */
interface RecentRecord {
  readonly segment: Segment;
  readonly payload: Buffer;
  /** Where it ends in its file. */
  readonly end: number;
}

/** A page of them, of one file. */
interface RecentPage {
  readonly segment: Segment;
  readonly page: SegmentPage;
}

/** More are read from the disk again. */
const MOST_RECORDS = 4_096;
const MOST_BYTES = 8 * 1024 * 1024;

/**
 * What the spool holds, as long as all of it was written by this process and is little: where every event comes by the spool, what was
 * written a moment ago need not be read from the disk. Either it has all records or it is off.
 */
export class RecentRecords {
  #records: RecentRecord[] | null = [];
  #bytes = 0;

  /** Off: the records are to be read from their files. */
  get isOff(): boolean {
    return this.#records === null;
  }

  /** The spool holds nothing. */
  begin(): void {
    this.#records = [];
    this.#bytes = 0;
  }

  off(): void {
    this.#records = null;
  }

  /** Records that were written to a file behind all others, each with its end. */
  add(segment: Segment, payloads: readonly Buffer[], ends: readonly number[]): void {
    if (this.#records === null) return;
    for (const [index, payload] of payloads.entries()) {
      this.#records.push({ segment, payload, end: ends[index] ?? 0 });
      this.#bytes += payload.length;
    }
    if (this.#records.length > MOST_RECORDS || this.#bytes > MOST_BYTES) this.off();
  }

  /** The oldest ones of one file, at most `limit`; null where there is none. */
  page(limit: number): RecentPage | null {
    const [first] = this.#records ?? [];
    if (first === undefined) return null;
    const { segment } = first;
    const records: RecentRecord[] = [];
    for (const record of this.#records ?? []) {
      if (record.segment !== segment || records.length >= limit) break;
      records.push(record);
    }
    const end = records.at(-1)?.end ?? 0;
    return { segment, page: { payloads: records.map(({ payload }) => payload), end } };
  }

  /** The oldest ones, which were dropped. */
  drop(count: number): void {
    for (const { payload } of this.#records?.splice(0, count) ?? []) this.#bytes -= payload.length;
  }
}
