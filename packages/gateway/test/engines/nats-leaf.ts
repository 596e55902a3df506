import { expect, vi } from 'vitest';
import { freePort } from './engine-process.ts';
import { type Nats, startNats } from './nats.ts';
import { type Relay, startRelay } from './relay.ts';

/** Of the hub's JetStream. */
export const DOMAIN = 'head';

const LOGIN = { user: 'site', password: 'of-the-sites' } as const;

/** Two NATS servers of two sites, joined as hub and leaf over a wire that can be cut. */
export interface JoinedSites extends AsyncDisposable {
  /** Has JetStream, for both. */
  readonly hub: Nats;
  /** Has none: what its clients ask of JetStream is asked of the hub's. */
  readonly leaf: Nats;
  readonly link: Relay;
  /** Resolves when the hub has so many leaves that are joined to it. */
  joined(leaves: number): Promise<void>;
}

/** Starts both; they join by themselves. */
export async function startJoinedSites(): Promise<JoinedSites> {
  await using started = new AsyncDisposableStack();
  const port = await freePort();
  const { user, password } = LOGIN;
  const link = started.use(await startRelay(port));
  // Servers tell each other how they are reached: without that the leaf would come past the wire.
  const listens = `listen: "127.0.0.1:${port}", advertise: "127.0.0.1:${link.port}"`;
  const hub = started.use(
    await startNats({
      domain: DOMAIN,
      lines: [`leafnodes { ${listens}, authorization { user: "${user}", password: "${password}" } }`],
    }),
  );
  const leaf = started.use(
    await startNats({
      domain: null,
      lines: [`leafnodes { remotes: [ { url: "nats-leaf://${user}:${password}@127.0.0.1:${link.port}" } ] }`],
    }),
  );
  const all = started.move();
  return {
    hub,
    leaf,
    link,
    joined: (leaves) =>
      vi.waitFor(
        async () => {
          const answer = await fetch(`${hub.monitoring}/leafz`);
          expect(await answer.json()).toMatchObject({ leafnodes: leaves });
        },
        { timeout: 30_000, interval: 50 },
      ),
    [Symbol.asyncDispose]: () => all[Symbol.asyncDispose](),
  };
}
