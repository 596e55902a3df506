import { type CallLeg, VirtualExchange } from '@hookswitch/driver-kit/virtual';

/** A call at one phone, as it truly was. */
export interface TrueCall {
  readonly leg: CallLeg;
  /** Everybody who was at its far end, in the order of time: transfers and forwarding change it. */
  readonly parties: readonly string[];
}

/** An exchange, and everything that ever happened at it. */
export interface Witness {
  readonly exchange: VirtualExchange;
  /** Every end of every call, oldest first. */
  readonly calls: readonly TrueCall[];
  /** How often a number was called or a call was sent on to it. */
  timesReached(number: string): number;
}

/** Nobody lets it ring for longer. */
const RING_TIMEOUT_MS = 30_000;

/** Opens an exchange that is watched from the start. */
export function openWitnessedExchange(callIds: 'shared' | 'perLeg'): Witness {
  const calls: { readonly leg: CallLeg; readonly parties: string[] }[] = [];
  const byLeg = new Map<string, string[]>();
  const reached = new Map<string, number>();
  const exchange = new VirtualExchange({
    callIds,
    ringTimeoutMs: RING_TIMEOUT_MS,
    onLeg(leg) {
      const parties = [leg.remote.number];
      calls.push({ leg, parties });
      byLeg.set(`${leg.local.number}/${leg.id}`, parties);
    },
  });
  const legs = new Map<string, CallLeg>();
  exchange.events.onEntry(({ number, event, legId }) => {
    if (event === 'onForwarded') reached.set(number, (reached.get(number) ?? 0) + 1);
    const name = `${number}/${legId}`;
    const leg =
      legs.get(name) ?? calls.findLast((call) => call.leg.id === legId && call.leg.local.number === number)?.leg;
    if (leg === undefined) return;
    legs.set(name, leg);
    const parties = byLeg.get(name);
    if (parties !== undefined && parties.at(-1) !== leg.remote.number) parties.push(leg.remote.number);
  });
  return { exchange, calls, timesReached: (number) => reached.get(number) ?? 0 };
}
