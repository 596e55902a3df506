import type { ChallengeFault } from './digest/authenticator.ts';
import type { SipResponse } from './message/types.ts';
import type { Endpoint, NotSentReason } from './transport/types.ts';

/** A final response came. */
export interface SipAnswered {
  readonly kind: 'answered';
  readonly response: SipResponse;
  /** Of the response, 200 to 699. */
  readonly status: number;
  /** Set with 401 and 407: why the challenge was not answered, or not answered again. */
  readonly challenge: ChallengeFault | null;
  /** Where the request was sent. */
  readonly remote: Endpoint;
}

/** It did not reach the peer, so the peer has done nothing. */
export interface SipNotSent {
  readonly kind: 'not-sent';
  readonly reason: NotSentReason;
  /** For people who search for a fault. */
  readonly detail: string;
}

/** It was sent and no final response came: the peer may have acted, and sending it anew may act twice. */
export interface SipLost {
  readonly kind: 'lost';
  /** `TIMEOUT`: timer B or F, or the caller's time. `CONNECTION`: the connection ended, or the network failed. */
  readonly reason: 'TIMEOUT' | 'CONNECTION';
  /** The status of the last provisional response: with one the peer has the request. Null: none came. */
  readonly provisional: number | null;
}

/** The caller's signal aborted. */
export interface SipAborted {
  readonly kind: 'aborted';
  /** Whether it may have reached the peer. */
  readonly sent: boolean;
}

/** What became of a request. */
export type SipOutcome = SipAnswered | SipNotSent | SipLost | SipAborted;
