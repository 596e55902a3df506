import { crc32 } from 'node:zlib';

/** What stands before each record: salt, length and CRC-32 of the payload, each 32 bits, little-endian. */
export const FRAME_HEADER_BYTES = 12;

/** Records as they lie in a file, and how far they could be read. */
export interface ParsedFrames {
  readonly payloads: readonly Buffer[];
  /** Bytes up to the end of the last whole record. */
  readonly length: number;
  /** Something of this salt cannot be read: cut off by a crash, or damaged. Whole records behind it are found all the same. */
  readonly torn: boolean;
}

/** @param salt tells the records of a file's present use from what an earlier use has left behind them */
export function frame(payload: Uint8Array, salt: number): Buffer {
  const bytes = Buffer.alloc(FRAME_HEADER_BYTES + payload.length);
  bytes.writeUInt32LE(salt, 0);
  bytes.writeUInt32LE(payload.length, 4);
  bytes.writeUInt32LE(crc32(payload), 8);
  bytes.set(payload, FRAME_HEADER_BYTES);
  return bytes;
}

/** @param limit how many records are taken at most */
export function parseFrames(bytes: Buffer, salt: number, limit: number = Number.POSITIVE_INFINITY): ParsedFrames {
  const mark = Buffer.alloc(4);
  mark.writeUInt32LE(salt);
  const payloads: Buffer[] = [];
  let length = 0;
  let torn = false;
  let at = 0;
  while (payloads.length < limit && at !== -1) {
    const payload = payloadAt(bytes, at, salt);
    if (payload === null) {
      // Random bytes look like the salt and a fitting checksum once in 2^64 places.
      torn ||= bytes.subarray(at, at + mark.length).equals(mark);
      at = bytes.indexOf(mark, at + 1);
    } else {
      payloads.push(payload);
      at += FRAME_HEADER_BYTES + payload.length;
      length = at;
    }
  }
  return { payloads, length, torn };
}

function payloadAt(bytes: Buffer, at: number, salt: number): Buffer | null {
  const start = at + FRAME_HEADER_BYTES;
  if (start > bytes.length || bytes.readUInt32LE(at) !== salt) return null;
  const end = start + bytes.readUInt32LE(at + 4);
  if (end > bytes.length) return null;
  const payload = bytes.subarray(start, end);
  return crc32(payload) === bytes.readUInt32LE(at + 8) ? payload : null;
}
