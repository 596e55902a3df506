/** The page's theme; `system`: as the browser says. */
export type Theme = 'system' | 'light' | 'dark';

const NAME = 'hookswitch:theme';
const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

/** The theme that somebody chose here before. */
export function readTheme(): Theme {
  const kept = localStorage.getItem(NAME);
  return THEMES.find((theme) => theme === kept) ?? 'system';
}

/** Where GraphiQL, which has the page's storage, keeps its own: the explorer begins with the page's. */
const OF_GRAPHIQL = 'graphiql:theme';

/** Shows and keeps the theme. */
export function applyTheme(theme: Theme): void {
  const { dataset } = document.documentElement;
  if (theme === 'system') delete dataset['theme'];
  else dataset['theme'] = theme;
  localStorage.setItem(NAME, theme);
  if (theme === 'system') localStorage.removeItem(OF_GRAPHIQL);
  else localStorage.setItem(OF_GRAPHIQL, theme);
}

/** The one after, in turn. */
export function nextTheme(theme: Theme): Theme {
  return THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
}
