import type { RecordedRequest } from './http-message.ts';

/**
 * What is wrong with a virtual phone's web server. Each can be set and unset while it runs.
 * Where a number counts requests, each request affected takes one off; `Infinity` holds until it is set to 0.
 */
export interface HttpFaults {
  /** Accepts connections and reads requests, does not act on them and never answers. */
  dead: boolean;
  /** Resets each new connection at once, before a request is read. */
  resetOnConnect: boolean;
  /** Milliseconds that each reply is late; the phone has acted before. */
  slowMs: number;
  /** How many of the next requests are acted on and then get no reply: the connection is closed. */
  dropReplyAfterActing: number;
  /** How many of the next requests are acted on and then get garbage instead of a status line. */
  malformedReply: number;
  /** How many of the next requests are acted on and then get headers that break off. */
  truncatedReply: number;
  /** How many of the next requests are not acted on and get a plain 503. */
  unavailable: number;
  /** A request that arrives while another is in flight is not acted on and gets truncated headers (Snom). Each takes 5 ms at least. */
  oneRequestAtATime: boolean;
  /**
   * Acts, but closes the connection without a byte if the request has no `Connection: keep-alive` (Snom).
   * A function decides by request: it says whether this one is affected.
   */
  emptyReplyWithoutKeepAlive: boolean | ((request: RecordedRequest) => boolean);
  /** Answers 307 with this origin (`https://host:port`) before the target, without acting. */
  redirectToHttps: string | undefined;
}

/** A server without a fault. */
export const noHttpFaults = (): HttpFaults => ({
  dead: false,
  resetOnConnect: false,
  slowMs: 0,
  dropReplyAfterActing: 0,
  malformedReply: 0,
  truncatedReply: 0,
  unavailable: 0,
  oneRequestAtATime: false,
  emptyReplyWithoutKeepAlive: false,
  redirectToHttps: undefined,
});
