import type { EndReason } from '@hookswitch/driver-kit/virtual';
import type { ActionUrlEvent } from './action-url-events.table.ts';

/**
 * What fires when a call ends. The administrator guide gives each kind of end its own event, and none fires
 * `call_terminated` besides.
 */
export const CALL_END_EVENTS: Readonly<Record<EndReason, readonly ActionUrlEvent[]>> = {
  hungUp: ['call_terminated'],
  remoteHungUp: ['call_terminated'],
  // "cancels the outgoing call in the ring-back state"; the guide has no event for one cancelled before that.
  cancelled: ['cancel_callout'],
  // "the remote party cancels … in the ringing state"; to the person who was called it is a missed call as well.
  remoteCancelled: ['call_remote_canceled', 'missed_call'],
  rejected: ['reject_incoming_call'],
  remoteRejected: ['remote_busy'],
  busy: ['remote_busy'],
  notFound: ['remote_busy'],
  missed: ['missed_call'],
  // The guide has no event for a far end that never answers; the call ends as any other.
  noAnswer: ['call_terminated'],
  // forward_incoming_call has fired already.
  deflected: [],
  // transfer_finished has fired already; the transferor's own call is over.
  transferred: ['call_terminated'],
  disconnected: [],
};
