import { expect, test } from 'vitest';
import { renderBitmap, Screen } from '../src/virtual/index.ts';

/** Reads a picture back: `#` where a pixel has the colour, from the top. */
const read = (file: Uint8Array, color: readonly number[]): string[] => {
  const view = Buffer.from(file);
  const [width, height, start] = [view.readInt32LE(18), view.readInt32LE(22), view.readUInt32LE(10)];
  const rowBytes = Math.ceil((width * 3) / 4) * 4;
  return Array.from({ length: height }, (_, y) => {
    const row = start + (height - 1 - y) * rowBytes;
    const at = (x: number) => [...view.subarray(row + x * 3, row + x * 3 + 3)].toReversed();
    return Array.from({ length: width }, (__, x) => (String(at(x)) === String(color) ? '#' : '.')).join('');
  });
};

test('is a 24-bit BMP of the size it says', () => {
  const screen = new Screen(5, 3);
  const file = Buffer.from(screen.toBmp());
  expect(file.toString('latin1', 0, 2)).toBe('BM');
  expect(file.readUInt32LE(2)).toBe(file.length);
  // Rows are padded to four bytes: 16 for five pixels.
  expect(file.length).toBe(54 + 3 * 16);
  expect([file.readInt32LE(18), file.readInt32LE(22), file.readUInt16LE(28)]).toEqual([5, 3, 24]);
});

test('shows text that can be read, cut off at the edge', () => {
  const [foreground, background] = [
    [255, 128, 0],
    [1, 2, 3],
  ] as const;
  const file = renderBitmap({ width: 13, height: 9, foreground, background, lines: ['Aü1X'], scale: 1 });
  expect(read(file, foreground)).toEqual([
    '.............',
    '.............',
    '...#..#.#..#.',
    '..#.#.#.#.##.',
    '..###.#.#..#.',
    '..#.#.#.#..#.',
    '..#.#.###.###',
    '.............',
    '.............',
  ]);
  expect(read(file, background).join('')).toMatch(/^#{26}/);
});

test('a screen shows the lines it was told last, larger on larger screens', () => {
  const screen = new Screen(320, 240);
  const empty = screen.toBmp();
  screen.show('1001 Alice', 'Incoming call');
  expect(screen.content.lines).toEqual(['1001 Alice', 'Incoming call']);
  expect(screen.toBmp()).not.toEqual(empty);
  expect(read(screen.toBmp(), [255, 255, 255]).filter((row) => row.includes('#'))).toHaveLength(2 * 5 * 3);
});
