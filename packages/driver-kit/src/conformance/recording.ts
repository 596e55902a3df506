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

/**
 * One command, or one reading, that a real phone obeyed, with all that was sent for it over HTTP: the proof of a rung that says
 * VERIFIED. Plain JSON, so that a file of it can be imported; its words are checked when the suite is made.
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
}
