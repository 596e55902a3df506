/**
 * The functions of a test runner that the suite needs. Those of vitest, of node:test, of Jest and of Mocha fit. They are
 * handed in, so that this package depends on no runner; what is asserted throws an `AssertionError` of node:assert.
 */
export interface ConformanceRunner {
  /** Groups cases. Called synchronously. */
  readonly describe: (name: string, body: () => void) => void;
  /** Declares a case. It passes if the promise resolves. */
  readonly it: (name: string, body: () => Promise<void>) => void;
}

/** What a case is about. DOCUMENTED: a row of the vendor's documents. COMMAND: a phone that obeys. FAULT: something goes wrong on the way. */
export type CaseKind =
  | 'DRIVER'
  | 'DOCUMENTED'
  | 'PACKAGE'
  | 'PHONE'
  | 'ACTION_URL'
  | 'COMMAND'
  | 'FAULT'
  | 'RECORDING'
  | 'MONITOR';

/** A case as the suite makes it, before a runner has it. */
export interface ConformanceTest {
  /** Unique among the cases of one suite. */
  readonly name: string;
  readonly run: () => Promise<void>;
  /** Default: that of the cases it stands among. */
  readonly kind?: CaseKind;
}
