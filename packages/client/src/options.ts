/** How long is waited between tries: ever longer, by chance shorter, so that many clients do not come back at once. */
export interface Backoff {
  /** The longest first pause, in milliseconds. 250. */
  readonly firstMs?: number | undefined;
  /** No pause is longer, in milliseconds. 10,000. */
  readonly maxMs?: number | undefined;
}

/** The state of a stream's connection. */
export type ConnectionState =
  /** It is live: the gateway has sent something. */
  | { readonly state: 'LIVE' }
  /** It was lost, and is tried again after that many milliseconds. */
  | { readonly state: 'LOST'; readonly reason: string; readonly retryInMs: number };

/** An API key or token; or what gives one: asked before each connection, with the one that the gateway refused last. */
export type Token = string | ((refused: string | null) => string | Promise<string>);

/** What a client is made of. */
export interface ClientOptions {
  /** The gateway's origin, e.g. `http://127.0.0.1:4000`, or the address of its `/graphql`. */
  readonly url: string;
  /** Left out: none is sent, where a proxy or the page's session says who asks. */
  readonly token?: Token | undefined;
  /** How streams come. `websocket` unless that does not get through, e.g. a proxy. Needs no more with `sse` than HTTP. */
  readonly transport?: 'websocket' | 'sse' | undefined;
  /** Send ids instead of texts: the gateway was given `persisted-operations.json`. False. */
  readonly persisted?: boolean | undefined;
  /** How long one try of a request may take, in milliseconds. 120,000: a command is answered when the phone has replied. */
  readonly timeoutMs?: number | undefined;
  /** For how long a request whose reply was lost is tried again, in milliseconds. 15,000; 0: never. */
  readonly retryForMs?: number | undefined;
  readonly backoff?: Backoff | undefined;
  /** So many updates wait for a slow consumer of a WebSocket stream; then it is paused and resumed by its cursor. 1,000. */
  readonly maxQueued?: number | undefined;
  /** Instead of the platform's. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Instead of the platform's. */
  readonly webSocket?: typeof globalThis.WebSocket | undefined;
}

/** The address of the API. */
export function endpointOf(url: string): URL {
  const endpoint = new URL(url);
  if (endpoint.pathname === '/' || endpoint.pathname === '') endpoint.pathname = '/graphql';
  return endpoint;
}
