import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const DIST = join(import.meta.dirname, '..', 'dist');
const BUDGET = 250_000;

/** The files that the page names itself: what is loaded before anything is clicked, with the font that its style names. */
async function firstLoad(): Promise<readonly string[]> {
  const html = await readFile(join(DIST, 'index.html'), 'utf8');
  const named = [...html.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, file = '']) => file);
  const styles = named.filter((file) => file.endsWith('.css'));
  const fonts = await Promise.all(
    styles.map(async (file) => {
      const css = await readFile(join(DIST, file), 'utf8');
      return [...css.matchAll(/url\(\.\/([^)]+\.woff2)\)/g)].map(([, font = '']) => `assets/${font}`);
    }),
  );
  return ['index.html', ...named, ...fonts.flat()];
}

test('the first load is small', async () => {
  const files = await firstLoad();
  expect(files.map((file) => file.split('.').at(-1))).toEqual(expect.arrayContaining(['html', 'js', 'css', 'woff2']));
  const sizes = await Promise.all(files.map(async (file) => gzipSync(await readFile(join(DIST, file))).length));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(BUDGET);
});

test('nothing in the page needs more than the policy allows', async () => {
  const html = await readFile(join(DIST, 'index.html'), 'utf8');
  expect(html).not.toMatch(/<style|style="|\son\w+="|<script(?![^>]*src=)|https?:/);
});
