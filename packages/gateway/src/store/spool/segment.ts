import { randomInt } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncDirectory } from '../../security/private-files.ts';
import { FRAME_HEADER_BYTES, frame, givenUpFrame, parseFrames } from './frames.ts';

const MAGIC = Buffer.from('HOOKSPL1');
const HEADER_BYTES = MAGIC.length + 4;
/** What tells of records that were given up takes so much. */
const NEWS_BYTES = FRAME_HEADER_BYTES + 4;
/** To empty a file takes a sync: not before so much of it is used. */
const WORN_BYTES = 1024 * 1024;
/** Read at once while it is given out. */
const READ_BYTES = 1024 * 1024;

/**
 * On Linux each write to such a file is a sync as well (open(2), `O_DSYNC`): one turn of the disk's thread a write, not two. Elsewhere that
 * flag is missing or promises less than a sync does.
 */
const WRITES_SYNC = process.platform === 'linux';
const READ_AND_WRITE = constants.O_RDWR | (WRITES_SYNC ? constants.O_DSYNC : 0);

/** Records of one segment that were read. */
export interface SegmentPage {
  readonly payloads: readonly Buffer[];
  /** Where the next page begins. */
  readonly end: number;
}

/**
 * One file of the spool. All of its bytes are written when it is made, so that it takes records where the disk has become
 * full since. Its header holds a salt that each of its records repeats: with another salt the file is empty again.
 */
export class Segment {
  readonly path: string;
  /** Bytes of the file. */
  readonly capacity: number;
  readonly #handle: FileHandle;
  #salt: number;
  /** Up to here its records are synced. */
  #end: number;
  #records = 0;
  /** Up to here they were given out and are not needed any more. */
  #start = HEADER_BYTES;
  /** As far as that stands in the file. */
  #startTold = HEADER_BYTES;
  #sealed = false;

  private constructor(handle: FileHandle, file: { path: string; capacity: number; salt: number }) {
    this.#handle = handle;
    this.path = file.path;
    this.capacity = file.capacity;
    this.#salt = file.salt;
    this.#end = HEADER_BYTES;
  }

  /** @throws the system's error where the disk does not take it; then nothing is left of it */
  static async create(path: string, capacity: number): Promise<Segment> {
    const handle = await open(path, READ_AND_WRITE | constants.O_CREAT | constants.O_EXCL, 0o600);
    try {
      const salt = newSalt();
      await writeFully(handle, Buffer.concat([header(salt), Buffer.alloc(capacity - HEADER_BYTES)]), 0);
      // Its length too.
      await handle.sync();
      await syncDirectory(dirname(path));
      return new Segment(handle, { path, capacity, salt });
    } catch (error) {
      await handle.close();
      await rm(path, { force: true }).catch(() => {});
      throw error;
    }
  }

