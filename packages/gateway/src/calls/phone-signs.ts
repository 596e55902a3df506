import type { Call, Instant, LoggedEvent } from '../model.ts';

/** What a phone's events tell of all of its calls at once. Times are those of the newest such event; null: none came. */
export interface PhoneSigns {
  /** The phone said that it has no call. */
  readonly idleAt: Instant | null;
  /** The phone said that it has one again. */
  readonly busyAt: Instant | null;
  /** The phone has started: it has none of the calls from before. */
  readonly startedAt: Instant | null;
  /** The phone counted one call, this one. */
  readonly only: { readonly callId: string; readonly at: Instant } | null;
  /** Whether a second call may come in during a call; null: it never said. */
  readonly callWaiting: boolean | null;
}

/** Of a phone that has told nothing. */
export const NO_SIGNS: PhoneSigns = { idleAt: null, busyAt: null, startedAt: null, only: null, callWaiting: null };

/** An event and what came with it. */
export interface Sign {
  readonly event: LoggedEvent;
  /** How many calls the phone says it has; null: it does not say. */
  readonly ongoingCalls: number | null;
  /** The call that the event is about. */
  readonly call: Call | null;
}

/** The signs with one more event. */
export function readSign(
  signs: PhoneSigns,
  { event: { event, receivedAt: at }, ongoingCalls, call }: Sign,
): PhoneSigns {
  if (event.type === 'FEATURE' && event.feature === 'CALL_WAITING') return { ...signs, callWaiting: event.enabled };
  if (event.type === 'DEVICE') {
    if (event.deviceEventKind === 'IDLE') return { ...signs, idleAt: at };
    if (event.deviceEventKind === 'BUSY') return { ...signs, busyAt: at };
    if (event.deviceEventKind === 'STARTED') return { ...signs, startedAt: at };
  }
  if (ongoingCalls === 0) return { ...signs, idleAt: at };
  const goesOn = call !== null && (call.state !== 'ENDED' || (call.endedAt ?? at) > at);
  if (ongoingCalls === 1 && goesOn) return { ...signs, only: { callId: call.id, at } };
  return signs;
}
