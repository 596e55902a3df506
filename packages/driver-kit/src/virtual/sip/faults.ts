/**
 * What is wrong with a virtual phone's SIP side. Each can be set and unset while it runs. Where a number counts
 * messages, each one affected takes one off; `Infinity` holds until it is set to 0.
 */
export interface SipFaults {
  /** Receives everything, does not act on it and never answers. */
  dead: boolean;
  /** How many of the next datagrams are lost on their way to the phone, retransmissions included. */
  dropDatagrams: number;
  /** How many of the next responses are lost on their way back; the phone has acted. Retransmitted ones count as well. */
  dropReplyAfterActing: number;
  /** Milliseconds that each response is late; the phone has acted before. */
  slowMs: number;
  /** Answers this status to each request without acting; `undefined`: acts. */
  status: number | undefined;
}

/** A SIP side without a fault. */
export const noSipFaults = (): SipFaults => ({
  dead: false,
  dropDatagrams: 0,
  dropReplyAfterActing: 0,
  slowMs: 0,
  status: undefined,
});

/** Whether a counted fault hits; if so, one less is to come. */
export const takesFault = (faults: SipFaults, name: 'dropDatagrams' | 'dropReplyAfterActing'): boolean => {
  if (faults[name] <= 0) return false;
  faults[name] -= 1;
  return true;
};
