import type { NodeConnectionOptions } from '@nats-io/transport-node';

/** Where a NATS is and which stream of it holds the events. */
export interface JetStreamOptions {
  /** `nats://host:4222`, each of one cluster. */
  readonly servers: readonly string[];
  /** Made where it is missing. Its subjects are `<stream>.events.<phone>`. */
  readonly stream: string;
  /** How many servers of the cluster keep each event; of a stream that is there: as it is. */
  readonly replicas: number;
  /** In which domain of JetStream; left out: that of the servers. */
  readonly domain?: string | undefined;
  /** What the stream keeps; null: as it stands there. */
  readonly limits: { readonly maxAgeMs: number | null; readonly maxBytes: number | null };
  /** What NATS is told beside it: who the gateway is, and over which TLS. */
  readonly login: Pick<NodeConnectionOptions, 'authenticator' | 'tls'>;
}

/** So long a server may take to answer. */
export const ANSWER_MS = 2_000;

/** How a JetStream is asked. */
export function jetStreamAsked({ domain }: Pick<JetStreamOptions, 'domain'>, timeout = ANSWER_MS) {
  return domain === undefined ? { timeout } : { timeout, domain };
}

/** So long the stream itself knows what it has been given: an event that is older is looked for in the log. */
export const DUPLICATES_MS = 120_000;
