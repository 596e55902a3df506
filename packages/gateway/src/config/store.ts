import { z } from 'zod';

const postgresUrl = z.string().refine(isPostgresUrl, {
  error: 'it must be a URL such as postgres://hookswitch@db.example:5432/hookswitch, without a query',
});
const hostAndPort = z.string().refine((text) => placeOf(text) !== null, {
  error: 'it must be a host such as db-2.example or db-2.example:5433',
});
const postgresSection = z.strictObject({
  url: postgresUrl,
  otherHosts: z.array(hostAndPort).optional(),
  passwordFile: z.string().min(1).optional(),
  tls: z
    .strictObject({
      ca: z.string().min(1).optional(),
      cert: z.string().min(1).optional(),
      key: z.string().min(1).optional(),
    })
    .optional(),
  connections: z.int().min(1).max(100).optional(),
  statementTimeoutSeconds: z.number().min(1).max(600).optional(),
});

/** The section `store` of the configuration file. */
export const storeSection = z
  .strictObject({
    kind: z.enum(['sqlite', 'postgres']).optional(),
    postgres: z.union([postgresUrl, postgresSection], { error: explain }).optional(),
  })
  .refine(({ kind, postgres }) => kind === undefined || (kind === 'postgres') === (postgres !== undefined), {
    error: '`kind: sqlite` has no `postgres`, and `kind: postgres` needs one',
  });

/** Where everything is kept. Paths are as they stand in the file: relative to its folder. */
export type StoreConfig = { readonly kind: 'sqlite' } | ({ readonly kind: 'postgres' } & PostgresConfig);

/** A database in PostgreSQL. */
export interface PostgresConfig {
  readonly host: string;
  readonly port: number;
  /** Beside that one; the first that takes writes is used. Left out: none. */
  readonly otherHosts?: readonly { readonly host: string; readonly port: number }[] | undefined;
  readonly user: string;
  readonly database: string;
  /** Of the URL; null: none stands there. */
  readonly password: string | null;
  readonly passwordFile: string | null;
  /** PEM files; null: in the clear. `ca` left out: the authorities of the runtime. */
  readonly tls: {
    readonly ca?: string | undefined;
    readonly cert?: string | undefined;
    readonly key?: string | undefined;
  } | null;
  /** Most connections that read. */
  readonly connections: number;
  readonly statementTimeoutMs: number;
}

/** The section with its defaults. */
export function storeConfig(section: z.infer<typeof storeSection> | undefined): StoreConfig {
  if (section?.postgres === undefined) return { kind: 'sqlite' };
  const given: z.infer<typeof postgresSection> =
    typeof section.postgres === 'string' ? { url: section.postgres } : section.postgres;
  const url = new URL(given.url);
  return {
    kind: 'postgres',
    ...hostOf(url),
    ...(given.otherHosts !== undefined && {
      otherHosts: given.otherHosts.map(placeOf).filter((place) => place !== null),
    }),
    user: decodeURIComponent(url.username),
    database: decodeURIComponent(url.pathname.slice(1)),
    password: url.password === '' ? null : decodeURIComponent(url.password),
    passwordFile: given.passwordFile ?? null,
    tls: given.tls ?? null,
    connections: given.connections ?? 10,
    statementTimeoutMs: Math.round((given.statementTimeoutSeconds ?? 10) * 1000),
  };
}

const DEFAULT_PORT = 5432;

function hostOf({ hostname, port }: URL): { readonly host: string; readonly port: number } {
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? DEFAULT_PORT : Number(port) };
}

/** `host` or `host:port`; null: it is none. */
function placeOf(text: string): ReturnType<typeof hostOf> | null {
  const url = /^[^/?#@\s]+$/.test(text) ? URL.parse(`postgres://${text}`) : null;
  return url === null || url.hostname === '' ? null : hostOf(url);
}

function isPostgresUrl(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null &&
    /^postgres(?:ql)?:$/.test(url.protocol) &&
    url.hostname !== '' &&
    url.username !== '' &&
    /^\/[^/]+$/.test(url.pathname) &&
    url.search === '' &&
    url.hash === ''
  );
}

/** What is wrong with the one that was meant: a union says of neither. The URL itself may hold a password. */
function explain({ input }: { readonly input?: unknown }): string {
  const result = typeof input === 'string' ? postgresUrl.safeParse(input) : postgresSection.safeParse(input);
  return (result.error?.issues ?? []).map(({ path, message }) => [...path.map(String), message].join(': ')).join('; ');
}
