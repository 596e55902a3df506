import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** An entry of the site's side bar, as VitePress takes it. */
export interface SidebarItem {
  readonly text: string;
  readonly link?: string;
  readonly items?: SidebarItem[];
  readonly collapsed?: boolean;
}

type Group = readonly [title: string, pages: readonly string[]];

/** Which page stands where. A page that is in no group stands under "More". */
const GROUPS: readonly Group[] = [
  [
    'Begin',
    [
      'quick-start',
      'connect-snom',
      'connect-yealink',
      'connect-poly',
      'connect-grandstream',
      'recipes',
      'console',
      'command-line',
      'client',
    ],
  ],
  ['Use', ['api', 'events', 'drivers', 'support-matrix', 'mod-snom']],
  ['API reference', ['reference/operations', 'reference/objects', 'reference/inputs', 'reference/enums']],
  [
    'Operate',
    ['install', 'configuration', 'environment', 'operations', 'monitoring', 'performance', 'scale', 'security'],
  ],
  [
    'Understand',
    ['architecture', 'writing-a-driver', 'driver-check', 'protocols/README', 'protocols/snom', 'protocols/yealink'],
  ],
];

const HOME = 'index';
const DECISIONS = 'decisions';

/**
 * The side bar for what is in that folder: pages that are not there are left out, and a page that nobody put into a
 * group is still to be found.
 */
export function sidebar(docs: string): SidebarItem[] {
  const groups = GROUPS.map(([text, pages]) => group(docs, text, pages));
  const grouped = new Set(GROUPS.flatMap(([, pages]) => pages));
  const others = pagesIn(docs).filter((page) => page !== HOME && !grouped.has(page));
  const decisions = pagesIn(join(docs, DECISIONS)).map((page) => `${DECISIONS}/${page}`);
  return [...groups, group(docs, 'More', others), { ...group(docs, 'Decisions', decisions), collapsed: true }].filter(
    ({ items }) => items !== undefined && items.length > 0,
  );
}

function group(docs: string, text: string, pages: readonly string[]): SidebarItem {
  const items = pages
    .filter((page) => existsSync(join(docs, `${page}.md`)))
    .map((page) => ({ text: titleOf(docs, page), link: `/${page}` }));
  return { text, items };
}

function pagesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => name.slice(0, -'.md'.length))
    .sort();
}

/** Its first heading. */
function titleOf(docs: string, page: string): string {
  const heading = /^# (.+)$/m.exec(readFileSync(join(docs, `${page}.md`), 'utf8'))?.[1];
  if (heading === undefined) throw new Error(`docs/${page}.md has no heading "# …".`);
  return heading.replaceAll('`', '');
}
