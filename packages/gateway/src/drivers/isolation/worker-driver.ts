import {
  type ActionUrlReport,
  type DeviceEvidence,
  type Driver,
  failed,
  type Ladders,
  type PhoneProfile,
  phoneRejected,
} from '@hookswitch/core';
import { checkDriver } from '../check-driver.ts';
import type { Rpc, RpcHandlers } from './rpc.ts';
import type { WireContext, WireRun, WireWatch } from './wire-context.ts';
import { Aborted } from './wire-error.ts';
import { createWorkerContext, type WorkerContext } from './worker-context.ts';
import { describeAbilities, describeDriver, describeResult } from './worker-describe.ts';

/** Lines of its log that a driver may write in a second; what is more is left out. */
const LOG_LINES_A_SECOND = 100;

/** What the gateway may ask a driver, by the name of the question. */
type Questions = Readonly<Record<string, (args: unknown) => unknown>>;

/** Answers the gateway's questions about the driver in a file. */
export function createWorkerDriver(file: string, rpc: () => Rpc): RpcHandlers {
  const contexts = new Map<number, WorkerContext>();
  const mayLog = budget(LOG_LINES_A_SECOND);
  let loaded: Driver | null = null;
  const driver = (): Driver => {
    if (loaded === null) throw new Error('the driver is not loaded');
    return loaded;
  };

  const within = async <Value>(wire: WireContext, run: (own: WorkerContext) => Promise<Value>): Promise<Value> => {
    const own = createWorkerContext(rpc(), wire, mayLog);
    contexts.set(wire.id, own);
    try {
      return await run(own);
    } catch (error) {
      const { signal } = own.context;
      if (signal.aborted && error === signal.reason) throw new Aborted();
      throw error;
    } finally {
      contexts.delete(wire.id);
    }
  };

  const questions: Questions = {
    ping: () => null,
    async load() {
      const module: unknown = await import(file).catch((error: unknown) => {
        throw new Error(`it cannot be loaded: ${error instanceof Error ? error.message : String(error)}`);
      });
      loaded = checkDriver(module);
      return describeDriver(loaded);
    },
    validate: async (values) => describeResult(await driver().options.schema['~standard'].validate(values)),
    identify: (evidence) => driver().identify(evidence as DeviceEvidence),
    abilities: (profile) => describeAbilities(driver(), profile as PhoneProfile),
    parse(args) {
      const [report, profile] = args as readonly [ActionUrlReport, PhoneProfile];
      return driver().actionUrls.parse(report, profile);
    },
    provisioning: (request) => driver().provisioning(request as Parameters<Driver['provisioning']>[0]),
    isCommandKey: (name) => driver().isCommandKey(String(name)),
    diagnose: (wire) => within(wire as WireContext, ({ context }) => driver().diagnose(context)),
    takes(args) {
      const { profile, command } = args as { readonly profile: PhoneProfile; readonly command: never };
      return driver().capabilitiesFor(profile).LED?.[0].together?.takes(command) === true;
    },
    run(args) {
      const { context: wire, ...wanted } = args as WireRun;
      return within(wire, async ({ context }) => {
        const { method, owner } = methodOf(driver().capabilitiesFor(wire.phone), wanted);
        const outcome: unknown = await Reflect.apply(method, owner, [...wanted.args, context]);
        return outcome;
      });
    },
    watch(args) {
      const { context: wire, askEveryMs } = args as WireWatch;
      return within(wire, async ({ context, watcher }) => {
        const monitor = driver().monitor?.(wire.phone) ?? null;
        if (monitor === null) return failed(phoneRejected('The driver does not listen to this phone any more.'));
        return monitor.watch(context, watcher(askEveryMs));
      });
    },
    talk(args) {
      const { context, conversation, reply } = args as {
        readonly context: number;
        readonly conversation: number;
        readonly reply: never;
      };
      const own = contexts.get(context);
      if (own === undefined) throw new Error('that command is over');
      return own.talk(conversation, reply);
    },
  };

  return {
    call(method, args) {
      const question = questions[method];
      if (question === undefined) throw new Error(`nobody answers ${method}`);
      return question(args);
    },
    note(method, args) {
      const own = contexts.get(Number(args));
      if (method === 'abort') own?.abort();
      else if (method === 'enough') own?.enough();
    },
  };
}

/** The function that is meant, with the object that it belongs to. */
function methodOf(
  ladders: Ladders,
  { capability, rung: index, method: name }: Pick<WireRun, 'capability' | 'rung' | 'method'>,
): { readonly method: (...args: never) => unknown; readonly owner: object } {
  const ladder: unknown = Reflect.get(ladders, capability);
  const rung: unknown = Array.isArray(ladder) ? ladder[index] : undefined;
  const owner: unknown = name === 'setLeds' ? Reflect.get(Object(rung), 'together') : rung;
  const method: unknown = typeof owner === 'object' && owner !== null ? Reflect.get(owner, name) : undefined;
  if (typeof owner !== 'object' || owner === null || typeof method !== 'function')
    throw new TypeError(`the driver claimed ${capability} and has no ${name} any more`);
  return { method: (...args) => Reflect.apply(method, owner, args), owner };
}

/** @returns whether something may be done once more within this second */
function budget(perSecond: number): () => boolean {
  let since = 0;
  let used = 0;
  return () => {
    const now = performance.now();
    if (now - since >= 1_000) {
      since = now;
      used = 0;
    }
    used += 1;
    return used <= perSecond;
  };
}
