import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname } from 'node:path';
import { expect, test } from 'vitest';
import { GUIDE } from './guide.parts.ts';

const PAGE = new URL('../../../docs/writing-a-driver.md', import.meta.url);
const TEMPLATE = new URL('../template/', import.meta.url);

/** A file as the page shows it: code in a block, prose as a quotation. */
function shown(path: string): string {
  const text = readFileSync(new URL(path, TEMPLATE), 'utf8').trimEnd();
  if (extname(path) === '.md')
    return text
      .replace(/^# (.*)$/m, '**$1**')
      .replaceAll(/^/gm, '> ')
      .replaceAll(/ +$/gm, '');
  return `\`${path}\`\n\n\`\`\`ts\n${text}\n\`\`\``;
}

test('the guide shows the files of the template as they are (UPDATE_DOCS=1 writes it)', () => {
  const page = `${GUIDE.flatMap(({ words, files }) => [words, ...files.map(shown)]).join('\n\n')}\n`;
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(PAGE, page);
  expect(readFileSync(PAGE, 'utf8')).toBe(page);
});

test('it shows every file of the driver', () => {
  const inGuide = GUIDE.flatMap(({ files }) => files);
  const sources = readdirSync(new URL('src', TEMPLATE), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('index.ts'))
    .map((path) => `src/${path.replaceAll('\\', '/')}`);
  expect(inGuide.filter((path) => path.startsWith('src/')).toSorted()).toEqual(sources.toSorted());
});
