import { decode } from 'jpeg-js';
import { expect, test } from 'vitest';
import { encodeJpeg, type GrayPicture } from '../../src/virtual/jpeg.ts';

/**
 * The largest error that the encoder's one quantiser of 8 allows over a block: half of it for each of 64 coefficients,
 * which is 4 a pixel on average. The decoder rounds once more.
 */
const MEAN_ERROR = 4.5;

const pictureOf = (width: number, height: number, brightness: (x: number, y: number) => number): GrayPicture => ({
  width,
  height,
  pixels: Buffer.from(
    Array.from({ length: width * height }, (_, at) => brightness(at % width, Math.floor(at / width))),
  ),
});

/** The square root of the mean square of what lies between a picture and what a decoder makes of its file. */
const errorOf = (picture: GrayPicture): number => {
  const decoded = decode(encodeJpeg(picture), { useTArray: true, tolerantDecoding: false });
  expect([decoded.width, decoded.height]).toEqual([picture.width, picture.height]);
  const squares = Array.from(picture.pixels, (brightness, at) => (brightness - (decoded.data[at * 4] ?? -1)) ** 2);
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
};

/** One wave across a block of 8 by 8 pixels. */
const wave = (frequency: number, position: number) => Math.cos(((2 * position + 1) * frequency * Math.PI) / 16);

test.each([
  ['all black', () => 0],
  ['all white', () => 255],
  ['of black and white blocks', (x: number, y: number) => ((x >> 3) + (y >> 3)) % 2 && 255],
  ['of black and white pixels', (x: number, y: number) => (x + y) % 2 && 255],
  ['a slope', (x: number, y: number) => Math.min(255, 3 * x + 2 * y)],
  ['of noise', (x: number, y: number) => (x * 7919 + y * 104_729 + x * y * 31) % 256],
  // Of 63 coefficients the last alone is not zero: three runs of 16 zeros and one of 14 before it.
  ['of the finest wave alone', (x: number, y: number) => 128 + Math.round(100 * wave(7, x % 8) * wave(7, y % 8))],
])('a decoder reads a picture that is %s', (_, brightness) => {
  expect(errorOf(pictureOf(64, 32, brightness))).toBeLessThan(MEAN_ERROR);
});

test.each([
  [1, 1],
  [7, 9],
  [13, 8],
])('a picture of %i by %i pixels, which fill no whole blocks, keeps its size', (width, height) => {
  expect(errorOf(pictureOf(width, height, (x, y) => (x * 40 + y * 20) % 256))).toBeLessThan(MEAN_ERROR);
});
