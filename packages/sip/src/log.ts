/** Where the user agent says what people who search for a fault need. Never a body, never credentials. */
export interface SipLog {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** Says nothing. */
export const silentLog: SipLog = { debug: () => {}, warn: () => {} };
