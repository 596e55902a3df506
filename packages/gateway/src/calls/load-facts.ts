import type { LoggedEvent } from '../model.ts';
import type { CallStore, EventLog } from '../store/ports.ts';
import { CallFact } from './call-fact.ts';

/** Events that are read at once: as JSON some megabytes. */
const PAGE = 5_000;

/**
 * What the log tells of these calls, each in the log's order. The log is gone through once, whatever their number: after a crash tens of
 * thousands may be asked for.
 * @returns by the call's id; a call of which no event is left is not in it
 */
export async function loadFacts(
  callIds: readonly string[],
  { store, log }: { readonly store: Pick<CallStore, 'eventCalls'>; readonly log: Pick<EventLog, 'at'> },
): Promise<ReadonlyMap<string, readonly CallFact[]>> {
  const callOf = new Map<number, string>();
  for await (const page of store.eventCalls(callIds)) {
    for (const { sequence, callId } of page) callOf.set(sequence, callId);
  }
  const places = [...callOf.keys()].sort((left, right) => left - right);
  const facts = new Map<string, CallFact[]>();
  for (let from = 0; from < places.length; from += PAGE) {
    for (const event of await log.at(places.slice(from, from + PAGE))) {
      const callId = callOf.get(event.sequence) ?? '';
      const told = facts.get(callId);
      if (told === undefined) facts.set(callId, [...factsOf(event)]);
      else told.push(...factsOf(event));
    }
  }
  return facts;
}

/** What an event tells of a call; empty: it tells of none. */
export function factsOf({ sequence, receivedAt, vendorEvent, event }: LoggedEvent): readonly CallFact[] {
  return event.type === 'CALL' ? [new CallFact({ sequence, receivedAt, event, inferred: vendorEvent === null })] : [];
}
