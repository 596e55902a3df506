import { z } from 'zod';

/** How much one request may ask for; whatever is beyond is refused before anything of it is done. */
export interface ApiLimits {
  /** Fields within fields, fragments followed. */
  readonly depth: number;
  /** Of fields, fragments followed, `__typename` too. */
  readonly aliases: number;
  /** Fields of an operation, fragments followed. */
  readonly fields: number;
  readonly directives: number;
  /** Fields that could be resolved: each as often as the lists around it may have items. */
  readonly cost: number;
  /** Of a document's text. */
  readonly tokens: number;
  /** Of an HTTP request's body. */
  readonly bodyBytes: number;
  /** Of one WebSocket message. */
  readonly messageBytes: number;
  /** That run at once on one WebSocket. */
  readonly operationsPerSocket: number;
  /** Of one API key or subject of tokens, over every transport. */
  readonly operationsPerMinute: number;
  /** Credentials that are refused from one address; of IPv6 from one /64. */
  readonly refusedLoginsPerMinute: number;
}

/** Which documents may be run. */
export interface PersistedConfig {
  /** Documents by their id; null: there are none. */
  readonly file: string | null;
  /** Nothing but the documents of the file. */
  readonly only: boolean;
}

/** What the API lets through. */
export interface ApiConfig {
  readonly limits: ApiLimits;
  readonly persisted: PersistedConfig;
}

/** The limits where the configuration says nothing. */
export const DEFAULT_LIMITS: ApiLimits = {
  depth: 15,
  aliases: 50,
  fields: 500,
  directives: 50,
  cost: 100_000,
  tokens: 4_000,
  bodyBytes: 2 ** 20,
  messageBytes: 2 ** 20,
  operationsPerSocket: 100,
  operationsPerMinute: 60_000,
  refusedLoginsPerMinute: 60,
};

const limit = z.int().min(1).optional();

/** The section `api` of the configuration file. */
export const apiSection = z.strictObject({
  limits: z
    .strictObject({
      depth: limit,
      aliases: limit,
      fields: limit,
      directives: limit,
      cost: limit,
      tokens: limit,
      bodyBytes: limit,
      messageBytes: limit,
      operationsPerSocket: limit,
      operationsPerMinute: limit,
      refusedLoginsPerMinute: limit,
    })
    .optional(),
  persistedOperations: z.strictObject({ file: z.string().min(1), only: z.boolean().optional() }).optional(),
});

/** The section with its defaults. */
export function apiConfig({ limits, persistedOperations }: z.infer<typeof apiSection>): ApiConfig {
  const given = Object.fromEntries(Object.entries(limits ?? {}).filter(([, value]) => value !== undefined));
  return {
    limits: { ...DEFAULT_LIMITS, ...given },
    persisted: { file: persistedOperations?.file ?? null, only: persistedOperations?.only ?? false },
  };
}