  /** @returns the segment and whether its last record is torn; null where the file is none: it was never made whole */
  static async open(path: string): Promise<{ readonly segment: Segment; readonly torn: boolean } | null> {
    const handle = await open(path, READ_AND_WRITE);
    try {
      const bytes = await handle.readFile();
      if (bytes.length < HEADER_BYTES || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) {
        await handle.close();
        return null;
      }
      const segment = new Segment(handle, {
        path,
        capacity: bytes.length,
        salt: bytes.readUInt32LE(MAGIC.length),
      });
      const { ends, length, givenUp, torn } = parseFrames(bytes.subarray(HEADER_BYTES), segment.#salt);
      segment.#end = HEADER_BYTES + length;
      if (givenUp > 0) segment.#start = givenUp;
      segment.#startTold = segment.#start;
      segment.#records = ends.filter((end) => HEADER_BYTES + end > segment.#start).length;
      // Behind a torn record nothing is written: what lies there might be needed by whoever looks into it.
      segment.#sealed = torn;
      return { segment, torn };
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Records that are synced and still needed. */
  get records(): number {
    return this.#records;
  }

  /** Bytes that they take. */
  get bytes(): number {
    return this.#end - this.#start;
  }

  /** Whether nothing has been written to it since it was made or emptied. */
  get isEmpty(): boolean {
    return this.#end === HEADER_BYTES && !this.#sealed;
  }

  /** Whether so much has been written to it since then that it should be emptied as soon as its records were dropped. */
  get isWorn(): boolean {
    return this.#sealed || this.#end > WORN_BYTES;
  }

  /** Whether it takes that many bytes more. */
  hasRoom(bytes: number): boolean {
    return !this.#sealed && this.#end + bytes + NEWS_BYTES <= this.capacity;
  }

  /**
   * Writes records and syncs them. Where that fails the next ones are written over them, so that the disk is asked again
   * for all of it: a sync that failed once may count as done the second time.
   * @returns where each of them ends
   */
  async append(payloads: readonly Buffer[]): Promise<readonly number[]> {
    const start = this.#start;
    // What was given up since goes with them, so that it costs no sync of its own.
    const news = start === this.#startTold ? [] : [givenUpFrame(start, this.#salt)];
    const frames = [...news, ...payloads.map((payload) => frame(payload, this.#salt))];
    const bytes = Buffer.concat(frames);
    await this.#writeSynced(bytes, this.#end);
    let end = this.#end + (news[0]?.length ?? 0);
    const ends = payloads.map(({ length }) => {
      end += FRAME_HEADER_BYTES + length;
      return end;
    });
    this.#end += bytes.length;
    this.#startTold = start;
    this.#records += payloads.length;
    return ends;
  }

  /** The oldest records that are needed, without giving them up. */
  async read(limit: number): Promise<SegmentPage> {
    const wanted = Math.min(READ_BYTES, this.#end - this.#start);
    let page = await this.#readPage(wanted, limit);
    // One record may be larger than a page.
    if (page.payloads.length === 0 && this.#records > 0) page = await this.#readPage(this.#end - this.#start, limit);
    return page;
  }

  async #readPage(bytes: number, records: number): Promise<SegmentPage> {
    const page = Buffer.alloc(bytes);
    await this.#handle.read(page, 0, bytes, this.#start);
    const { payloads, ends } = parseFrames(page, this.#salt, records);
    return { payloads, end: this.#start + (ends.at(-1) ?? 0) };
  }

  /** Gives up the records of a page that {@link Segment.read} gave. */
  drop({ payloads, end }: SegmentPage): void {
    this.#start = end;
    this.#records -= payloads.length;
  }

  /** Whether its disk takes something: writes what stands in its header once more. Rejects with the reason. */
  async probe(): Promise<void> {
    await this.#writeSynced(header(this.#salt), 0);
  }

  /** Makes it empty, without needing room on the disk. Its records must have been dropped. */
  async recycle(): Promise<void> {
    const salt = newSalt();
    try {
      await this.#writeSynced(header(salt), 0);
    } catch (error) {
      // The file may have the new salt already: a record of the old one would be lost in it.
      this.#sealed = true;
      throw error;
    }
    this.#salt = salt;
    this.#start = HEADER_BYTES;
    this.#startTold = HEADER_BYTES;
    this.#end = HEADER_BYTES;
    this.#sealed = false;
  }

  async #writeSynced(bytes: Buffer, position: number): Promise<void> {
    await writeFully(this.#handle, bytes, position);
    if (!WRITES_SYNC) await this.#handle.datasync();
  }

  /** @param how `keep`: with what was given up of it; `remove`: the file goes as well */
  async close(how: 'keep' | 'remove'): Promise<void> {
    const hasNews = this.#start !== this.#startTold && this.hasRoom(0);
    // Where that fails it is given out once more: the log knows each record by its receipt.
    if (how === 'keep' && hasNews) await this.append([]).catch(() => {});
    await this.#handle.close();
    if (how === 'remove') await rm(this.path, { force: true });
  }
}

/** Never 0: that is what the room behind the records is filled with. */
function newSalt(): number {
  return randomInt(1, 2 ** 32);
}

function header(salt: number): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES);
  MAGIC.copy(bytes);
  bytes.writeUInt32LE(salt, MAGIC.length);
  return bytes;
}

/** A disk that is nearly full takes less than it is given, and says so at the next write only. */
async function writeFully(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, position + written);
    written += bytesWritten;
  }
}
