import type { CallEventKind } from '@hookswitch/core';
import { byTime, type CallFact, hasId, isBeginning, isEnding, OVERTAKING_MS } from './call-fact.ts';
import { ANSWERS } from './derive-call.ts';
import { endOf } from './end-of.ts';
import { type CallFacts, fitsDirection, startOf } from './fact-groups.ts';

/** What a phone told, and the calls that were made of it. */
export interface Grouped {
  readonly groups: readonly CallFacts[];
  /** Facts that are in none of the groups. */
  readonly left: readonly CallFact[];
}

/** A call of a phone that names no calls, as far as it matters to which call a fact belongs. */
interface Story {
  readonly facts: CallFacts;
  readonly parties: ReadonlySet<string>;
  /** The phone's lines that the facts name; empty: one that names none. */
  readonly lines: ReadonlySet<string>;
  readonly startedAt: number;
  /** When its end came: the first one that the phone told, else the gateway's; infinite: none. */
  readonly endedAt: number;
  readonly isEndTold: boolean;
  /** When the first fact under another party came; null: it had one party all the time. */
  readonly changedAt: number | null;
}

/** All calls are told apart. */
const DECIDED: ReadonlySet<CallFacts> = new Set();

/**
 * The calls of which the facts do not decide what they are about: another way to tell the facts apart explains them as
 * well, or with one lost event more. Only calls whose facts name none of them: an identifier decides.
 */
export function undecided({ groups, left }: Grouped): ReadonlySet<CallFacts> {
  const stories = groups.filter((group) => !group.some(hasId)).map(read);
  if (stories.length === 0) return DECIDED;
  const doubtful = new Set<Story>();
  const doubt = (...some: readonly Story[]): void => {
    for (const story of some) doubtful.add(story);
  };
  for (const story of stories) {
    const others = stories.filter((other) => other !== story);
    if (isIrregular(story)) doubt(story);
    for (const fact of lateFacts(story)) doubt(...mixedUpBy([fact], others, fact.receivedAt));
    for (const other of others) if (mayShare(story, other) || mayBeItsEnd(story, other)) doubt(story, other);
    const { facts, startedAt, changedAt, isEndTold } = story;
    if (!facts.some(isBeginning)) {
      const hosts = mixedUpBy(facts, others, startedAt);
      if (hosts.length > 0) doubt(story, ...hosts);
    }
    if (changedAt === null) continue;
    const hosts = mixedUpBy(facts, others, changedAt);
    if (!isEndTold || hosts.length > 0 || !wasAnswered(facts, changedAt)) doubt(story, ...hosts);
  }
  for (const fact of left.filter((one) => !hasId(one))) {
    const { receivedAt, event } = fact;
    if (event.call.remote.number !== null) doubt(...mixedUpBy([fact], stories, receivedAt));
    else doubt(...stories.filter((story) => wasGoingOn(story, receivedAt)));
  }
  return new Set([...doubtful].map(({ facts }) => facts));
}

function read(facts: CallFacts): Story {
  const ordered = byTime(facts);
  const first = ordered.find(({ event }) => event.call.remote.number !== null)?.event.call.remote.number;
  const changed = ordered.find(({ event }) => event.call.remote.number !== null && event.call.remote.number !== first);
  const end = endOf(facts);
  return {
    facts,
    parties: new Set(facts.flatMap(({ event }) => event.call.remote.number ?? [])),
    lines: new Set(facts.map(({ event }) => event.call.local.number ?? '')),
    startedAt: startOf(facts),
    endedAt: end?.at ?? Number.POSITIVE_INFINITY,
    isEndTold: end !== null && !end.inferred,
    changedAt: changed?.receivedAt ?? null,
  };
}

/** What happens once in a call at most. */
const ONCE: ReadonlySet<CallEventKind> = new Set(['INCOMING', 'OUTGOING', 'CONNECTED', 'ANSWERED_WAITING']);

/** With these a call is answered. */
const ANSWERED: ReadonlySet<CallEventKind> = new Set(['CONNECTED', 'ANSWERED_WAITING']);

/**
 * A call ends once, and begins once: what comes again comes as a double, soon after. One that the gateway closed and that
 * goes on may be another one too. It is answered by one party: whoever has taken its place was there by then.
 */
