import type { HttpFaults } from './http-faults.ts';
import type { Delivery, RecordedRequest, VirtualReply } from './http-message.ts';

type Countdown = 'dropReplyAfterActing' | 'malformedReply' | 'truncatedReply' | 'unavailable';

/** Whether the fault hits this request; if so, one less is to come. */
const takes = (faults: HttpFaults, name: Countdown): boolean => {
  if (faults[name] <= 0) return false;
  faults[name] -= 1;
  return true;
};

const without = (delivery: Delivery): VirtualReply => ({ status: 200, delivery });

/**
 * What a phone that takes one request at a time needs for it at least. Answered in no time, two requests sent at once
 * would mostly miss each other, and the client's mistake would show only now and then.
 */
const LEAST_WORK_MS = 5;

/** Milliseconds that the phone is busy with a request before its reply leaves. */
export const workMs = ({ slowMs, oneRequestAtATime }: HttpFaults): number =>
  Math.max(slowMs, oneRequestAtATime ? LEAST_WORK_MS : 0);

/** The reply to a request on which the phone does not act, or `undefined` if it acts. */
export const faultInsteadOfActing = (faults: HttpFaults, request: RecordedRequest): VirtualReply | undefined => {
  if (faults.dead) return without('never');
  if (faults.oneRequestAtATime && request.inFlight > 0) return without('truncated');
  if (faults.redirectToHttps !== undefined) {
    return { status: 307, headers: { Location: `${faults.redirectToHttps}${request.target}` } };
  }
  return takes(faults, 'unavailable') ? { status: 503 } : undefined;
};

/** How the reply to a request that was acted on leaves, or `undefined` if no fault touches it. */
export const faultyDelivery = (faults: HttpFaults, request: RecordedRequest): Delivery | undefined => {
  if (takes(faults, 'dropReplyAfterActing')) return 'empty';
  if (takes(faults, 'malformedReply')) return 'malformed';
  if (takes(faults, 'truncatedReply')) return 'truncated';
  return lacksKeepAlive(faults, request) ? 'empty' : undefined;
};

const lacksKeepAlive = (faults: HttpFaults, request: RecordedRequest): boolean => {
  const rule = faults.emptyReplyWithoutKeepAlive;
  const applies = typeof rule === 'function' ? rule(request) : rule;
  return applies && !/\bkeep-alive\b/i.test(request.headers.connection ?? '');
};
