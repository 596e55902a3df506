import { randomInt } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncDirectory } from '../../security/private-files.ts';
import { frame, parseFrames } from './frames.ts';

const MAGIC = Buffer.from('HOOKSPL1');
const HEADER_BYTES = MAGIC.length + 4;
/** Read at once while it is given out. */
const READ_BYTES = 1024 * 1024;

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
    const handle = await open(path, 'wx+', 0o600);
    try {
      const salt = newSalt();
      await writeFully(handle, Buffer.concat([header(salt), Buffer.alloc(capacity - HEADER_BYTES)]), 0);
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
    const handle = await open(path, 'r+');
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
      const { payloads, length, torn } = parseFrames(bytes.subarray(HEADER_BYTES), segment.#salt);
      segment.#end = HEADER_BYTES + length;
      segment.#records = payloads.length;
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

  /** Whether it takes that many bytes more. */
  hasRoom(bytes: number): boolean {
    return !this.#sealed && this.#end + bytes <= this.capacity;
  }

  /** What one record takes in it. */
  frame(payload: Uint8Array): Buffer {
    return frame(payload, this.#salt);
  }

  /**
   * Writes records and syncs them. Where that fails the next ones are written over them, so that the disk is asked again
   * for all of it: a sync that failed once may count as done the second time.
   */
  async append(frames: readonly Buffer[]): Promise<void> {
    const bytes = Buffer.concat(frames);
    await writeFully(this.#handle, bytes, this.#end);
    await this.#handle.datasync();
    this.#end += bytes.length;
    this.#records += frames.length;
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
    const { payloads, length } = parseFrames(page, this.#salt, records);
    return { payloads, end: this.#start + length };
  }

  /** Gives up the records of a page that {@link Segment.read} gave. */
  drop({ payloads, end }: SegmentPage): void {
    this.#start = end;
    this.#records -= payloads.length;
  }

  /** Whether its disk takes something: writes what stands in its header once more. Rejects with the reason. */
  async probe(): Promise<void> {
    await writeFully(this.#handle, header(this.#salt), 0);
    await this.#handle.datasync();
  }

  /** Makes it empty, without needing room on the disk. Its records must have been dropped. */
  async recycle(): Promise<void> {
    const salt = newSalt();
    try {
      await writeFully(this.#handle, header(salt), 0);
      await this.#handle.datasync();
    } catch (error) {
      // The file may have the new salt already: a record of the old one would be lost in it.
      this.#sealed = true;
      throw error;
    }
    this.#salt = salt;
    this.#start = HEADER_BYTES;
    this.#end = HEADER_BYTES;
    this.#sealed = false;
  }

  /** @param how `remove`: the file goes as well */
  async close(how: 'keep' | 'remove'): Promise<void> {
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
