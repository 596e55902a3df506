import { z } from 'zod';
import { SITE_NAME } from '../cluster/lanes-of-phones.ts';

const server = z.string().refine((text) => /^(?:nats|tls):$/.test(URL.parse(text)?.protocol ?? ''), {
  error: 'it must be a URL such as nats://nats.example:4222',
});

/** The section `bus` of the configuration file. */
export const busSection = z.strictObject({
  nats: z.array(server).min(1),
  stream: z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/, { error: 'it must be letters, digits, - and _' })
    .optional(),
  replicas: z.int().min(1).max(5).optional(),
  domain: z
    .string()
    .regex(SITE_NAME, { error: 'it must be letters, digits, - and _, and begin with a letter or a digit' })
    .optional(),
  site: z
    .string()
    .regex(SITE_NAME, { error: 'it must be letters, digits, - and _, and begin with a letter or a digit' })
    .optional(),
  monitoring: z
    .array(z.url({ protocol: /^https?$/, error: 'it must be a URL such as http://nats-1.example:8222' }))
    .optional(),
  credentialsFile: z.string().min(1).optional(),
  tls: z
    .strictObject({
      ca: z.string().min(1).optional(),
      cert: z.string().min(1).optional(),
      key: z.string().min(1).optional(),
    })
    .optional(),
});

/** Where events go. Paths are as they stand in the file: relative to its folder. */
export interface BusConfig {
  readonly servers: readonly string[];
  readonly stream: string;
  readonly replicas: number;
  /**
   * The domain of the JetStream, as `jetstream { domain: … }` of its servers names it: it is asked for by that name, which
   * goes over leaf nodes. Left out: the JetStream of the servers that are connected to.
   */
  readonly domain?: string | undefined;
  /** The site whose phones this gateway reaches: those with the tag `site:<name>`. Left out or empty: those of no site. */
  readonly site?: string | undefined;
  /** Where each server tells of itself over HTTP, for `doctor`. Left out: nowhere. */
  readonly monitoring?: readonly string[] | undefined;
  /** A `.creds` file; null: whoever the URLs say, or nobody. */
  readonly credentialsFile: string | null;
  /** PEM files; null: as the servers ask. */
  readonly tls: {
    readonly ca?: string | undefined;
    readonly cert?: string | undefined;
    readonly key?: string | undefined;
  } | null;
}

/** The section with its defaults; null: there is none. */
export function busConfig(section: z.infer<typeof busSection> | undefined): BusConfig | null {
  if (section === undefined) return null;
  const { nats, stream = 'hookswitch', replicas = 1, credentialsFile = null, tls = null } = section;
  const { domain, site, monitoring } = section;
  return {
    servers: nats,
    stream,
    replicas,
    credentialsFile,
    tls,
    ...(domain !== undefined && { domain }),
    ...(site !== undefined && { site }),
    ...(monitoring !== undefined && { monitoring }),
  };
}
