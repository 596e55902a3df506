import type { Picture } from './write-png.ts';

/** No display of a phone has more: a header that says so is wrong. */
const MAX_SIDE = 8192;
/** Before the pixels of 16 and 32 bits stand the bits of each colour, where this is said. */
const WITH_MASKS = 3;
const USUAL_MASKS: Readonly<Record<number, readonly number[]>> = {
  16: [0x7c00, 0x03e0, 0x001f],
  32: [0xff0000, 0x00ff00, 0x0000ff],
};

interface Header {
  readonly width: number;
  readonly height: number;
  readonly fromTop: boolean;
  readonly bits: number;
  /** Where the pixels begin, and how many bytes a row has. */
  readonly start: number;
  readonly rowBytes: number;
}

/** Gives the colour of the pixel `x` in the row that begins at `row`, as 0xRRGGBB. */
type ColorAt = (row: number, x: number) => number;

/**
 * Reads a BMP file of 1, 4, 8, 16, 24 or 32 bits a pixel that is not compressed. A fourth byte is no transparency: a
 * display has none, and phones leave it 0.
 * @throws Error where it is something else, or cut off
 */
export function readBmp(file: Buffer): Picture {
  const header = readHeader(file);
  const { width, height, fromTop, start, rowBytes } = header;
  const colorAt = colorsOf(file, header);
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    const row = start + (fromTop ? y : height - 1 - y) * rowBytes;
    for (let x = 0; x < width; x++) pixels.writeUIntBE(colorAt(row, x), (y * width + x) * 3, 3);
  }
  return { width, height, pixels };
}

function readHeader(file: Buffer): Header {
  if (file.length < 54 || file.toString('latin1', 0, 2) !== 'BM' || file.readUInt32LE(14) < 40)
    throw new Error('It is no BMP of today.');
  const [width, signedHeight] = [file.readInt32LE(18), file.readInt32LE(22)];
  const [bits, compression, height] = [file.readUInt16LE(28), file.readUInt32LE(30), Math.abs(signedHeight)];
  if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE)
    throw new Error(`It says that it has ${width} × ${height} pixels.`);
  if (compression !== 0 && !(compression === WITH_MASKS && bits in USUAL_MASKS))
    throw new Error(`Its pixels are compressed (${compression}).`);
  const rowBytes = Math.ceil((width * bits) / 32) * 4;
  const start = file.readUInt32LE(10);
  // The last row need not be filled up to four bytes.
  if (start + rowBytes * (height - 1) + Math.ceil((width * bits) / 8) > file.length) throw new Error('It is cut off.');
  return { width, height, fromTop: signedHeight < 0, bits, start, rowBytes };
}

function colorsOf(file: Buffer, header: Header): ColorAt {
  switch (header.bits) {
    case 1:
    case 4:
    case 8:
      return indexed(file, header);
    case 24:
      return (row, x) => file.readUIntLE(row + x * 3, 3);
    case 16:
    case 32:
      return masked(file, header);
    default:
      throw new Error(`It has ${header.bits} bits a pixel.`);
  }
}

function indexed(file: Buffer, { bits, start }: Header): ColorAt {
  const palette = 14 + file.readUInt32LE(14);
  const count = Math.min(file.readUInt32LE(46) || 2 ** bits, Math.floor((start - palette) / 4));
  return (row, x) => {
    // The first pixel is in the highest bits.
    const byte = file.readUInt8(row + Math.floor((x * bits) / 8));
    const index = (byte >> (8 - bits - ((x * bits) % 8))) & (2 ** bits - 1);
    if (index >= count) throw new Error('It has a colour that is not in its palette.');
    return file.readUIntLE(palette + index * 4, 3);
  };
}

function masked(file: Buffer, { bits }: Header): ColorAt {
  const masks = file.readUInt32LE(30) === WITH_MASKS ? masksOf(file) : (USUAL_MASKS[bits] ?? []);
  const parts = masks.map((mask) => {
    if (mask === 0) throw new Error('Its masks of colours are empty.');
    const shift = 31 - Math.clz32(mask & -mask);
    return { mask, shift, scale: 255 / (mask >>> shift) };
  });
  const bytes = bits / 8;
  return (row, x) => {
    const value = file.readUIntLE(row + x * bytes, bytes);
    return parts.reduce(
      (color, { mask, shift, scale }) => color * 256 + Math.round(((value & mask) >>> shift) * scale),
      0,
    );
  };
}

/** They stand behind the shortest header, or in a longer one at the same place. */
function masksOf(file: Buffer): readonly number[] {
  if (file.length < 66) throw new Error('It is cut off.');
  return [54, 58, 62].map((at) => file.readUInt32LE(at));
}
