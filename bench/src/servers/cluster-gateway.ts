/** One of several gateways over the same engines; the first one also adds the phones. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createGateway, parseConfig } from '@hookswitch/gateway';
import { prepareProcess } from '@hookswitch/gateway/command-line';
import { BENCH_KEY } from './bench-config.ts';
import { argument, serve } from './child.ts';
import { REPORTER } from './reports.ts';

/** A phone as the load knows it. */
export interface ClusterPhone {
  /** As GraphQL names it. */
  readonly id: string;
  /** Its action URLs, what the phone fills in left open, by the settings of {@link SETTINGS}. */
  readonly urls: Readonly<Record<string, string>>;
}

/** What is told of a gateway that has started. */
export interface ClusterGatewayReady {
  readonly url: string;
  readonly pid: number;
  readonly phones: readonly ClusterPhone[];
}

/** What it is started with. */
export interface ClusterGatewayArgument {
  readonly dataDir: string;
  readonly port: number;
  /** What the gateways share: the text of a configuration file. */
  readonly configuration: string;
  readonly secretKey: string;
  /** What `audit.key` holds. */
  readonly auditKey: string;
  /** Addresses of phones that are to be added: null for one that only reports. */
  readonly phones: readonly (string | null)[];
}

/** Settings of the action URLs that the load fills in. */
export const SETTINGS = ['incoming_call', 'outgoing_call', 'call_terminated'].map((name) => `action_url.${name}`);
const AT_ONCE = 64;

prepareProcess();
const { dataDir, port, configuration, secretKey, auditKey, phones } = argument<ClusterGatewayArgument>();
await mkdir(dataDir, { recursive: true, mode: 0o700 });
await writeFile(join(dataDir, 'audit.key'), auditKey, { mode: 0o600 });
const parsed = parseConfig(
  {
    HOOKSWITCH_PORT: String(port),
    HOOKSWITCH_DATA_DIR: dataDir,
    HOOKSWITCH_ADMIN_KEY: BENCH_KEY,
    HOOKSWITCH_SECRET_KEY: secretKey,
    HOOKSWITCH_ALLOWED_TARGETS: '127.0.0.0/8',
    HOOKSWITCH_LOG_LEVEL: 'error',
  },
  { text: configuration, name: 'hookswitch.yaml', folder: dataDir },
);
if ('faults' in parsed) throw new Error(parsed.faults.join('\n'));
const gateway = await createGateway({ config: parsed.config });
const ready: ClusterGatewayReady = { url: gateway.url, pid: process.pid, phones: await addAll() };
serve(ready, () => gateway.stop());

async function addAll(): Promise<readonly ClusterPhone[]> {
  const added: ClusterPhone[] = [];
  for (let from = 0; from < phones.length; from += AT_ONCE) {
    added.push(
      ...(await Promise.all(phones.slice(from, from + AT_ONCE).map((address, at) => add(from + at, address)))),
    );
  }
  return added;
}

async function add(index: number, address: string | null): Promise<ClusterPhone> {
  const session = await gateway.authenticator.authenticate(BENCH_KEY);
  if (session === null) throw new Error('the key is not known');
  const { principal: caller } = session;
  const added = await gateway.application.phones.add(
    { name: `Phone ${index}`, ...REPORTER, ...(address !== null && { address }) },
    caller,
  );
  if (!added.ok) throw new Error(added.failure.message);
  const urls = gateway.application.phones.actionUrls(added.value.id, caller) ?? [];
  return {
    id: Buffer.from(`Phone:${added.value.id}`).toString('base64url'),
    urls: Object.fromEntries(
      urls.flatMap(({ setting, url }) =>
        SETTINGS.includes(setting) ? [[setting, url.slice(gateway.url.length)]] : [],
      ),
    ),
  };
}
