import { crc32 } from 'node:zlib';

/** What stands before each record: salt, length and CRC-32 of the payload, each 32 bits, little-endian. */
export const FRAME_HEADER_BYTES = 12;

/** This bit of the length says that a frame is no record, but tells through where records were given up: 32 bits. */
const GIVEN_UP = 0x8000_0000;

/** Records as they lie in a file, and how far they could be read. */
export interface ParsedFrames {
  readonly payloads: readonly Buffer[];
  /** Where each of them ends. */
  readonly ends: readonly number[];
  /** Bytes up to the end of the last whole frame. */
  readonly length: number;
  /** Through where records were given up, as the newest frame tells of it; 0: none tells. */
  readonly givenUp: number;
  /** Something of this salt cannot be read: cut off by a crash, or damaged. Whole records behind it are found all the same. */
  readonly torn: boolean;
}

/** @param salt tells the records of a file's present use from what an earlier use has left behind them */
export function frame(payload: Uint8Array, salt: number): Buffer {
  return framed(payload, payload.length, salt);
}

/** @param through a place in the same file */
export function givenUpFrame(through: number, salt: number): Buffer {
  const place = Buffer.alloc(4);
  place.writeUInt32LE(through);
  return framed(place, (GIVEN_UP | place.length) >>> 0, salt);
}

function framed(payload: Uint8Array, length: number, salt: number): Buffer {
  const bytes = Buffer.allocUnsafe(FRAME_HEADER_BYTES + payload.length);
  bytes.writeUInt32LE(salt, 0);
  bytes.writeUInt32LE(length, 4);
  bytes.writeUInt32LE(crc32(payload), 8);
  bytes.set(payload, FRAME_HEADER_BYTES);
  return bytes;
}

/** @param limit how many records are taken at most */
export function parseFrames(bytes: Buffer, salt: number, limit: number = Number.POSITIVE_INFINITY): ParsedFrames {
  const mark = Buffer.alloc(4);
  mark.writeUInt32LE(salt);
  const payloads: Buffer[] = [];
  const ends: number[] = [];
  let [length, givenUp, at] = [0, 0, 0];
  let torn = false;
  while (payloads.length < limit && at !== -1) {
    const found = frameAt(bytes, at, salt);
    if (found === null) {
      // Random bytes look like the salt and a fitting checksum once in 2^64 places.
      torn ||= bytes.subarray(at, at + mark.length).equals(mark);
      at = bytes.indexOf(mark, at + 1);
    } else {
      at += FRAME_HEADER_BYTES + found.payload.length;
      length = at;
      if (found.isRecord) {
        payloads.push(found.payload);
        ends.push(at);
      } else givenUp = found.payload.readUInt32LE();
    }
  }
  return { payloads, ends, length, givenUp, torn };
}

function frameAt(
  bytes: Buffer,
  at: number,
  salt: number,
): { readonly payload: Buffer; readonly isRecord: boolean } | null {
  const start = at + FRAME_HEADER_BYTES;
  if (start > bytes.length || bytes.readUInt32LE(at) !== salt) return null;
  const length = bytes.readUInt32LE(at + 4);
  const isRecord = length < GIVEN_UP;
  const end = start + (isRecord ? length : length - GIVEN_UP);
  if (end > bytes.length) return null;
  const payload = bytes.subarray(start, end);
  return crc32(payload) === bytes.readUInt32LE(at + 8) ? { payload, isRecord } : null;
}
