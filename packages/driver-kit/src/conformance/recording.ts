/** One request to a real phone with its reply, secrets taken out. */
export interface RecordedHttp {
  readonly request: {
    readonly method: string;
    /** As the driver gives it: `{username}` and `{password}` stand for what is filled in. */
    readonly target: string;
    /** Those that count, names in any case. Default none. */
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  };
  readonly reply: {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    /** Text, or `bodyBase64` where it is none. Default empty. */
    readonly body?: string;
    readonly bodyBase64?: string;
  };
}

/** One SIP request outside of any dialog, with the phone's final response. */
export interface RecordedSip {
  readonly request: {
    readonly method: string;
    /** Those that count, names in any case. Default none. */
    readonly headers?: Readonly<Record<string, string>>;
    readonly contentType?: string;
    readonly body?: string;
  };
  readonly reply: {
    readonly status: number;
    readonly reason: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  };
}

/** An action URL that the phone fetched, and what the driver is to make of it. */
export interface RecordedReport {
  readonly path: string;
  readonly rawQuery: string;
  /** Null for both: the driver is to say that it is none of its own. */
  readonly vendorEvent: string | null;
  /** A `PhoneEvent`. */
  readonly event: unknown;
}

/**
 * One command, or one reading, that a real phone obeyed, with all that was sent for it: the proof of a rung that says VERIFIED. Plain JSON, so that a file of it can be imported; its words are checked when the suite is made.
 */
export interface Recording {
  /** Unique, for the name of its case. */
  readonly name: string;
  readonly model: string;
  readonly firmware: string;
  /** `DIAL`, the rung's transport as cases name it (`HTTP`, `HTTP (2)`), and the member, `dial`. */
  readonly capability: string;
  readonly rung: string;
  readonly member: string;
  /** What the member is called with, before its context. Left out for members that take none. */
  readonly command?: unknown;
  readonly exchanges: readonly RecordedHttp[];
  /** Default none. */
  readonly sip?: readonly RecordedSip[];
  /** What the phone reported meanwhile. Default none. */
  readonly reports?: readonly RecordedReport[];
}
