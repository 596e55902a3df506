import { createHash } from 'node:crypto';
import type { GraphiQLOptions } from 'graphql-yoga';

/** An operation that stands ready in GraphiQL. */
export interface GraphiqlTab {
  readonly query: string;
  /** JSON. */
  readonly variables?: string | undefined;
  /** Headers of this tab, beside those of all. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** What GraphiQL opens with. Whoever reaches the page can read all of it: the page itself asks for no key. */
export interface GraphiqlSetup {
  readonly title?: string | undefined;
  /** Shown to a browser that has not been here since they changed; later it shows what it was left with. */
  readonly tabs?: readonly GraphiqlTab[] | undefined;
  /** Sent with every operation of the page, e.g. `Bearer KEY`: for a demo on this machine only. */
  readonly authorization?: string | undefined;
}

/** The page as a whole, with its script and style: it needs no other host. */
export async function renderGraphiqlPage(setup: GraphiqlSetup): Promise<string> {
  // 9 MB of script, which a gateway that nobody explores need not load.
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const options = graphiqlOptions(setup);
  const json = JSON.stringify(options);
  // The options stand in a script element: a `<` in them must not end it.
  const page = renderGraphiQL(options).replace(json, () => `forThisTab(${json.replaceAll('<', '\\u003c')})`);
  const script = `${FOR_THIS_TAB}${setup.tabs === undefined ? '' : forgetOtherTabs(setup.tabs)}`;
  return page.replace(SCRIPT, (begin) => `${FOR_SMALL_SCREENS}${begin}${script}`);
}

/**
 * What that page may do: its own inline script, known by its hash, and no other; the API of the host that it came from;
 * the editor's workers, which it makes of blobs. The editor writes its styles inline. Only the console may frame it.
 */
export function graphiqlPolicy(page: string): string {
  const scripts = [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, script = '']) => script);
  const hashes = scripts.map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`);
  return [
    "default-src 'none'",
    `script-src ${hashes.join(' ')}`,
    "style-src 'unsafe-inline'",
    'font-src data:',
    "img-src 'self' data:",
    "connect-src 'self'",
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ].join('; ');
}

/** GraphiQL has its editor and its answer side by side, which leaves neither on a telephone. */
const FOR_SMALL_SCREENS = `<style>
        @media (max-width: 640px) {
          .graphiql-container #graphiql-session { flex-direction: column; }
          .graphiql-container .graphiql-horizontal-drag-bar, .graphiql-container .graphiql-logo { display: none; }
          .graphiql-container .graphiql-sessions { margin: 0; }
          .graphiql-container .graphiql-sidebar { padding: 0; }
        }
      </style>
      `;

/** Where the page's script begins. */
const SCRIPT = /<div id="root"><\/div>\s*<script>/;

/**
 * Whoever has signed in to the console in this tab has signed in here too: its pages share what the tab keeps. GraphiQL
 * reads the operation from `?query=` itself, and the variables beside it not.
 */
const FOR_THIS_TAB = `
        function forThisTab(options) {
          const variables = new URLSearchParams(location.search).get('variables');
          const own = variables === null ? {} : { initialVariables: variables, defaultEditorToolsVisibility: 'variables' };
          try {
            const key = sessionStorage.getItem('hookswitch:key');
            const authorization = key === null ? {} : { authorization: 'Bearer ' + key };
            return { ...options, ...own, additionalHeaders: { ...options.additionalHeaders, ...authorization } };
          } catch {
            return { ...options, ...own };
          }
        }`;

/** GraphiQL prefers tabs that the browser kept. Those of another start name phones that are no more: they must go. */
function forgetOtherTabs(tabs: readonly GraphiqlTab[]): string {
  const operations = JSON.stringify(tabs.map(({ query, variables }) => [query, variables]));
  const fingerprint = createHash('sha256').update(operations).digest('base64url');
  return `
        try {
          if (localStorage.getItem('hookswitch:tabs') !== '${fingerprint}') {
            for (const name of ['tabState', 'query', 'variables', 'headers']) localStorage.removeItem('graphiql:' + name);
            localStorage.setItem('hookswitch:tabs', '${fingerprint}');
          }
        } catch {
          // A browser that keeps nothing has nothing to forget.
        }`;
}

function graphiqlOptions(setup: GraphiqlSetup): GraphiQLOptions {
  const always: Record<string, string> =
    setup.authorization === undefined ? {} : { authorization: setup.authorization };
  const headersOf = (tab?: GraphiqlTab) => JSON.stringify({ ...always, ...tab?.headers }, null, 2);
  const tabs = setup.tabs?.map((tab) => ({
    query: tab.query,
    variables: tab.variables ?? null,
    headers: headersOf(tab),
  }));
  return {
    title: setup.title ?? 'Hookswitch',
    headers: headersOf(),
    additionalHeaders: always,
    // A key that the browser kept would win over the one that the next start of the gateway brings.
    shouldPersistHeaders: false,
    ...(tabs && { defaultTabs: tabs }),
  };
}
