import type { CallEvent, Driver } from '@hookswitch/core';
import { CallFact, type CallFactParts } from '../../../gateway/src/calls/call-fact.ts';
import { whyOver } from '../../../gateway/src/calls/close-rules.ts';
import { endingOf } from '../../../gateway/src/calls/compare-snapshot.ts';
import { conferencedEvents } from '../../../gateway/src/calls/conference.ts';
import { PhoneCalls } from '../../../gateway/src/calls/phone-calls.ts';
import { NO_SIGNS, readSign } from '../../../gateway/src/calls/phone-signs.ts';
import { expectationOf, joinedBy, type Witness } from '../../../gateway/src/commands/expectations.ts';
import type { Call, LoggedEvent } from '../../../gateway/src/model.ts';
import { type Arrival, reportsOf } from './reduce.ts';
import type { Trace } from './traces.ts';

const LIMITS = { ringMs: 180_000, callMs: 43_200_000 };
/** How often the rules are asked. */
const TICK_MS = 2_000;

/** What the gateway knows of a call at the end, in the words of a trace. */
export type PlayedCall = Omit<Call, 'id' | 'phoneId'> & {
  readonly answered: boolean;
  readonly held: boolean;
  readonly conferenced: boolean;
};

/**
 * Lets events arrive as time goes by, with the gateway's rules for calls that no event ends, and the clock going on for
 * `afterMs` after the last one.
 * @returns every call that there ever was, in the order in which they began
 */
export function play(
  driver: Driver,
  trace: Trace,
  { arrivals, afterMs }: { readonly arrivals: readonly Arrival[]; readonly afterMs: number },
): readonly PlayedCall[] {
  const phone = new PhoneCalls('phone');
  const ever = new Map<string, Call>();
  const held = new Set<string>();
  let signs = NO_SIGNS;
  let sequence = 0;
  const take = (told: Omit<CallFactParts, 'sequence'>): void => {
    sequence += 1;
    for (const call of phone.apply(new CallFact({ ...told, sequence })).calls) {
      ever.set(call.id, call);
      if (call.state === 'HELD') held.add(call.id);
    }
  };
  const closeAt = (now: number): void => {
    const open = phone.calls.filter(({ state }) => state !== 'ENDED');
    for (const call of open) {
      const others = open.filter((other) => other !== call);
      const heardAt = phone.heardAt(call.id) ?? call.startedAt;
      if (whyOver({ call, heardAt }, others, { signs, now, limits: LIMITS }) === null) continue;
      take({ receivedAt: now, event: endingOf(call), inferred: true });
    }
  };
  let tick = 0;
  const passUntil = (time: number): void => {
    for (; tick < time && phone.calls.some(({ state }) => state !== 'ENDED'); tick += TICK_MS) closeAt(tick);
    tick = Math.max(tick, time);
  };
  const open = (): readonly Call[] => phone.calls.filter(({ state }) => state !== 'ENDED');
  let command: ReturnType<typeof conference> | null = null;
  for (const arrival of arrivals) {
    const { at } = arrival;
    passUntil(at);
    if ('command' in arrival.event) command = conference(open(), at);
    for (const { report } of reportsOf(driver, trace, [arrival])) {
      const { event, ongoingCalls = null } = report;
      if (event.type === 'CALL') take({ receivedAt: at, event, inferred: false });
      const call = phone.callOf(event.type === 'CALL' ? sequence : 0);
      const logged: LoggedEvent = { sequence, phoneId: 'phone', vendor: driver.vendor, receivedAt: at, ...report };
      signs = readSign(signs, { event: logged, ongoingCalls, call });
      const witness = { event, wasAsked: false, callId: call?.id ?? null, calls: open() };
      for (const joined of command?.confirmedBy(witness, at) ?? [])
        take({ receivedAt: at, event: joined, inferred: true });
    }
  }
  if (afterMs > 0) passUntil((arrivals.at(-1)?.at ?? 0) + afterMs);
  const began = [...ever.values()].sort((a, b) => a.startedAt - b.startedAt);
  return began.map((call) => {
    const { id, phoneId, consultationForId, ...rest } = call;
    const consultationFor = began.findIndex((other) => other.id === consultationForId);
    return {
      ...rest,
      consultationForId,
      answered: call.answeredAt !== null,
      held: held.has(id),
      conferenced: call.conferencedWithIds !== null && call.conferencedWithIds.length === began.length - 1,
      ...(consultationFor === -1 ? {} : { consultationFor }),
    };
  });
}

/** The gateway's own command, and what it takes down where an event proves it. */
function conference(calls: readonly Call[], at: number) {
  const resolved = { name: 'conference', command: {}, callId: null } as const;
  const expectation = expectationOf({ resolved, calls, meant: null });
  let isOpen = true;
  return {
    confirmedBy(witness: Witness, now: number): readonly CallEvent[] {
      if (!isOpen || expectation === null || now > at + expectation.windowMs) return [];
      if (expectation.testimony(witness) !== 'PROVES') return [];
      isOpen = false;
      return conferencedEvents(joinedBy({ resolved, calls }));
    },
  };
}
