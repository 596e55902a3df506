import { dirname, join, relative } from 'node:path';

/** The part of a markdown-it token that is read and changed here. */
interface LinkToken {
  tag: string;
  type: string;
  attrGet(name: string): string | null;
  attrs: [string, string][] | null;
  children: LinkToken[] | null;
}

/** The part of markdown-it that is needed here; VitePress brings its own copy. */
interface Markdown {
  readonly core: {
    readonly ruler: {
      push(name: string, rule: (state: { tokens: LinkToken[]; env: { path?: string } }) => void): void;
    };
  };
}

/** Where pages and the files that they name are. */
export interface RepositoryFolders {
  /** Folder of the pages. */
  readonly docs: string;
  readonly exists: (path: string) => boolean;
}

/**
 * A markdown-it plugin for links that leave the folder of the pages: the site does not hold these files, so the words
 * stay and the file's path in the repository becomes their title.
 * @throws Error while a page is rendered whose link leads to no file, as VitePress does for links between pages
 */
export function repositoryLinks(markdown: Markdown, { docs, exists }: RepositoryFolders): void {
  const root = dirname(docs);
  markdown.core.ruler.push('repository-links', ({ tokens, env }) => {
    const page = env.path;
    if (page === undefined) return;
    for (const { children } of tokens) rewrite(children ?? [], page);
  });

  function rewrite(tokens: readonly LinkToken[], page: string): void {
    let leaving = false;
    for (const token of tokens) {
      if (token.type === 'link_open') {
        const target = outside(token.attrGet('href') ?? '', page);
        leaving = target !== null;
        if (target !== null) {
          token.tag = 'span';
          token.attrs = [
            ['class', 'in-repository'],
            ['title', `In the repository: ${target}`],
          ];
        }
      } else if (token.type === 'link_close') {
        if (leaving) token.tag = 'span';
        leaving = false;
      }
    }
  }

  /** @returns the path from the repository's root of what a link leads to outside of the pages; null: it stays inside */
  function outside(href: string, page: string): string | null {
    const path = decodeURI(href.replace(/[?#].*$/, ''));
    if (path === '' || path.startsWith('/') || /^[a-z][a-z+.-]*:/i.test(path)) return null;
    const file = join(dirname(page), path);
    if (!relative(docs, file).startsWith('..')) return null;
    if (!exists(file)) throw new Error(`${relative(root, page)} links to ${href}, which is not there.`);
    return relative(root, file);
  }
}
