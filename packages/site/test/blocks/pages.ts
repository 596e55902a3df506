import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { DOCS, ROOT } from '../../src/folders.ts';
import { type Block, blocksOf } from './extract.ts';

/** Made from the schema at build, and not committed. */
const NOT_COMMITTED = join(DOCS, 'reference');

/** Every page that people read: README and docs/, with its blocks. */
export function pages(): readonly { readonly page: string; readonly blocks: readonly Block[] }[] {
  const inDocs = readdirSync(DOCS, { recursive: true, encoding: 'utf8' })
    .map((name) => join(DOCS, name))
    .filter((path) => path.endsWith('.md') && !path.startsWith(NOT_COMMITTED));
  return [join(ROOT, 'README.md'), ...inDocs.sort()].map((path) => {
    const page = relative(ROOT, path);
    return { page, blocks: blocksOf(page, readFileSync(path, 'utf8')) };
  });
}
