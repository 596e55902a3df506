/** Something that was looked at. */
export interface Finding {
  /** What it is about: `gateway`, the name of a phone, … */
  readonly about: string;
  /** Stable, to be matched on. */
  readonly code: string;
  readonly severity: 'OK' | 'NOTICE' | 'PROBLEM';
  readonly message: string;
  /** What to do; null where all is well. */
  readonly fix: string | null;
}

/** A finding where all is well. */
export function well(about: string, code: string, message: string): Finding {
  return { about, code, severity: 'OK', message, fix: null };
}
