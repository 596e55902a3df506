import { setTimeout as delay } from 'node:timers/promises';
import type { CallMonitor, DriverContext, Finding, ParsedReport, PhoneProfile, StandardResult } from '@hookswitch/core';
import { accepted } from '@hookswitch/core';
import type { z } from 'zod';
import type { DriverFault, DriverPort } from '../driver-port.ts';
import { shownName } from '../shown-name.ts';
import { ContextTable } from './context-table.ts';
import {
  type DescribedLadders,
  describedAbilities,
  findings,
  identification,
  type LoadedDriver,
  loadedDriver,
  parsedReport,
  provisioningText,
  standardResult,
} from './result-schemas.ts';
import { laddersOver } from './rungs-over-rpc.ts';
import { faultOf, placesOf, take } from './take.ts';
import { WORKER_LIMITS, WorkerHost, type WorkerLimits } from './worker-host.ts';

/** What an isolated driver is told to, beside what it answers. */
export interface IsolationEvents {
  /** Its worker was ended, and why. */
  readonly onEnded: (vendor: string, fault: DriverFault) => void;
  /** It threw, or answered what it must not. */
  readonly onFault: (vendor: string, error: unknown) => void;
}

/** Which driver is isolated. */
export interface IsolatedDriverOptions {
  /** Its name in the configuration. */
  readonly name: string;
  /** Its module, as a URL. */
  readonly file: string;
  readonly limits?: Partial<WorkerLimits> | undefined;
  readonly events: IsolationEvents;
}

/**
 * Loads a driver into a worker of its own.
 * @throws Error in words for people, where it cannot be loaded
 */
export async function loadIsolatedDriver({ name, file, limits, events }: IsolatedDriverOptions): Promise<DriverPort> {
  const recovered: (() => void)[] = [];
  let described: LoadedDriver | null = null;
  const vendor = (): string => described?.vendor ?? shownName(name);
  const table = new ContextTable({
    host: () => host,
    name: vendor,
    onFault: (error) => events.onFault(vendor(), error),
  });
  const host = new WorkerHost({
    name,
    file,
    limits: { ...WORKER_LIMITS, ...limits },
    handlers: table,
    onEnded: (fault) => events.onEnded(vendor(), fault),
    onLoaded(value) {
      const now = loadedDriver.safeParse(value);
      if (!now.success) throw new Error(`it describes itself wrongly: ${placesOf(now.error)}`);
      if (described !== null && now.data.vendor !== described.vendor) throw new Error('it serves another vendor now');
      described ??= now.data;
    },
    onRecovered: () => {
      for (const listener of recovered) listener();
    },
  });
  await host.open();
  if (described === null) throw new Error('it said nothing of itself');
  return portOver({ described, host, table, recovered, onFault: (error) => events.onFault(vendor(), error) });
}

/** Models are only shown: nobody runs anything on them. */
const MODEL_PROFILE: PhoneProfile = {
  model: null,
  firmware: null,
  mac: null,
  options: {},
  reachableBy: { http: true, sip: true },
};

/** How often a driver that is to go is asked whether it still works on something. */
const LOOK_AGAIN_MS = 250;

interface Parts {
  readonly described: LoadedDriver;
  readonly host: WorkerHost;
  readonly table: ContextTable;
  readonly recovered: (() => void)[];
  readonly onFault: (error: unknown) => void;
}

function portOver({ described, host, table, recovered, onFault }: Parts): DriverPort {
  const { descriptions, credentials, modelLadders, ...data } = described;
  const ask = async <Value>(method: string, args: unknown, schema: z.ZodType): Promise<Value> => {
    try {
      return take<Value>(schema, { name: data.vendor, method }, await host.ask(method, args));
    } catch (error) {
      throw faultOf(error, data.vendor);
    }
  };
  const ladders = (profile: PhoneProfile, of: DescribedLadders) =>
    laddersOver(of, {
      run: (call, context) => table.run(call, context),
      takes: async (command) => (await host.ask('takes', { profile, command }).catch(() => false)) === true,
    });
  const monitorOf = (one: Pick<CallMonitor, 'transport' | 'evidence' | 'source'>): CallMonitor => ({
    ...one,
    watch: (context, watcher) => table.watch(context, watcher),
  });
  const over = new AbortController();
  return {
    ...data,
    options: { descriptions, credentials },
    modelLadders: modelLadders.map((one) => ladders(MODEL_PROFILE, one)),
    health: () => ({
      state: host.isRunning ? 'RUNNING' : 'RESTARTING',
      isolation: 'WORKER',
      fault: host.fault?.message ?? null,
      restarts: host.restarts,
    }),
    validate: (values) => ask<StandardResult<unknown>>('validate', values, standardResult),
    identify: (evidence) => ask('identify', evidence, identification),
    async abilities(profile) {
      const said = await ask<z.infer<typeof describedAbilities>>('abilities', profile, describedAbilities);
      return {
        ladders: ladders(profile, said.ladders),
        actionUrlSettings: said.actionUrlSettings,
        monitor: said.monitor === null ? null : monitorOf(said.monitor),
        keys: said.keys,
      };
    },
    parse: ({ path, rawQuery, body }, profile) =>
      ask<ParsedReport | null>('parse', [{ path, rawQuery, body }, profile], parsedReport.nullable()),
    provisioning: (request) => ask('provisioning', request, provisioningText),
    async diagnose(context: DriverContext) {
      const outcome = await table.runWith(context, { method: 'diagnose', args: (wire) => wire }, (value) =>
        accepted(take<readonly Finding[]>(findings, { name: data.vendor, method: 'diagnose' }, value)),
      );
      if ('value' in outcome) return outcome.value;
      const message = outcome.status === 'FAILED' ? outcome.failure.message : outcome.reason;
      return [{ code: 'DRIVER_FAILED', severity: 'PROBLEM', message, fix: 'See Driver.health and the gateway’s log.' }];
    },
    async isCommandKey(name) {
      try {
        return (await host.ask('isCommandKey', name)) === true;
      } catch (error) {
        onFault(error);
        throw faultOf(error, data.vendor);
      }
    },
    onRecovered: (listener) => void recovered.push(listener),
    async retire(graceMs) {
      await delay(graceMs, undefined, { ref: false, signal: over.signal }).catch(() => {});
      while (table.isBusy && !over.signal.aborted) {
        await delay(LOOK_AGAIN_MS, undefined, { ref: false, signal: over.signal }).catch(() => {});
      }
    },
    close() {
      over.abort();
      return host.close();
    },
  };
}
