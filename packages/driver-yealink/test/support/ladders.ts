import type { Capability, DriverContext, Ladders, Outcome, Rung } from '@hookswitch/core';
import { driver } from '../../src/index.ts';
import type { YealinkOptions } from '../../src/options.ts';

/** The first rung of a capability of the context's phone. */
export function firstRung<Name extends Capability>(name: Name, context: DriverContext<YealinkOptions>): Rung<Name> {
  const ladders: Ladders = driver.capabilitiesFor(context.phone);
  const rung = ladders[name]?.[0];
  if (rung === undefined) throw new Error(`The phone has no ${name}.`);
  return rung;
}

/** The failure's code and, where it has one, its argument; else the outcome's status. */
export function short(outcome: Outcome<unknown>): string {
  if (outcome.status !== 'FAILED') return outcome.status;
  const { failure } = outcome;
  return 'argument' in failure ? `${failure.code} ${failure.argument}` : failure.code;
}
