/** Gives operations to the gateway over HTTP, as any other client. */
export interface GraphqlClient {
  /**
   * @returns `data`
   * @throws Error with all messages where the answer has errors
   */
  request<Data>(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Data>;
}

interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string }[];
}

/** @param url the gateway's origin */
export function createGraphqlClient(url: string, apiKey: string): GraphqlClient {
  return {
    async request<Data>(query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<Data> {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/graphql-response+json',
          authorization: `Bearer ${apiKey}`,
        },
        body: JSON.stringify({ query, variables }),
      });
      const text = await response.text();
      const answer = parse<Data>(text);
      const { data, errors } = answer ?? {};
      if (data === undefined || data === null || errors !== undefined) {
        throw new Error(errors?.map(({ message }) => message).join('\n') ?? `HTTP ${response.status}: ${text}`);
      }
      return data;
    },
  };
}

function parse<Data>(text: string): Answer<Data> | null {
  try {
    return JSON.parse(text) as Answer<Data>;
  } catch {
    return null;
  }
}
