import { byRank, type CallFact, DELAY_MS, hasId, isBeginning, nameOf } from './call-fact.ts';
import { type CallFacts, distance, fitsDirection, splitByTime, startOf } from './fact-groups.ts';
import { groupByParty } from './group-by-party.ts';

export type { CallFacts } from './fact-groups.ts';

/** After such a pause the identifier of a call that is over may be used again: phones that restart count from the beginning. */
const REUSE_MS = 60_000;

/**
 * Tells the calls of one phone apart: by the vendor's identifiers; without these by line, party and time. A function of
 * the set of facts: in which order they are given counts for nothing, and neither does a delay of up to
 * {@link DELAY_MS} (nor any other of facts that bring an identifier).
 */
export function groupFacts(facts: readonly CallFact[]): readonly CallFacts[] {
  const told = facts.filter(({ event }) => event.callEventKind !== 'SCREENING_REQUESTED');
  const named = joinAliases(groupById(told.filter(hasId)));
  const nameless = told.filter((fact) => !hasId(fact));
  if (nameless.length === 0)
    return named.flatMap(([first, ...rest]) => (first === undefined ? [] : [[first, ...rest] as const]));
  const [withParty, faceless] = [nameless.filter(hasParty), nameless.filter((fact) => !hasParty(fact))];
  const groups: Groups = new Map(named.map((group) => [group, [...group]]));
  const strangers = withParty.filter(
    (fact) => !place(fact, groups, { fits: (group) => mayBelong(group, fact), withinMs: DELAY_MS }),
  );
  for (const group of groupByParty(strangers)) groups.set(group, [...group]);
  const known = new Map(groups);
  const lonely = faceless.filter((fact) => !placeByDefault(fact, known, groups));
  for (const group of splitByTime(lonely, DELAY_MS)) if (group.some(isBeginning)) groups.set(group, group);
  return [...groups.values()].flatMap(([first, ...rest]) => (first === undefined ? [] : [[first, ...rest] as const]));
}

type Groups = Map<readonly CallFact[], CallFact[]>;

function hasParty({ event }: CallFact): boolean {
  return event.call.remote.number !== null;
}

/**
 * Facts by the identifier that their phone names first, where its events bring several: the second of two calls may share
 * the others (a Call-ID of a call that comes back). What lacks it goes by the others.
 */
function groupById(facts: readonly CallFact[]): readonly (readonly CallFact[])[] {
  const several = facts.find((fact) => fact.ids.length > 1);
  if (several === undefined) return joinByIds(facts);
  const [best = null] = namesOf([several]);
  const lead = (fact: CallFact) => fact.ids.find((id) => nameOf(id) === best) ?? null;
  const led = Map.groupBy(facts, lead);
  const rest = led.get(null) ?? [];
  led.delete(null);
  const groups: Groups = new Map(
    [...led.values()].flatMap((group) => splitByTime(group, REUSE_MS)).map((group) => [group, [...group]]),
  );
  const idsIn = new Map([...groups.keys()].map((group) => [group, new Set(group.flatMap(({ ids }) => ids))]));
  const shares = (fact: CallFact) => (group: readonly CallFact[]) => fact.ids.some((id) => idsIn.get(group)?.has(id));
  const strays = rest.filter(
    (fact) => !place(fact, groups, { fits: shares(fact), withinMs: Number.POSITIVE_INFINITY }),
  );
  return [...groups.values(), ...joinByIds(strays)];
}

/** Joins facts that share an identifier, directly or by way of others. */
function joinByIds(facts: readonly CallFact[]): readonly CallFact[][] {
  const groupOf = new Map<string, { readonly facts: CallFact[]; readonly ids: string[] }>();
  for (const fact of facts) {
    const ids = fact.ids;
    const known = ids.map((id) => groupOf.get(id)).find((group) => group !== undefined);
    const home = known ?? { facts: [], ids: [] };
    for (const id of ids) {
      const other = groupOf.get(id);
      if (other === home) continue;
      home.facts.push(...(other?.facts ?? []));
      for (const one of other?.ids ?? [id]) {
        home.ids.push(one);
        groupOf.set(one, home);
      }
    }
    home.facts.push(fact);
  }
  return [...new Set(groupOf.values())].flatMap((group) => splitByTime(group.facts, REUSE_MS));
}

/** Joins groups that name themselves in different ways and are about the same party at the same time. */
function joinAliases(groups: readonly (readonly CallFact[])[]): readonly CallFact[][] {
  const ordered = [...groups].sort(byStart);
  // Two that both have an identifier of the same name are two calls, since it did not join them.
  const [common] = namesOf(ordered[0] ?? []);
  if (ordered.every((group) => group.some((fact) => fact.ids.some((id) => nameOf(id) === common)))) {
    return ordered.map((group) => [...group]);
  }
  const joined: { readonly facts: CallFact[]; names: ReadonlySet<string> }[] = [];
  for (const group of ordered) {
    const names = namesOf(group);
    const strange = joined.filter((other) => other.names.isDisjointFrom(names));
    const [lead] = strange.length === 0 ? [] : byRank(group);
    const home = strange.find(
      ({ facts }) => lead !== undefined && mayBelong(facts, lead) && distance(facts, lead) === 0,
    );
    if (home === undefined) joined.push({ facts: [...group], names });
    else {
      home.facts.push(...group);
      home.names = home.names.union(names);
    }
  }
  return joined.map(({ facts }) => facts);
}

function namesOf(facts: readonly CallFact[]): ReadonlySet<string> {
  return new Set(facts.flatMap((fact) => fact.ids.map(nameOf)));
}

/** Adds a fact to the group that it is nearest to in time. */
function place(
  fact: CallFact,
  groups: Groups,
  { fits, withinMs }: { readonly fits: (group: readonly CallFact[]) => boolean; readonly withinMs: number },
): boolean {
  const [home] = [...groups.keys()]
    .filter((group) => fits(group) && distance(group, fact) <= withinMs)
    .sort((a, b) => distance(a, fact) - distance(b, fact) || byStart(b, a));
  if (home === undefined) return false;
  groups.get(home)?.push(fact);
  return true;
}

/** What tells neither an identifier nor a party is about the only call that there was at its time. */
function placeByDefault(fact: CallFact, known: Groups, groups: Groups): boolean {
  const [only, ...others] = [...known.keys()].filter(
    (group) => distance(group, fact) <= DELAY_MS && fitsDirection(group, fact.event.call.direction),
  );
  if (only === undefined) return false;
  // One of several: nobody can tell, and it begins none of its own.
  if (others.length === 0) groups.get(only)?.push(fact);
  return true;
}

/** Same party, and neither line nor direction says otherwise. */
function mayBelong(group: readonly CallFact[], fact: CallFact): boolean {
  const { remote, local, direction } = fact.event.call;
  if (!group.some(({ event }) => event.call.remote.number === remote.number)) return false;
  const lines = group.flatMap(({ event }) => event.call.local.number ?? []);
  const isOtherLine = local.number !== null && lines.length > 0 && !lines.includes(local.number);
  return !isOtherLine && fitsDirection(group, direction);
}

function byStart(a: readonly CallFact[], b: readonly CallFact[]): number {
  return startOf(a) - startOf(b) || (keyOf(a) < keyOf(b) ? -1 : 1);
}

function keyOf(group: readonly CallFact[]): string {
  return JSON.stringify(byRank(group)[0]?.event.call ?? null);
}
