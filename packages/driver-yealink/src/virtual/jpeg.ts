/** Brightness of the pixels of a picture, rows from the top, 0 to 255 each. */
export interface GrayPicture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

const BLOCK = 8;
/** One quantiser for all coefficients: letters stay sharp, and the table is trivial. */
const QUANTISER = 8;
// Coefficients of a block in the order in which JPEG writes them (ITU-T T.81, figure 5).
const ZIGZAG = Array.from({ length: 64 }, (_, at) => at).sort((a, b) => {
  const [diagonalA, diagonalB] = [(a >> 3) + (a & 7), (b >> 3) + (b & 7)];
  if (diagonalA !== diagonalB) return diagonalA - diagonalB;
  return diagonalA % 2 === 0 ? (a & 7) - (b & 7) : (b & 7) - (a & 7);
});
// Codes of equal length make valid, if wasteful, Huffman tables: 4 bits for DC sizes, 8 for AC run and size.
const DC_SYMBOLS = Array.from({ length: 12 }, (_, size) => size);
const AC_SYMBOLS = [0x00, 0xf0, ...Array.from({ length: 160 }, (_, at) => ((at / 10) << 4) | ((at % 10) + 1))];
const AC_CODES = new Map(AC_SYMBOLS.map((symbol, code) => [symbol, code]));
const COSINES = Array.from({ length: 64 }, (_, at) => {
  const [frequency, position] = [at >> 3, at & 7];
  const scale = frequency === 0 ? Math.SQRT1_2 / 2 : 0.5;
  return scale * Math.cos(((2 * position + 1) * frequency * Math.PI) / 16);
});

/** Reads the brightness of a BMP file of 24 bits a pixel. */
export const grayOfBmp = (bmp: Uint8Array): GrayPicture => {
  const file = Buffer.from(bmp.buffer, bmp.byteOffset, bmp.byteLength);
  const [start, width, height] = [file.readUInt32LE(10), file.readInt32LE(18), file.readInt32LE(22)];
  const rowBytes = Math.ceil((width * 3) / 4) * 4;
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = start + (height - 1 - y) * rowBytes + x * 3;
      const [blue = 0, green = 0, red = 0] = file.subarray(at, at + 3);
      pixels[y * width + x] = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
    }
  }
  return { width, height, pixels };
};

/** Encodes a picture as a baseline JPEG file without colour (ITU-T T.81). */
export const encodeJpeg = (picture: GrayPicture): Uint8Array => {
  const { width, height } = picture;
  const size = Buffer.alloc(4);
  size.writeUInt16BE(height, 0);
  size.writeUInt16BE(width, 2);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, [...Buffer.from('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    segment(0xdb, [0, ...Array.from({ length: 64 }, () => QUANTISER)]),
    segment(0xc0, [8, ...size, 1, 1, 0x11, 0]),
    segment(0xc4, [0x00, ...countsOf(4, DC_SYMBOLS.length), ...DC_SYMBOLS]),
    segment(0xc4, [0x10, ...countsOf(8, AC_SYMBOLS.length), ...AC_SYMBOLS]),
    segment(0xda, [1, 1, 0x00, 0, 63, 0]),
    encodeBlocks(picture),
    Buffer.from([0xff, 0xd9]),
  ]);
};

const segment = (marker: number, content: readonly number[]): Buffer =>
  Buffer.from([0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 0xff, ...content]);

const countsOf = (length: number, count: number): number[] =>
  Array.from({ length: 16 }, (_, at) => (at + 1 === length ? count : 0));

const encodeBlocks = (picture: GrayPicture): Buffer => {
  const bits = new BitWriter();
  let lastDc = 0;
  for (let top = 0; top < picture.height; top += BLOCK) {
    for (let left = 0; left < picture.width; left += BLOCK) {
      const coefficients = transform(blockAt(picture, left, top));
      const dc = coefficients[0] ?? 0;
      const size = sizeOf(dc - lastDc);
      bits.write(size, 4);
      bits.writeSigned(dc - lastDc, size);
      lastDc = dc;
      writeAc(bits, coefficients);
    }
  }
  return bits.finish();
};

const writeAc = (bits: BitWriter, coefficients: readonly number[]): void => {
  let zeros = 0;
  for (const value of coefficients.slice(1)) {
    if (value === 0) {
      zeros += 1;
      continue;
    }
    for (; zeros > 15; zeros -= 16) bits.write(AC_CODES.get(0xf0) ?? 0, 8);
    const size = sizeOf(value);
    bits.write(AC_CODES.get((zeros << 4) | size) ?? 0, 8);
    bits.writeSigned(value, size);
    zeros = 0;
  }
  if (zeros > 0) bits.write(AC_CODES.get(0x00) ?? 0, 8);
};

/** Pixels of a block around zero; beyond the edge the last ones are repeated. */
const blockAt = ({ width, height, pixels }: GrayPicture, left: number, top: number): number[] =>
  Array.from({ length: 64 }, (_, at) => {
    const x = Math.min(width - 1, left + (at & 7));
    const y = Math.min(height - 1, top + (at >> 3));
    return (pixels[y * width + x] ?? 0) - 128;
  });

/** The quantised cosine transform of a block, in zigzag order. */
const transform = (block: readonly number[]): number[] => {
  const rows = block.map((_, at) =>
    sumOfProducts((k) => (block[(at & ~7) + k] ?? 0) * (COSINES[(at & 7) * 8 + k] ?? 0)),
  );
  const both = block.map((_, at) =>
    sumOfProducts((k) => (rows[k * 8 + (at & 7)] ?? 0) * (COSINES[(at >> 3) * 8 + k] ?? 0)),
  );
  return ZIGZAG.map((at) => Math.round((both[at] ?? 0) / QUANTISER));
};

const sumOfProducts = (product: (k: number) => number): number => {
  let sum = 0;
  for (let k = 0; k < BLOCK; k += 1) sum += product(k);
  return sum;
};

/** How many bits a coefficient takes. */
const sizeOf = (value: number): number => 32 - Math.clz32(Math.abs(value));

class BitWriter {
  readonly #bytes: number[] = [];
  #bits = 0;
  #count = 0;

  write(value: number, length: number): void {
    this.#bits = (this.#bits << length) | value;
    this.#count += length;
    while (this.#count >= 8) {
      this.#count -= 8;
      const byte = (this.#bits >> this.#count) & 0xff;
      this.#bytes.push(byte);
      // A 0xFF in the data is told from a marker by the zero after it.
      if (byte === 0xff) this.#bytes.push(0);
      this.#bits &= (1 << this.#count) - 1;
    }
  }

  writeSigned(value: number, length: number): void {
    this.write(value < 0 ? value + (1 << length) - 1 : value, length);
  }

  finish(): Buffer {
    if (this.#count > 0) this.write((1 << (8 - this.#count)) - 1, 8 - this.#count);
    return Buffer.from(this.#bytes);
  }
}
