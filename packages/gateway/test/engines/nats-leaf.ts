import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SelfSignedCertificate } from '@hookswitch/driver-kit/virtual';
import { expect, vi } from 'vitest';
import { temporaryDirectory } from '../store/temporary.ts';
import { freePort } from './engine-process.ts';
import { type Nats, startNats } from './nats.ts';
import { type Relay, startRelay } from './relay.ts';

/** Of the hub's JetStream. */
export const DOMAIN = 'head';

const LOGIN = { user: 'site', password: 'of-the-sites' } as const;

/** The server of a site, which is a leaf of the hub's. */
export interface Leaf {
  readonly site: string;
  readonly nats: Nats;
  /** Its wire to the hub. */
  readonly link: Relay;
  /** What its server has written. */
  log(): Promise<string>;
}

/** NATS servers of several sites, joined as hub and leaves over wires that can be cut. */
export interface JoinedSites extends AsyncDisposable {
  /** Has JetStream, for all. */
  readonly hub: Nats;
  readonly leaves: readonly [Leaf, ...Leaf[]];
  /** Resolves when the hub has so many leaves that are joined to it. */
  joined(leaves: number): Promise<void>;
}

/** How sites differ from one that has no JetStream, joined without TLS. */
export interface SitesOptions {
  /** The domains of the JetStreams that the sites' servers have; null: it has none, and what its clients ask of one is asked of the hub's. */
  readonly sites?: Readonly<Record<string, string | null>>;
  /** The hub's certificate, and the authority by which the leaves know it. */
  readonly tls?: { readonly hub: SelfSignedCertificate; readonly ca: string };
}

/** Starts all; they join by themselves. */
export async function startJoinedSites({ sites = { branch: null }, tls }: SitesOptions = {}): Promise<JoinedSites> {
  await using started = new AsyncDisposableStack();
  const port = await freePort();
  const { path } = started.use(await temporaryDirectory());
  const file = async (name: string, text = '') => {
    await writeFile(join(path, name), text);
    return JSON.stringify(join(path, name));
  };
  const { user, password } = LOGIN;
  const secured =
    tls &&
    `, tls { cert_file: ${await file('hub.pem', tls.hub.cert)}, key_file: ${await file('hub.key', tls.hub.key)} }`;
  // Servers tell each other how they are reached, and leaves would come past their wires: it tells where nobody is.
  const listens = `listen: "127.0.0.1:${port}", advertise: "127.0.0.1:1"`;
  const hub = started.use(
    await startNats({
      domain: DOMAIN,
      lines: [`leafnodes { ${listens}, authorization { user: "${user}", password: "${password}" }${secured ?? ''} }`],
    }),
  );
  const verified = tls && `, tls { ca_file: ${await file('ca.pem', tls.ca)} }`;
  const startLeaf = async (site: string, domain: string | null): Promise<Leaf> => {
    const link = started.use(await startRelay(port));
    const url = `nats-leaf://${user}:${password}@127.0.0.1:${link.port}`;
    const log = join(path, `${site}.log`);
    const nats = started.use(
      await startNats({
        domain,
        lines: [`log_file: ${JSON.stringify(log)}`, `leafnodes { remotes: [ { url: "${url}"${verified ?? ''} } ] }`],
      }),
    );
    return { site, nats, link, log: () => readFile(log, 'utf8') };
  };
  const [first, ...further] = Object.entries(sites);
  if (first === undefined) throw new Error('no site');
  const leaves: [Leaf, ...Leaf[]] = [await startLeaf(...first)];
  for (const one of further) leaves.push(await startLeaf(...one));
  const all = started.move();
  return {
    hub,
    leaves,
    joined: (count) =>
      vi.waitFor(
        async () => {
          const answer = await fetch(`${hub.monitoring}/leafz`);
          expect(await answer.json()).toMatchObject({ leafnodes: count });
        },
        { timeout: 30_000, interval: 50 },
      ),
    [Symbol.asyncDispose]: () => all[Symbol.asyncDispose](),
  };
}
