import { expect, test } from 'vitest';
import { bmpToPng } from '../src/picture/bmp-to-png.ts';
import { readPng } from './support/png.ts';

interface Given {
  readonly bits: number;
  /** Bytes of the rows as they stand in the file, without what fills them up to four. */
  readonly rows: readonly (readonly number[])[];
  readonly palette?: readonly number[];
  readonly masks?: readonly number[];
  readonly compression?: number;
  readonly fromTop?: boolean;
  readonly width?: number;
  /** Bytes between the header and the pixels. */
  readonly gap?: number;
}

/** A BMP file of two pixels in a row, if no width is given. */
function bmp({ bits, rows, palette = [], masks = [], compression = 0, fromTop, width = 2, gap = 0 }: Given): Buffer {
  const header = Buffer.alloc(54 + masks.length * 4 + gap + palette.length * 4);
  masks.forEach((mask, index) => {
    header.writeUInt32LE(mask, 54 + index * 4);
  });
  palette.forEach((color, index) => {
    header.writeUInt32LE(color, 54 + masks.length * 4 + index * 4);
  });
  header.write('BM', 'latin1');
  header.writeUInt32LE(header.length, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(width, 18);
  header.writeInt32LE(fromTop === true ? -rows.length : rows.length, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(bits, 28);
  header.writeUInt32LE(compression, 30);
  header.writeUInt32LE(palette.length, 46);
  const filled = rows.map((row) => [...row, ...Array<number>((4 - (row.length % 4)) % 4).fill(0xee)]);
  return Buffer.concat([header, ...filled.map((row) => Buffer.from(row))]);
}

const pixelsOf = (given: Given) =>
  readPng(bmpToPng(bmp(given)))
    .pixels.toString('hex')
    .match(/.{6}/g);
const [RED, GREEN, BLUE, WHITE] = ['ff0000', '00ff00', '0000ff', 'ffffff'];
const PALETTE = [0xff0000, 0x00ff00, 0x0000ff, 0xffffff];

test.each<readonly [string, Given, readonly (string | undefined)[]]>([
  [
    '24 bits, from the bottom',
    {
      bits: 24,
      rows: [
        [255, 0, 0, 255, 255, 255],
        [0, 0, 255, 0, 255, 0],
      ],
    },
    [RED, GREEN, BLUE, WHITE],
  ],
  [
    '24 bits, from the top',
    {
      bits: 24,
      fromTop: true,
      rows: [
        [255, 0, 0, 255, 255, 255],
        [0, 0, 255, 0, 255, 0],
      ],
    },
    [BLUE, WHITE, RED, GREEN],
  ],
  ['32 bits, whose fourth is no transparency', { bits: 32, rows: [[0, 0, 255, 0, 0, 255, 0, 255]] }, [RED, GREEN]],
  [
    '32 bits with masks',
    { bits: 32, compression: 3, masks: [0xff, 0xff00, 0xff0000], rows: [[255, 0, 0, 0, 0, 0, 255, 0]] },
    [RED, BLUE],
  ],
  [
    '32 bits with masks up to the highest bit',
    { bits: 32, compression: 3, masks: [0xff000000, 0xff0000, 0xff00], rows: [[0, 0, 0, 255, 0, 255, 0, 0]] },
    [RED, BLUE],
  ],
  ['16 bits, five of each colour', { bits: 16, rows: [[0x00, 0x7c, 0xe0, 0x03]] }, [RED, GREEN]],
  [
    '16 bits, six of them green',
    { bits: 16, compression: 3, masks: [0xf800, 0x7e0, 0x1f], rows: [[0x00, 0xf8, 0xe0, 0x07]] },
    [RED, GREEN],
  ],
  ['8 bits', { bits: 8, palette: PALETTE, rows: [[0, 3]] }, [RED, WHITE]],
  [
    '4 bits, an odd width, more than one row',
    {
      bits: 4,
      width: 3,
      palette: PALETTE,
      rows: [
        [0x12, 0x30],
        [0x01, 0x20],
      ],
    },
    [RED, GREEN, BLUE, GREEN, BLUE, WHITE],
  ],
  [
    '1 bit, as a display without colours',
    { bits: 1, width: 9, palette: [0, 0xffffff], rows: [[0b1000_0001, 0b1000_0000]] },
    [WHITE, ...Array<string>(6).fill('000000'), WHITE, WHITE],
  ],
  ['pixels that begin later', { bits: 24, gap: 10, rows: [[0, 0, 255, 0, 255, 0]] }, [RED, GREEN]],
])('%s', (_, given, expected) => {
  expect(pixelsOf(given)).toEqual(expected);
});

const WHOLE = bmp({ bits: 24, rows: [[0, 0, 255, 0, 255, 0]] });
const changed = (change: (file: Buffer) => unknown): Buffer => {
  const file = Buffer.from(WHOLE);
  change(file);
  return file;
};

test.each([
  ['nothing', Buffer.alloc(0)],
  ['what is no BMP', changed((file) => file.write('PK', 'latin1'))],
  ['what is cut off', WHOLE.subarray(0, -3)],
  ['a header that is cut off', WHOLE.subarray(0, 30)],
  ['a header of another time', changed((file) => file.writeUInt32LE(12, 14))],
  ['no width', changed((file) => file.writeInt32LE(0, 18))],
  ['more than any display has', changed((file) => file.writeInt32LE(2_000_000_000, 18))],
  ['compressed pixels', bmp({ bits: 8, compression: 1, palette: PALETTE, rows: [[2, 0, 0, 1]] })],
  ['two bits a pixel', changed((file) => file.writeUInt16LE(2, 28))],
  ['a colour that is not in the palette', bmp({ bits: 8, palette: PALETTE, rows: [[0, 4]] })],
  ['masks of nothing', bmp({ bits: 16, compression: 3, masks: [0, 0x7e0, 0x1f], rows: [[0, 0, 0, 0]] })],
])('%s is refused', (_, file) => {
  expect(() => bmpToPng(file)).toThrow(/^(It|Its) .+\.$/);
});