function isIrregular(story: Story): boolean {
  const { facts, startedAt } = story;
  if (lateFacts(story).length > 0 || goesOn(facts)) return true;
  const began = facts.filter(isBeginning).map(({ receivedAt }) => receivedAt);
  if (began.length > 0 && Math.min(...began) > startedAt + OVERTAKING_MS) return true;
  const answered = facts.filter(({ event }) => ANSWERED.has(event.callEventKind));
  if (new Set(answered.flatMap(({ event }) => event.call.remote.number ?? [])).size > 1) return true;
  return [...ONCE].some((kind) => {
    const times = facts.filter(({ event }) => event.callEventKind === kind).map(({ receivedAt }) => receivedAt);
    return Math.max(...times) - Math.min(...times) > OVERTAKING_MS;
  });
}

function goesOn(facts: CallFacts): boolean {
  const closedAt = Math.min(
    ...facts
      .filter(({ inferred }) => inferred)
      .filter(isEnd)
      .map(({ receivedAt }) => receivedAt),
  );
  return facts.some((fact) => !fact.inferred && !isEnd(fact) && fact.receivedAt > closedAt + OVERTAKING_MS);
}

function isEnd({ event }: CallFact): boolean {
  return isEnding(event.callEventKind);
}

/** What comes so late behind the end may be about another call. */
function lateFacts({ facts, endedAt, isEndTold }: Story): readonly CallFact[] {
  return isEndTold ? facts.filter(({ receivedAt, inferred }) => !inferred && receivedAt > endedAt + OVERTAKING_MS) : [];
}

/** A call that rang may have ended silently: then what follows is another one, of which the beginning was lost. */
function wasAnswered(facts: CallFacts, at: number): boolean {
  return facts.some(({ event, receivedAt }) => receivedAt < at && ANSWERS.has(event.callEventKind));
}

/** Whether two calls had the same party so that a fact of one may be the other's. */
function mayShare(one: Story, other: Story): boolean {
  if (one.parties.isDisjointFrom(other.parties) || one.startedAt > other.startedAt) return false;
  if (one.lines.isDisjointFrom(other.lines)) return false;
  // The end that was never told may be the one that is taken to be the other's.
  if (!one.isEndTold) return one.endedAt + OVERTAKING_MS >= other.startedAt - OVERTAKING_MS;
  if (one.endedAt > other.startedAt) return true;
  const isBetween = ({ receivedAt }: CallFact): boolean =>
    receivedAt >= other.startedAt - OVERTAKING_MS && receivedAt <= one.endedAt + OVERTAKING_MS;
  const isInner = (fact: CallFact): boolean => !isBeginning(fact) && !isEnd(fact);
  return [...one.facts, ...other.facts].some((fact) => isInner(fact) && isBetween(fact));
}

/**
 * Whether the end that a call was told may be another one's, which nobody told to have got this one's party: an answered
 * call that was never heard of again, and that the gateway closed. While that one goes on, a phone that rang and tells
 * nothing when a call is rejected leaves it open too.
 */
function mayBeItsEnd({ facts, isEndTold, endedAt: at }: Story, other: Story): boolean {
  const ends = facts.filter((fact) => isEnd(fact) && !fact.inferred);
  if (!isEndTold || ends.some(({ event }) => event.callEventKind !== 'ENDED')) return false;
  if (other.isEndTold || !wasGoingOn(other, at) || !fits(other, ends) || !wasAnswered(other.facts, at)) return false;
  if (other.facts.some(({ receivedAt, inferred }) => !inferred && receivedAt > at + OVERTAKING_MS)) return false;
  const onlyRang = !wasAnswered(facts, at) && facts.some(({ event }) => event.callEventKind === 'INCOMING');
  return other.endedAt < Number.POSITIVE_INFINITY || onlyRang;
}

function wasGoingOn({ startedAt, endedAt }: Story, at: number): boolean {
  return startedAt <= at + OVERTAKING_MS && at - OVERTAKING_MS <= endedAt;
}

/**
 * The calls that a new party, told from then on by these facts, leaves undecided. One of which no end was told, or that may
 * have got that party, may have got another one instead: then any that went on at that time may have got this one.
 */
function mixedUpBy(facts: readonly CallFact[], stories: readonly Story[], at: number): readonly Story[] {
  const fitting = stories.filter((story) => fits(story, facts) && story.startedAt <= at + OVERTAKING_MS);
  const open = fitting.filter((story) => !story.isEndTold && wasGoingOn(story, at));
  return fitting.filter((story) => story.changedAt !== null || (open.length > 0 && wasGoingOn(story, at)));
}

/** Whether neither line nor direction says that facts are about another call. */
function fits(story: Story, facts: readonly CallFact[]): boolean {
  const lines = new Set([...story.lines, ...facts.map(({ event }) => event.call.local.number ?? '')]);
  lines.delete('');
  return lines.size <= 1 && facts.every(({ event }) => fitsDirection(story.facts, event.call.direction));
}
