import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { slug } from 'github-slugger';
import { defineConfig } from 'vitepress';
import { pagesOutside } from '../src/pages-outside.ts';
import { repositoryLinks } from '../src/repository-links.ts';
import { sidebar } from '../src/sidebar.ts';

const docs = fileURLToPath(new URL('../../../docs', import.meta.url));
export default defineConfig({
  title: 'Hookswitch',
  description: 'One typed GraphQL endpoint for the IP desk phones of an office.',
  lang: 'en',
  // There is none to fetch.
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  srcDir: docs,
  outDir: './dist',
  cacheDir: './node_modules/.cache/vitepress',
  cleanUrls: false,
  lastUpdated: false,
  metaChunk: true,
  themeConfig: {
    search: { provider: 'local' },
    sidebar: sidebar(docs),
    nav: [
      { text: 'Quick start', link: '/quick-start' },
      { text: 'Recipes', link: '/recipes' },
      { text: 'API', link: '/reference/operations' },
    ],
    outline: [2, 3],
    docFooter: { prev: false, next: false },
  },
  vite: { plugins: [pagesOutside(docs)] },
  // Files that pages offer for download.
  buildEnd: ({ outDir }) => cpSync(join(docs, 'monitoring'), join(outDir, 'monitoring'), { recursive: true }),
  markdown: {
    // Links to headings are written as they are where the repository is read.
    anchor: { slugify: (heading) => slug(heading) },
    config: (markdown) => repositoryLinks(markdown, { docs, exists: existsSync }),
  },
});
