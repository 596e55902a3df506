import { GLYPH_HEIGHT, GLYPH_WIDTH, glyphRows } from './glyphs.ts';

/** Red, green, blue, each 0 to 255. */
export type Color = readonly [red: number, green: number, blue: number];

/** A picture of a few lines of text. */
export interface Bitmap {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  readonly background: Color;
  readonly foreground: Color;
  /** Text from the top left; what does not fit is cut off. Letters come out as capitals. */
  readonly lines: readonly string[];
  /** Pixels that one dot of a letter is wide and high. Default: so that eight lines of 24 letters fit. */
  readonly scale?: number;
}

const HEADER_BYTES = 54;
const TEXT_THAT_FITS = { lines: 8, letters: 24 };
/** Dots between lines and around the text. */
const GAP = 2;

/** Draws a {@link Bitmap} as a file: BMP, 24 bits a pixel, not compressed. */
export const renderBitmap = (bitmap: Bitmap): Uint8Array => {
  const { width, height, background } = bitmap;
  const rowBytes = Math.ceil((width * 3) / 4) * 4;
  const file = Buffer.alloc(HEADER_BYTES + rowBytes * height);
  writeHeader(file, width, height);
  const paint = (x: number, y: number, [red, green, blue]: Color) => {
    if (x < 0 || x >= width || y < 0 || y >= height) return;
    // A BMP stands on its head, and its colours run backwards.
    file.set([blue, green, red], HEADER_BYTES + (height - 1 - y) * rowBytes + x * 3);
  };
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) paint(x, y, background);
  drawLines(bitmap, paint);
  return file;
};

const writeHeader = (file: Buffer, width: number, height: number): void => {
  file.write('BM', 0, 'latin1');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(HEADER_BYTES, 10);
  file.writeUInt32LE(40, 14); // Size of the rest of the header.
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26); // Planes.
  file.writeUInt16LE(24, 28); // Bits a pixel.
  file.writeUInt32LE(file.length - HEADER_BYTES, 34);
};

const drawLines = (bitmap: Bitmap, paint: (x: number, y: number, color: Color) => void): void => {
  const [lineDots, letterDots] = [GLYPH_HEIGHT + GAP, GLYPH_WIDTH + 1];
  const { lines, letters } = TEXT_THAT_FITS;
  const fitting = Math.min(bitmap.height / (lines * lineDots), bitmap.width / (letters * letterDots));
  const scale = bitmap.scale ?? Math.max(1, Math.floor(fitting));
  bitmap.lines.forEach((line, row) => {
    [...line].forEach((character, column) => {
      const left = (GAP + column * letterDots) * scale;
      const top = (GAP + row * lineDots) * scale;
      for (const [x, y] of dotsOf(character)) fill(left + x * scale, top + y * scale, scale);
    });
  });
  function fill(left: number, top: number, size: number): void {
    for (let y = top; y < top + size; y += 1) {
      for (let x = left; x < left + size; x += 1) paint(x, y, bitmap.foreground);
    }
  }
};

const dotsOf = (character: string): readonly (readonly [x: number, y: number])[] =>
  glyphRows(character).flatMap((row, y) =>
    Array.from({ length: GLYPH_WIDTH }, (_, x) => x)
      .filter((x) => (row >> (GLYPH_WIDTH - 1 - x)) & 1)
      .map((x) => [x, y] as const),
  );
