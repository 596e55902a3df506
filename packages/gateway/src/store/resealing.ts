import type { AuditEntry } from '../audit/audit-entry.ts';

/** What becomes of everything that is sealed. What one of them throws, nothing was changed. */
export interface Resealing {
  /** What a phone's sealed secrets are to be. */
  readonly phone: (phoneId: string, sealed: Uint8Array) => Uint8Array;
  /** What the keys are to be that are kept sealed, by their names. */
  readonly keys: (sealed: ReadonlyMap<string, Uint8Array>) => ReadonlyMap<string, Uint8Array>;
  /** The row of the audit that tells of it. */
  readonly entry: (phones: number) => AuditEntry;
}
