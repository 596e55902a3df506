import { CAPABILITIES, type Capability, type Driver, type DriverContext, type Ladders } from '@hookswitch/core';
import type { DriverPort } from '../../../src/drivers/driver-port.ts';
import { loadDrivers } from '../../../src/drivers/load-drivers.ts';

/** A driver of ours in a worker, as a foreign one runs. @param faults where what goes wrong with it is put */
export async function inWorker(name: string, faults: unknown[] = []): Promise<DriverPort & AsyncDisposable> {
  const { drivers, broken } = await loadDrivers([{ name, isolation: 'worker' }], {
    folders: [],
    events: { onEnded: (_vendor, fault) => faults.push(fault), onFault: (_vendor, error) => faults.push(error) },
  });
  const [port] = drivers;
  if (port === undefined) throw new Error(broken.map(({ fault }) => fault).join());
  return { ...port, [Symbol.asyncDispose]: () => port.close() };
}

/**
 * The driver with everything that it does to phones done in its worker: what the conformance suite calls at once is asked
 * here, each function of a rung, `diagnose` and `watch` is run there.
 */
export function overWorker<Options>(driver: Driver<Options>, port: DriverPort): Driver<Options> {
  const there = async (context: DriverContext, name: Capability, index: number): Promise<object> => {
    const { ladders } = await port.abilities(context.phone);
    const rung = ladders[name]?.[index];
    if (rung === undefined) throw new Error(`there is no rung ${index} of ${name} in the worker`);
    return rung;
  };
  return {
    ...driver,
    capabilitiesFor(profile) {
      const ladders = driver.capabilitiesFor(profile);
      const over = CAPABILITIES.flatMap((name) => {
        const rungs: readonly object[] | undefined = ladders[name];
        return rungs === undefined
          ? []
          : [[name, rungs.map((rung, index) => proxied(rung, (context) => there(context, name, index)))] as const];
      });
      return Object.fromEntries(over) as Ladders;
    },
    diagnose: (context) => port.diagnose(context),
  };
}

function proxied(rung: object, there: (context: DriverContext) => Promise<object>): object {
  const members = Object.entries(rung).map(([name, member]: [string, unknown]) => {
    if (name === 'together' && typeof member === 'object' && member !== null) {
      const group = async (context: DriverContext): Promise<object> => Object(Reflect.get(await there(context), name));
      return [name, proxied(member, group)];
    }
    if (typeof member !== 'function' || name === 'takes') return [name, member];
    const run = async (...all: readonly unknown[]): Promise<unknown> => {
      const remote = await there(all.at(-1) as DriverContext);
      return Reflect.apply(Reflect.get(remote, name) as () => unknown, remote, all);
    };
    return [name, run];
  });
  return Object.fromEntries(members) as object;
}
