import type { CallEvent, JoinedCall } from '@hookswitch/core';
import type { Call } from '../model.ts';
import type { CallFact } from './call-fact.ts';
import { type CallFacts, distance, startOf } from './fact-groups.ts';

/** Calls that facts tell were joined, each with the others of its conferences. A function of the set of facts. */
export function joinedGroups<One extends { readonly facts: CallFacts }>(
  calls: readonly One[],
): ReadonlyMap<One, readonly One[]> {
  const joined = new Map<One, Set<One>>();
  const join = (one: One, other: One): void => {
    joined.set(one, (joined.get(one) ?? new Set()).add(other));
  };
  for (const one of calls) {
    for (const fact of one.facts) {
      for (const named of fact.event.call.conferencedWith ?? []) {
        const other = find(
          calls.filter((call) => call !== one),
          { named, fact },
        );
        if (other === undefined) continue;
        join(one, other);
        join(other, one);
      }
    }
  }
  return new Map([...joined].map(([one, others]) => [one, calls.filter((call) => others.has(call))]));
}

/** An identifier may be used again, and a party may call again: the call that there was at the time. */
function find<One extends { readonly facts: CallFacts }>(
  calls: readonly One[],
  { named, fact }: { readonly named: JoinedCall; readonly fact: CallFact },
): One | undefined {
  return calls
    .filter(({ facts }) => facts.some(({ event }) => isNamed(event, named)))
    .sort((a, b) => distance(a.facts, fact) - distance(b.facts, fact) || startOf(b.facts) - startOf(a.facts))[0];
}

function isNamed({ call }: CallEvent, { vendorIds, remote }: JoinedCall): boolean {
  const ids = Object.entries(vendorIds).filter(([, value]) => value !== '');
  if (ids.length > 0) return ids.some(([name, value]) => call.vendorIds[name] === value);
  return remote.number !== null && call.remote.number === remote.number;
}

/** The events that say of calls that they were joined to one conference. */
export function conferencedEvents(calls: readonly Call[]): readonly CallEvent[] {
  if (calls.length < 2) return [];
  return calls.map(({ id, vendorIds, direction, remote, local }) => ({
    type: 'CALL',
    callEventKind: 'CONFERENCED',
    callState: 'CONNECTED',
    call: {
      vendorIds,
      direction,
      remote,
      local,
      target: null,
      conferencedWith: calls
        .filter((other) => other.id !== id)
        .map((other) => ({ vendorIds: other.vendorIds, remote: other.remote })),
    },
  }));
}
