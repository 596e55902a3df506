import { crc32, inflateSync } from 'node:zlib';

/** A PNG file, read by the letter of its specification as far as RGB of 8 bits without filters goes. */
export interface Png {
  readonly width: number;
  readonly height: number;
  /** Red, green and blue of each pixel, from the top left. */
  readonly pixels: Buffer;
}

/** Reads a PNG file. @throws where a chunk is not whole, or it is of another kind */
export function readPng(file: Buffer): Png {
  if (file.subarray(0, 8).toString('latin1') !== '\x89PNG\r\n\x1a\n') throw new Error('It is no PNG.');
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < file.length; ) {
    const end = at + 8 + file.readUInt32BE(at);
    if (crc32(file.subarray(at + 4, end)) !== file.readUInt32BE(end)) throw new Error('A checksum is wrong.');
    chunks.set(file.subarray(at + 4, at + 8).toString('latin1'), file.subarray(at + 8, end));
    at = end + 4;
  }
  const [header, data] = [chunks.get('IHDR'), chunks.get('IDAT')];
  if ([...chunks.keys()].join() !== 'IHDR,IDAT,IEND' || header === undefined || data === undefined)
    throw new Error('Its chunks are others.');
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  if (header.subarray(8).toString('hex') !== '0802000000') throw new Error('It is not RGB of 8 bits.');
  const lines = inflateSync(data);
  if (lines.length !== height * (1 + width * 3)) throw new Error('Its pixels are too few or too many.');
  const rows = Array.from({ length: height }, (_, y) => lines.subarray(y * (1 + width * 3), (y + 1) * (1 + width * 3)));
  if (rows.some((row) => row[0] !== 0)) throw new Error('It has filters.');
  return { width, height, pixels: Buffer.concat(rows.map((row) => row.subarray(1))) };
}
