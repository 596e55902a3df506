import { type CallMonitor, driverFailed, failed, type PhoneProfile } from '@hookswitch/core';
import type { DriverPort, PhoneAbilities } from './driver-port.ts';

/** What is told of a driver that is loaded again. */
export interface ReloadEvents {
  readonly onReloaded: (vendor: string, version: string) => void;
  /** What was written cannot be loaded: the one before runs on. */
  readonly onReloadFailed: (vendor: string, reason: string) => void;
}

/** What a driver is loaded again with. */
export interface ReloadOptions {
  /** Loads it as its files are now. @throws Error in words for people */
  readonly load: () => Promise<DriverPort>;
  /** @returns ends it */
  readonly watch: (onChange: () => void) => () => void;
  readonly events: ReloadEvents;
  /** A command that was given to the one before is over by then, unless it is under way still. */
  readonly graceMs: number;
}

/**
 * A driver that is loaded again when its files change. Who was given something of the one before goes on with it: it is
 * closed when nothing of its is under way any more. Where the new one cannot be loaded, the one before stays.
 */
export function reloadingDriver(first: DriverPort, options: ReloadOptions): DriverPort {
  const { events } = options;
  const recovered: (() => void)[] = [];
  const reloaded: (() => Promise<void>)[] = [];
  const retiring = new Set<DriverPort>();
  let current = first;
  let fault: string | null = null;
  let closed = false;
  let turn: Promise<void> = Promise.resolve();

  const retire = async (old: DriverPort): Promise<void> => {
    retiring.add(old);
    await old.retire?.(options.graceMs);
    retiring.delete(old);
    await old.close();
  };
  const reload = async (): Promise<void> => {
    if (closed) return;
    try {
      const next = await options.load();
      if (next.vendor !== first.vendor || closed) {
        await next.close();
        throw new Error(closed ? 'the gateway stops' : `it serves "${next.vendor}" now, and served "${first.vendor}"`);
      }
      const old = current;
      current = next;
      fault = null;
      for (const listener of recovered) next.onRecovered(listener);
      events.onReloaded(next.vendor, next.version);
      await Promise.all(reloaded.map((listener) => listener()));
      void retire(old);
    } catch (error) {
      if (closed) return;
      fault = error instanceof Error ? error.message : String(error);
      events.onReloadFailed(first.vendor, fault);
    }
  };
  const unwatch = options.watch(() => {
    // One at a time: what is written meanwhile is loaded after it.
    turn = turn.then(reload);
  });
  return withDataOf(() => current, {
    vendor: first.vendor,
    ...asked(() => current),
    health() {
      const health = current.health();
      if (fault === null) return health;
      return { ...health, fault: `What was written last cannot be loaded: ${fault}. The one before runs on.` };
    },
    onRecovered(listener) {
      recovered.push(listener);
      current.onRecovered(listener);
    },
    onReloaded: (listener) => void reloaded.push(listener),
    async close() {
      closed = true;
      unwatch();
      await turn;
      await Promise.all([current, ...retiring].map((port) => port.close()));
    },
  });
}

const DATA = [
  'name',
  'version',
  'contractVersion',
  'models',
  'probes',
  'options',
  'maxUrlLength',
  'modelLadders',
  'proof',
] as const;
type Data = (typeof DATA)[number];

/** What is known of a driver from the start is that of the driver which is there now. */
function withDataOf(current: () => DriverPort, port: Omit<DriverPort, Data>): DriverPort {
  const data: Pick<DriverPort, Data> = current();
  return Object.defineProperties(
    { ...pick(data), ...port },
    Object.fromEntries(DATA.map((name) => [name, { enumerable: true, get: () => current()[name] }])),
  );
}

function pick({
  name,
  version,
  contractVersion,
  models,
  probes,
  options,
  maxUrlLength,
  modelLadders,
  proof = null,
}: Pick<DriverPort, Data>) {
  return { name, version, contractVersion, models, probes, options, maxUrlLength, modelLadders, proof };
}

type Asked = 'validate' | 'identify' | 'abilities' | 'parse' | 'provisioning' | 'diagnose' | 'isCommandKey';

/** Whatever is asked is asked of the driver which is there now. */
function asked(current: () => DriverPort): Pick<DriverPort, Asked> {
  /** A monitor lasts: it is opened again with the driver of then. */
  const lasting = (monitor: CallMonitor, profile: PhoneProfile): CallMonitor => ({
    ...monitor,
    async watch(context, watcher) {
      const now = (await current().abilities(profile)).monitor;
      if (now !== null) return await now.watch(context, watcher);
      return failed(driverFailed('The driver does not listen to this phone any more.', false));
    },
  });
  return {
    validate: (values) => current().validate(values),
    identify: (evidence) => current().identify(evidence),
    async abilities(profile): Promise<PhoneAbilities> {
      const said = await current().abilities(profile);
      return { ...said, monitor: said.monitor === null ? null : lasting(said.monitor, profile) };
    },
    parse: (report, profile) => current().parse(report, profile),
    provisioning: (request) => current().provisioning(request),
    diagnose: (context) => current().diagnose(context),
    isCommandKey: (key) => current().isCommandKey(key),
  };
}
