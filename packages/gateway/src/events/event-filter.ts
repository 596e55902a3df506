import type { LoggedEvent } from '../model.ts';
import type { EventQuery } from '../store/ports.ts';

/** Whether an event is one that a filter lets through. The log answers the same question in its own language. */
export function matchesEvent(filter: EventQuery, { phoneId, vendor, event }: LoggedEvent): boolean {
  const { phoneIds, vendors, types, callEventKinds } = filter;
  return (
    (phoneIds === undefined || phoneIds.includes(phoneId)) &&
    (vendors === undefined || vendors.includes(vendor)) &&
    (types === undefined || types.includes(event.type)) &&
    (callEventKinds === undefined || event.type !== 'CALL' || callEventKinds.includes(event.callEventKind))
  );
}
