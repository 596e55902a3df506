import { fileURLToPath } from 'node:url';
import type { DefaultTheme, UserConfig } from 'vitepress';

type Plugins = NonNullable<NonNullable<UserConfig<DefaultTheme.Config>['vite']>['plugins']>;

/**
 * A plugin for pages outside of this package, beside which no `vue` is installed: what they import of it is looked for
 * where this file is.
 * @param pages their folder
 */
export function pagesOutside(pages: string): Plugins[number] {
  const here = fileURLToPath(import.meta.url);
  return {
    name: 'pages-outside',
    enforce: 'pre',
    resolveId(id, importer, options) {
      if (importer?.startsWith(pages) !== true || !/^vue(\/|$)/.test(id)) return null;
      return this.resolve(id, here, { ...options, skipSelf: true });
    },
  };
}
