/** Brightness of the pixels of a picture, rows from the top, 0 to 255 each. */
export interface GrayPicture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Buffer;
}

/** Along one side of a block. */
type Index = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;
type Eight<Value> = readonly [Value, Value, Value, Value, Value, Value, Value, Value];
/** 8 by 8 numbers, row by row. */
type Block = Eight<Eight<number>>;

const BLOCK = 8;
const INDICES = [0, 1, 2, 3, 4, 5, 6, 7] as const satisfies readonly Index[];
const eight = <Value>(of: (at: Index) => Value): Eight<Value> => [
  of(0),
  of(1),
  of(2),
  of(3),
  of(4),
  of(5),
  of(6),
  of(7),
];

/** One quantiser for all coefficients: letters stay sharp, and the table is trivial. */
const QUANTISER = 8;
/** Row and column of the coefficients after the first, in the order in which JPEG writes them (ITU-T T.81, figure 5). */
const ZIGZAG = INDICES.flatMap((row) => INDICES.map((column) => [row, column] as const))
  .sort(([rowA, columnA], [rowB, columnB]) => {
    const [diagonalA, diagonalB] = [rowA + columnA, rowB + columnB];
    if (diagonalA !== diagonalB) return diagonalA - diagonalB;
    return diagonalA % 2 === 0 ? columnA - columnB : columnB - columnA;
  })
  .slice(1);
// Codes of equal length make valid, if wasteful, Huffman tables: 4 bits for DC sizes, 8 for AC runs and sizes.
const DC_SYMBOLS = Array.from({ length: 12 }, (_, size) => size);
/** Of a coefficient that is not zero, by the zeros before it and its bits. */
const AC_RUNS = Array.from({ length: 16 }, (_, run) => run);
const AC_SIZES = Array.from({ length: 10 }, (_, at) => at + 1);
const AC_SYMBOLS = [0x00, 0xf0, ...AC_RUNS.flatMap((run) => AC_SIZES.map((size) => (run << 4) | size))];
// The code of a symbol is its place in the table.
const END_OF_BLOCK = 0;
const SIXTEEN_ZEROS = 1;
const codeOf = (run: number, size: number): number => 2 + run * AC_SIZES.length + size - 1;
/** Frequency by position. */
const COSINES: Block = eight((frequency) =>
  eight((position) => {
    const scale = frequency === 0 ? Math.SQRT1_2 / 2 : 0.5;
    return scale * Math.cos(((2 * position + 1) * frequency * Math.PI) / 16);
  }),
);

/** Reads the brightness of a BMP file of 24 bits a pixel. */
export const grayOfBmp = (bmp: Uint8Array): GrayPicture => {
  const file = Buffer.from(bmp.buffer, bmp.byteOffset, bmp.byteLength);
  const [start, width, height] = [file.readUInt32LE(10), file.readInt32LE(18), file.readInt32LE(22)];
  const rowBytes = Math.ceil((width * 3) / 4) * 4;
  const pixels = Buffer.alloc(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = start + (height - 1 - y) * rowBytes + x * 3;
      const [blue, green, red] = [file.readUInt8(at), file.readUInt8(at + 1), file.readUInt8(at + 2)];
      pixels.writeUInt8(Math.round(0.299 * red + 0.587 * green + 0.114 * blue), y * width + x);
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
      const { dc, ac } = transform(blockAt(picture, left, top));
      const size = sizeOf(dc - lastDc);
      bits.write(size, 4);
      bits.writeSigned(dc - lastDc, size);
      lastDc = dc;
      writeAc(bits, ac);
    }
  }
  return bits.finish();
};

const writeAc = (bits: BitWriter, coefficients: readonly number[]): void => {
  let zeros = 0;
  for (const value of coefficients) {
    if (value === 0) {
      zeros += 1;
      continue;
    }
    for (; zeros > 15; zeros -= 16) bits.write(SIXTEEN_ZEROS, 8);
    const size = sizeOf(value);
    bits.write(codeOf(zeros, size), 8);
    bits.writeSigned(value, size);
    zeros = 0;
  }
  if (zeros > 0) bits.write(END_OF_BLOCK, 8);
};

/** Pixels of a block around zero; beyond the edge the last ones are repeated. */
const blockAt = ({ width, height, pixels }: GrayPicture, left: number, top: number): Block =>
  eight((row) =>
    eight((column) => {
      const [x, y] = [Math.min(width - 1, left + column), Math.min(height - 1, top + row)];
      return pixels.readUInt8(y * width + x) - 128;
    }),
  );

/** The quantised cosine transform of a block: its first coefficient, and the others in zigzag order. */
const transform = (block: Block): { readonly dc: number; readonly ac: readonly number[] } => {
  const columns = eight((column) => eight((row) => sumOfProducts(block[row], COSINES[column])));
  const quantised = (row: Index, column: Index): number =>
    Math.round(sumOfProducts(columns[column], COSINES[row]) / QUANTISER);
  return { dc: quantised(0, 0), ac: ZIGZAG.map(([row, column]) => quantised(row, column)) };
};

const sumOfProducts = (a: Eight<number>, b: Eight<number>): number => {
  let sum = 0;
  for (const at of INDICES) sum += a[at] * b[at];
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
