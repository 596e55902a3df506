import type { CallEvent, CallEventKind } from '@hookswitch/core';
import type { Call, Instant } from '../model.ts';
import { isEnding } from './derive-call.ts';

/** A call ended so recently that late events may still belong to it. */
export const LATE_EVENT_MS = 10_000;

const BEGINNINGS: ReadonlySet<CallEventKind> = new Set(['INCOMING', 'OUTGOING']);

/**
 * Which of a phone's calls an event belongs to.
 * @param calls the phone's calls that have not ended or ended lately, oldest first
 * @returns `new` where it begins a call of its own; null where no call can be told
 */
export function correlate(calls: readonly Call[], event: CallEvent, receivedAt: Instant): Call | 'new' | null {
  const kind = event.callEventKind;
  if (kind === 'SCREENING_REQUESTED') return null;
  const near = calls.filter((call) => call.endedAt === null || receivedAt - call.endedAt <= LATE_EVENT_MS);
  const same = near.filter((call) => sharesId(call, event)).at(-1);
  if (same !== undefined) return same;
  const strangers = near.filter((call) => !contradictsId(call, event));
  const open = strangers.filter(({ state }) => state !== 'ENDED');
  if (BEGINNINGS.has(kind)) return open.find((call) => begunOtherwise(call, event)) ?? 'new';
  const likely = open.filter((call) => sameParty(call, event));
  const found = likely.at(-1) ?? (open.length === 1 && event.call.remote.number === null ? open[0] : undefined);
  if (found !== undefined) return found;
  if (isEnding(kind))
    return strangers.filter((call) => sameParty(call, event)).at(-1) ?? (tellsCall(event) ? 'new' : null);
  return tellsCall(event) ? 'new' : null;
}

function sharesId(call: Call, { call: { vendorIds } }: CallEvent): boolean {
  return Object.entries(vendorIds).some(([name, value]) => value !== '' && call.vendorIds[name] === value);
}

/** Both name themselves in the same way and differently: they are two calls. */
function contradictsId(call: Call, { call: { vendorIds } }: CallEvent): boolean {
  return Object.entries(vendorIds).some(
    ([name, value]) => value !== '' && call.vendorIds[name] !== undefined && call.vendorIds[name] !== value,
  );
}

/** A call known only by a later event, whose beginning arrives now; or one whose beginning is told twice. */
function begunOtherwise(call: Call, event: CallEvent): boolean {
  const unanswered = call.state === 'RINGING' || call.state === 'DIALING';
  return (call.direction === null || unanswered) && sameParty(call, event);
}

function sameParty(call: Call, { call: { remote, direction } }: CallEvent): boolean {
  if (remote.number === null || call.remote.number !== remote.number) return false;
  return direction === null || call.direction === null || direction === call.direction;
}

function tellsCall({ call: { vendorIds, remote } }: CallEvent): boolean {
  return remote.number !== null || Object.values(vendorIds).some((value) => value !== '');
}
