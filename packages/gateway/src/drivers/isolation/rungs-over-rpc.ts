import {
  CAPABILITIES,
  type Capability,
  type Commands,
  type DriverContext,
  type Ladders,
  type Outcome,
} from '@hookswitch/core';
import { DriverFault } from '../driver-port.ts';
import type { DescribedLadders, DescribedRung } from './result-schemas.ts';
import { RUNG_METHODS } from './rung-methods.table.ts';

/** Which function of which rung is meant, with what stands before the context. */
export interface RungCall {
  readonly capability: Capability;
  readonly rung: number;
  readonly method: string;
  readonly args: readonly unknown[];
}

/** How a rung's functions are reached. */
export interface RungWays {
  readonly run: (call: RungCall, context: DriverContext) => Promise<Outcome<unknown>>;
  /** Whether the first rung of LED takes this light together with others. */
  readonly takes: (command: Commands['setLed']) => Promise<boolean>;
}

/** Ladders whose functions run elsewhere. @throws DriverFault where one is half implemented */
export function laddersOver(described: DescribedLadders, ways: RungWays): Ladders {
  const ladders: Partial<Record<Capability, readonly object[]>> = {};
  for (const capability of CAPABILITIES) {
    const rungs = described[capability];
    if (rungs === undefined) continue;
    ladders[capability] = rungs.map((rung, index) => rungOver(rung, { capability, index }, ways));
  }
  if (!areLadders(ladders)) throw new DriverFault('a ladder has no rungs', { retryable: false });
  return ladders;
}

function rungOver(
  { methods, together, ...facts }: DescribedRung,
  { capability, index: rung }: { readonly capability: Capability; readonly index: number },
  { run, takes }: RungWays,
): object {
  const missing = RUNG_METHODS[capability].filter((method) => !methods.includes(method));
  if (missing.length > 0) {
    throw new DriverFault(`The driver claims ${capability} and has no ${missing.join(', ')}.`, { retryable: false });
  }
  const over =
    (method: string) =>
    (...all: readonly unknown[]) => {
      const context = all.at(-1) as DriverContext;
      return run({ capability, rung, method, args: all.slice(0, -1) }, context);
    };
  return {
    ...facts,
    ...Object.fromEntries(RUNG_METHODS[capability].map((method) => [method, over(method)])),
    ...(together && capability === 'LED' ? { together: { takes, setLeds: over('setLeds') } } : {}),
  };
}

/** Each rung has the functions of its capability: `rungOver` saw to it. */
function areLadders(value: Partial<Record<Capability, readonly object[]>>): value is Ladders {
  return Object.values(value).every((ladder) => ladder.length > 0);
}
