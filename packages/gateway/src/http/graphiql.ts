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
  /** Shown to a browser that has not been here before; later it shows what it was left with. */
  readonly tabs?: readonly GraphiqlTab[] | undefined;
  /** Sent with every operation of the page, e.g. `Bearer KEY`: for a demo on this machine only. */
  readonly authorization?: string | undefined;
}

/** The page as a whole, with its script and style: it needs no other host. */
export async function renderGraphiqlPage(setup: GraphiqlSetup): Promise<string> {
  // 5 MB of script, which a gateway that nobody explores need not load.
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const options = graphiqlOptions(setup);
  const json = JSON.stringify(options);
  // The options stand in a script element: a `<` in them must not end it.
  return renderGraphiQL(options).replace(json, () => json.replaceAll('<', '\\u003c'));
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
