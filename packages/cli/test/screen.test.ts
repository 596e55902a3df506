import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Office, openOffice } from './support/office.ts';
import { readPng } from './support/png.ts';
import { hookswitch } from './support/program.ts';

let desk: Office;
let folder: string;
beforeAll(async () => {
  [desk, folder] = await Promise.all([openOffice(), mkdtemp(join(tmpdir(), 'hookswitch-screen-'))]);
});
afterAll(async () => {
  await desk.office.stop();
  await rm(folder, { recursive: true, force: true });
});

// Anna Ritter has a Snom, whose pictures are BMP; David Cohen a Yealink with colours, whose pictures are JPEG.
const screen = (phone: string, file: string) =>
  hookswitch(['screen', phone, '-o', join(folder, file)], desk.environment);
const start = async (file: string) => (await readFile(join(folder, file))).subarray(0, 4).toString('latin1');

test('a file that is called .png is one, with what the display shows', async () => {
  const { code, err } = await screen('Anna Ritter', 'anna.PNG');
  const file = await readFile(join(folder, 'anna.PNG'));
  expect([code, err]).toEqual([
    0,
    `${join(folder, 'anna.PNG')}: PNG, ${file.length} bytes (the phone sent BMP, which was converted)\n`,
  ]);
  await screen('Anna Ritter', 'anna.bmp');
  const bmp = await readFile(join(folder, 'anna.bmp'));
  const [width, height] = [bmp.readInt32LE(18), bmp.readInt32LE(22)];
  const png = readPng(file);
  expect([png.width, png.height]).toEqual([width, height]);
  const row = Math.ceil((width * 3) / 4) * 4;
  for (let y = 0; y < height; y += 7) {
    for (let x = 0; x < width; x += 5) {
      const [blue, green, red] = bmp.subarray(54 + (height - 1 - y) * row + x * 3);
      expect([x, y, ...png.pixels.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)]).toEqual([
        ...[x, y, red, green, blue],
      ]);
    }
  }
});

test.each([
  ['anna-1.bmp', 'BMP'],
  ['anna', 'BMP'],
  ['anna.2026-11-24', 'BMP'],
])('%s is written as the phone sends it, and it is said what that is', async (file, format) => {
  const { code, err } = await screen('Anna Ritter', file);
  expect([code, err]).toEqual([0, expect.stringMatching(new RegExp(`^\\S+: ${format}, \\d+ bytes\\n$`))]);
  expect(await start(file)).toMatch(/^BM/);
});

test('a JPEG may be called .jpg and .jpeg', async () => {
  for (const file of ['david.jpg', 'david.jpeg']) {
    expect(await screen('David Cohen', file)).toMatchObject({
      code: 0,
      err: expect.stringMatching(/^\S+: JPEG, \d+ bytes\n$/),
    });
    expect(await start(file)).toMatch(/^ÿØÿ/);
  }
});

test.each([
  ['Anna Ritter', 'wrong.jpg', { sent: 'BMP', fitting: '.bmp or .png' }],
  ['Anna Ritter', 'wrong.WEBP', { sent: 'BMP', fitting: '.bmp or .png' }],
  ['David Cohen', 'wrong.png', { sent: 'JPEG', fitting: '.jpg' }],
  ['David Cohen', 'wrong.bmp', { sent: 'JPEG', fitting: '.jpg' }],
])('the picture of %s is not put into %s', async (phone, file, { sent, fitting }) => {
  const { code, err } = await screen(phone, file);
  const ending = file.slice('wrong'.length).toLowerCase();
  expect([code, err.split('\n')]).toEqual([
    1,
    [
      `error: Nothing is written: ${join(folder, file)} is called ${ending}, and the phone sent ${sent}.`,
      `do: Name a file that ends in ${fitting}.`,
      '',
    ],
  ]);
  expect(await readdir(folder)).not.toContain(file);
});

test('on standard output it is as the phone sends it; standard error says what', async () => {
  const { code, out, err } = await hookswitch(['screen', 'Anna Ritter', '-o', '-'], desk.environment);
  expect([code, err]).toEqual([0, expect.stringMatching(/^standard output: BMP, \d+ bytes\n$/)]);
  expect(out).toMatch(/^BM/);
});
