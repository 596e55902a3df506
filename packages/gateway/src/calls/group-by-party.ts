import { byTime, type CallFact, DELAY_MS, isBeginning, isEnding, OVERTAKING_MS } from './call-fact.ts';
import { endOf } from './end-of.ts';
import { distance, fitsDirection, startOf } from './fact-groups.ts';

type Group = readonly CallFact[];

/**
 * Groups what has no identifier by party and line, and by time; two calls of one party at once have different directions.
 * A group without a beginning is told of a call whose party has changed, where there is one of which that may be so; where
 * there are several nobody can tell, and it is none of its own as long as that is so.
 */
export function groupByParty(facts: Group): readonly Group[] {
  const groups = split(facts, ({ event }) => event.call.remote.number)
    .flatMap((sameParty) => split(sameParty, ({ event }) => event.call.local.number))
    .flatMap(splitCalls)
    .flatMap(splitDirections);
  return joinChangedParties(groups);
}

/** Parts by what the facts say; those that say nothing of it belong to the part of which they could be anyway. */
function split(facts: Group, key: (fact: CallFact) => string | null): readonly CallFact[][] {
  const values = [...new Set(facts.map(key))].filter((value) => value !== null).sort();
  if (values.length <= 1) return [[...facts]];
  return values.map((value, index) =>
    facts.filter((fact) => key(fact) === value || (index === 0 && key(fact) === null)),
  );
}

/**
 * Calls with one party. A beginning is the next call's where it comes too late behind an end to be this call's, or where
 * this call has had its own: it may come twice, but not far apart. What comes that late behind an end that the phone told
 * is about another call too: one that began under another party. Not every end is told: what the gateway ends by itself
 * is the oldest call that goes on.
 */
function splitCalls(facts: Group): readonly CallFact[][] {
  const parts: CallFact[][] = [];
  for (const fact of byTime(facts)) {
    const part = parts.at(-1);
    if (part === undefined) parts.push([fact]);
    else if (isBeginning(fact) && isNext(part, fact)) parts.push([...takeEarly(part, fact), fact]);
    else if (isLongOver(part, fact)) parts.push([fact]);
    else if (fact.inferred && isEnd(fact)) (parts.find((one) => !one.some(isEnd)) ?? part).push(fact);
    else part.push(fact);
  }
  return parts;
}

function isEnd({ event }: CallFact): boolean {
  return isEnding(event.callEventKind);
}

function isLongOver(part: Group, { receivedAt, inferred, event }: CallFact): boolean {
  const end = part.findLast((fact) => isEnd(fact) && !fact.inferred);
  const isNew = !inferred && !isEnding(event.callEventKind);
  return isNew && end !== undefined && receivedAt > end.receivedAt + DELAY_MS;
}

function isNext(part: Group, { receivedAt, event }: CallFact): boolean {
  const end = part.findLast(isEnd);
  if (end !== undefined && receivedAt > end.receivedAt + (end.inferred ? 0 : OVERTAKING_MS)) return true;
  if (!part.some(isBeginning)) return receivedAt > startOf(part) + DELAY_MS;
  const began = part.findLast(({ event: { callEventKind } }) => callEventKind === event.callEventKind);
  return began !== undefined && receivedAt > began.receivedAt + (end === undefined ? DELAY_MS : OVERTAKING_MS);
}

/** Takes what a call was told of before its beginning came: what is long behind the end of the call before. */
function takeEarly(part: CallFact[], { receivedAt }: CallFact): readonly CallFact[] {
  const end = part.find(isEnd)?.receivedAt ?? receivedAt;
  const isEarly = (fact: CallFact): boolean =>
    !isBeginning(fact) && fact.receivedAt > end + OVERTAKING_MS && fact.receivedAt >= receivedAt - OVERTAKING_MS;
  const early = part.filter(isEarly);
  part.splice(0, part.length, ...part.filter((fact) => !isEarly(fact)));
  return early;
}

/** Facts that tell no direction are about the call that there was at their time; of several about the newest. */
function splitDirections(facts: Group): readonly CallFact[][] {
  const directions = [...new Set(facts.map(({ event }) => event.call.direction))].filter((one) => one !== null);
  if (directions.length <= 1) return [[...facts]];
  const groups = directions.map((one) => facts.filter(({ event }) => event.call.direction === one));
  for (const fact of byTime(facts.filter(({ event }) => event.call.direction === null))) {
    const [home] = groups.toSorted((a, b) => distance(a, fact) - distance(b, fact) || startOf(b) - startOf(a));
    home?.push(fact);
  }
  return groups;
}

/**
 * A call that is transferred has another party from then on. The call of a group without a beginning is the one that was
 * there by then and of which nothing was told since under the old party, if it is the only one.
 */
function joinChangedParties(groups: readonly Group[]): readonly Group[] {
  const whole = groups.filter((group) => group.some(isBeginning)).map((group) => [...group]);
  const rest = groups.filter((group) => !group.some(isBeginning));
  const own: Group[] = [];
  for (const group of rest.toSorted((a, b) => startOf(a) - startOf(b))) {
    const [host, ...others] = whole.filter((one) => mayHaveBecome(one, group));
    if (host === undefined) own.push(group);
    else if (others.length === 0) host.push(...group);
  }
  return [...whole, ...own];
}

function mayHaveBecome(call: Group, group: Group): boolean {
  const start = startOf(group);
  const end = endOf(call);
  const isOpen = end === null || (end.inferred && end.at >= start);
  const isSilent = call.every(({ receivedAt, inferred }) => inferred || receivedAt <= start + OVERTAKING_MS);
  const lines = new Set([...call, ...group].map(({ event }) => event.call.local.number ?? ''));
  lines.delete('');
  const fits = group.every(({ event }) => fitsDirection(call, event.call.direction));
  return isOpen && isSilent && fits && lines.size <= 1 && startOf(call) <= start;
}
