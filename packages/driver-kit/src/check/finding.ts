import type { FindingCode } from './findings.table.ts';

/** Something in a driver package that is not as it has to be. */
export interface PackageFinding {
  readonly code: FindingCode;
  /** The file that it was found in, as seen from the package's folder. */
  readonly file: string;
  /** What was found there, for people. */
  readonly message: string;
}
