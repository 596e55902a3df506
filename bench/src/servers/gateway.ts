import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGateway } from '@hookswitch/gateway';
import { prepareProcess } from '@hookswitch/gateway/command-line';
import { BENCH_KEY, benchConfig } from './bench-config.ts';
import { argument, serve } from './child.ts';
import { REPORTER, reportsOf } from './reports.ts';

/** What the benchmark needs to know of a running gateway. */
export interface GatewayReady {
  readonly url: string;
  readonly key: string;
  /** Of the phones that take commands, as GraphQL names them, in the order of their addresses. */
  readonly phoneIds: readonly string[];
  /** Origin-form targets of other phones' action URLs, in turn a call that begins and its end. See `targetOf`. */
  readonly targets: readonly string[];
  /** Of the phones of the targets, as GraphQL names them. */
  readonly reporterIds: readonly string[];
  /** Where its store is. */
  readonly dataDir: string;
}

interface GatewayArgument {
  /** Of phones that take commands. */
  readonly phoneAddresses?: readonly string[];
  /** How many phones report; left out: 100. As many as have so many events: those of one phone alone would be no load that occurs. */
  readonly reporters?: number;
}

prepareProcess();
const key = BENCH_KEY;
const { phoneAddresses = [], reporters = 100 } = argument<GatewayArgument>();
const dataDir = await mkdtemp(join(tmpdir(), 'hookswitch-bench-'));
const gateway = await createGateway({ config: benchConfig(dataDir) });
const { application, url } = gateway;
const session = await gateway.authenticator.authenticate(key);
if (session === null) throw new Error('the key is not known');
const { principal: caller } = session;
const phoneIds: string[] = [];
for (const [index, address] of phoneAddresses.entries()) {
  const id = await add({ name: `Takes commands ${index}`, vendor: 'snom', model: 'D785', address });
  phoneIds.push(nodeId(id));
}
const added = await Promise.all(
  Array.from({ length: reporters }, (_, index) => add({ name: `Reports ${index}`, ...REPORTER })),
);
const targets = added.flatMap((id) => reportsOf(gateway, id, caller));
const ready: GatewayReady = { url, key, phoneIds, targets, reporterIds: added.map(nodeId), dataDir };
serve(ready, async () => {
  await gateway.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function add(phone: Parameters<typeof application.phones.add>[0]): Promise<string> {
  if (caller === null) throw new Error('the key is not known');
  const added = await application.phones.add(phone, caller);
  if (!added.ok) throw new Error(added.failure.message);
  return added.value.id;
}

function nodeId(id: string): string {
  return Buffer.from(`Phone:${id}`).toString('base64url');
}
