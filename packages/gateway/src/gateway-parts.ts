import { readFile } from 'node:fs/promises';
import { join, resolve as resolvePath } from 'node:path';
import type { Logger } from 'pino';
import { LeasedLanes } from './cluster/leased-lanes.ts';
import type { Config } from './config/config.ts';
import { readPersistedOperations } from './config/persisted-operations.ts';
import type { PersistedOptions } from './graphql/persisted.ts';
import { withKeptDigestKey } from './security/digest-key.ts';
import { loadCurrentKey } from './security/key-rotation.ts';
import { createSecretBox, HEADER_BYTES, type SecretBox } from './security/secret-box.ts';
import { parseSecretKey } from './security/secret-key.ts';
import { StartError } from './start-error.ts';
import type { Store } from './store/ports.ts';
import { openSpool, type Spool } from './store/spool/spool.ts';

/** The leases of a gateway that may be one of several; null: it is alone. */
export function leasesOf(
  { bus }: Config,
  { store, log, ticks }: { readonly store: Store; readonly log: Logger; readonly ticks: () => number },
): LeasedLanes | null {
  if (bus == null || store.bus === undefined || store.lanes === undefined) return null;
  return new LeasedLanes({
    bus: store.bus,
    store: store.lanes,
    site: bus.site ?? '',
    replicas: bus.replicas,
    ticks,
    onError: nowAndThen(ticks, (error: unknown, doing: string) =>
      log.warn({ err: error, doing }, 'the leases of phones cannot be kept now'),
    ),
  });
}

const QUIET_MS = 10_000;

/** Tells the first of several faults that follow each other quickly. */
function nowAndThen(ticks: () => number, tell: (error: unknown, doing: string) => void): typeof tell {
  let toldAt = Number.NEGATIVE_INFINITY;
  return (error, doing) => {
    if (ticks() - toldAt < QUIET_MS) return;
    toldAt = ticks();
    tell(error, doing);
  };
}

/** @throws StartError where its directory cannot be used: events may lie there that were answered */
export function spoolOf({ spool }: Config, log: Logger): Promise<Spool> {
  return openSpool({ ...spool, log }).catch((error: unknown) => {
    throw new StartError([`spool.dir: ${error instanceof Error ? error.message : String(error)}`]);
  });
}

/** @throws StartError where they cannot be read */
export function persistedOperations({ api, configDir }: Config): Promise<PersistedOptions> {
  return readPersistedOperations(api.persisted, configDir).catch((error: Error) => {
    throw new StartError([error.message]);
  });
}

/** The box, with the digest that outlives a change of the key. */
export async function secretBoxFor(config: Config, store: Store): Promise<SecretBox> {
  return await withKeptDigestKey(await secretBoxOf(config, store), store.sealedKeys);
}

/** @throws StartError where there are secrets that the key does not open: later they would fail one by one */
async function secretBoxOf({ secretKey, dataDir, store: kept, bus }: Config, store: Store): Promise<SecretBox> {
  const keys = [...(await store.sealedKeys.all()).values()];
  const phones = await store.phones.sealedBeginnings(HEADER_BYTES);
  // Where others work on the same store even a key that seals no phone yet is theirs.
  const sealed = bus == null ? phones : [...phones, ...keys];
  const all = [...phones, ...keys];
  const path = join(dataDir, 'secret.key');
  const box = createSecretBox(secretKey === null ? await loadCurrentKey(path, all) : parseSecretKey(secretKey));
  if (sealed.every(box.canOpen)) return box;
  const source = secretKey === null ? path : 'HOOKSWITCH_SECRET_KEY';
  const where = kept?.kind === 'postgres' ? 'the database' : dataDir;
  throw new StartError([`${source}: the secrets in ${where} were sealed with another key. Start with that one.`]);
}

/** @throws StartError where the file that is named cannot be read */
export async function authoritiesOf({ tlsCa, configDir }: Config): Promise<string | null> {
  if (tlsCa === null) return null;
  return readFile(resolvePath(configDir ?? process.cwd(), tlsCa), 'utf8').catch((error: unknown) => {
    throw new StartError([`tls.ca: ${error instanceof Error ? error.message : String(error)}`]);
  });
}
