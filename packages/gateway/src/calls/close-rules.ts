import type { Call, Instant } from '../model.ts';
import { OVERTAKING_MS } from './call-fact.ts';
import type { PhoneSigns } from './phone-signs.ts';

/** Why the gateway closed a call that no event ended. */
export type CloseReason = 'STARTED' | 'IDLE' | 'COUNTED' | 'REPLACED' | 'RING_LIMIT' | 'CALL_LIMIT' | 'SNAPSHOT';

/** When a call that no event ends is taken to be over, in milliseconds. */
export interface CloseLimits {
  /** A call that rings or is dialled for longer. */
  readonly ringMs: number;
  /** Any call. */
  readonly callMs: number;
}

/** An open call with what else is known of it. */
export interface OpenCall {
  readonly call: Call;
  /** When the phone last reported on it. */
  readonly heardAt: Instant;
}

/** So long events that are under way may still say otherwise. */
const SETTLE_MS = 5_000;

/**
 * Why an open call is over though its phone has not said so: the phone has started since, or said that it has no call, or
 * counts another one alone, or takes one at a time and another one came in; or it lasts longer than any. Null: as far as is
 * known, it goes on. A pure function.
 * @param others the phone's other open calls
 */
export function whyOver(
  { call, heardAt }: OpenCall,
  others: readonly Call[],
  { signs, now, limits }: { readonly signs: PhoneSigns; readonly now: Instant; readonly limits: CloseLimits },
): CloseReason | null {
  const unanswered = call.state === 'RINGING' || call.state === 'DIALING';
  const since = (at: Instant | null): boolean => at !== null && call.startedAt <= at && heardAt <= at + OVERTAKING_MS;
  const settled = (at: Instant | null): boolean => at !== null && now - at >= SETTLE_MS;
  if (since(signs.startedAt)) return 'STARTED';
  const isBusyAgain = (signs.busyAt ?? Number.NEGATIVE_INFINITY) >= (signs.idleAt ?? 0);
  if (since(signs.idleAt) && settled(signs.idleAt) && !isBusyAgain) return 'IDLE';
  const { only } = signs;
  // What was under way with its count may have been told before this call began.
  const isOlder = only !== null && call.startedAt + OVERTAKING_MS <= only.at;
  const counted = isOlder && only.callId !== call.id && since(only.at) && settled(only.at);
  // Whether a phone counts the call that it reports on is documented nowhere: what is being talked on is not closed by it.
  if (unanswered && counted) return 'COUNTED';
  if (signs.callWaiting === false && others.some((other) => replaces(other, call) && settled(other.startedAt))) {
    return 'REPLACED';
  }
  if (unanswered && now - call.startedAt > limits.ringMs) return 'RING_LIMIT';
  if (now - call.startedAt > limits.callMs) return 'CALL_LIMIT';
  return null;
}

function replaces(newer: Call, older: Call): boolean {
  return newer.direction === 'INCOMING' && newer.startedAt > older.startedAt + OVERTAKING_MS;
}
