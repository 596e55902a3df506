import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));

/** The pages as `pnpm build` has made them, which runs before the tests. */
const pages = new Map(
  readdirSync(DIST, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.html') && name !== '404.html')
    .map((name) => [name, readFileSync(join(DIST, name), 'utf8')] as const),
);

test('every page of docs/ is in the site, and the API reference', () => {
  const docs = fileURLToPath(new URL('../../../docs', import.meta.url));
  const wanted = readdirSync(docs, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !isReference(name))
    .map((name) => name.replace(/\.md$/, '.html'));
  expect([...pages.keys()].filter((name) => !isReference(name)).sort()).toEqual(wanted.sort());
  expect([...pages.keys()].filter(isReference).length).toBe(4);
});

test('links between pages lead to a heading that is there', () => {
  const links = [...pages].flatMap(([page, html]) =>
    [...html.matchAll(/<a [^>]*href="(?<href>[^"]+)"/g)].map(({ groups }) => [page, groups?.['href'] ?? ''] as const),
  );
  const inside = links.filter(([, href]) => !/^[a-z][a-z+.-]*:/i.test(href));
  expect(inside.length).toBeGreaterThan(1000);
  expect([...new Set(inside.flatMap(([page, href]) => (leads(page, href) ? [] : [`${page} → ${href}`])))]).toEqual([]);
});

test('nothing is fetched from other hosts', () => {
  const fetched = [...pages].flatMap(([page, html]) =>
    [...html.matchAll(/<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)="(?:https?:)?\/\/[^"]*"/g)].map(
      ([tag]) => `${page}: ${tag}`,
    ),
  );
  const styles = readdirSync(join(DIST, 'assets'))
    .filter((name) => name.endsWith('.css'))
    .flatMap((name) => [
      ...readFileSync(join(DIST, 'assets', name), 'utf8').matchAll(/url\(["']?(?:https?:)?\/\/[^)]*\)/g),
    ]);
  expect([fetched, styles]).toEqual([[], []]);
});

test('the search is the site’s own', () => {
  const index = readdirSync(join(DIST, 'assets/chunks')).filter((name) => name.startsWith('@localSearchIndex'));
  expect(index.length).toBe(1);
  expect(readFileSync(join(DIST, 'assets/chunks', index[0] ?? ''), 'utf8')).toContain('Allow Remote Control');
});

/** Made by the build, and not kept: a build that comes from the cache has only the site. */
function isReference(name: string): boolean {
  return /^reference[/\\]/.test(name);
}

function leads(page: string, href: string): boolean {
  const [path = '', hash = ''] = href.split('#');
  const target =
    path === '' ? page : relative(DIST, path.startsWith('/') ? join(DIST, path) : join(DIST, dirname(page), path));
  const name = target === '' || path.endsWith('/') ? join(target, 'index.html') : target;
  const html = pages.get(name);
  if (html === undefined) return path !== '' && existsSync(join(DIST, target));
  return hash === '' || html.includes(`id="${decodeURIComponent(hash)}"`);
}
