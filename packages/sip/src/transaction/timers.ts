/** The times from which all timers of transactions are made, in milliseconds (RFC 3261 section 17.1.1.1, table 4). */
export interface SipTimers {
  /** Estimate of a round trip. Default 500. */
  readonly t1: number;
  /** The longest interval between retransmissions of anything but an INVITE. Default 4,000. */
  readonly t2: number;
  /** How long a message stays in the network. Default 5,000. */
  readonly t4: number;
}

/** The RFC's values. */
export const DEFAULT_TIMERS: SipTimers = { t1: 500, t2: 4_000, t4: 5_000 };

/** Timers B, F, H, J, L and M, after which a transaction is over: 64 × T1, 32 seconds (RFC 3261 table 4, RFC 6026). */
export function lifetime({ t1 }: SipTimers): number {
  return 64 * t1;
}
