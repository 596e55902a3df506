import type { ParseFaultCode } from './message/types.ts';

/** What a user agent has seen since it began, and what it holds now. */
export interface SipStatistics {
  /** Messages that were received: well-formed requests and responses, and what was neither. */
  readonly received: { readonly requests: number; readonly responses: number; readonly malformed: number };
  /** What was malformed, by the fault. */
  readonly faults: Readonly<Partial<Record<ParseFaultCode | 'STREAM', number>>>;
  /** Well-formed messages that were dropped. */
  readonly dropped: {
    /** Responses of no transaction: late ones, or made up. */
    readonly strayResponses: number;
    /** Requests beyond the number of transactions that are held at a time. */
    readonly overload: number;
  };
  /** Requests that came again and were answered from their transaction, or absorbed. */
  readonly retransmissions: number;
  /** Responses that could not be sent. */
  readonly unsentResponses: number;
  readonly transactions: { readonly client: number; readonly server: number };
  readonly connections: number;
  readonly dialogs: number;
}

/** Counts. */
export class Counters {
  requests = 0;
  responses = 0;
  malformed = 0;
  strayResponses = 0;
  overload = 0;
  retransmissions = 0;
  unsentResponses = 0;
  readonly faults: Partial<Record<ParseFaultCode | 'STREAM', number>> = {};

  /** Counts something that was no message. */
  countFault(code: ParseFaultCode | 'STREAM'): void {
    this.malformed += 1;
    this.faults[code] = (this.faults[code] ?? 0) + 1;
  }
}
