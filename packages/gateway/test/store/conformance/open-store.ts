import type { AuditAnchor, AuditVerdict } from '../../../src/audit/verify-chain.ts';
import type { Store } from '../../../src/store/ports.ts';

/** An empty store of its own, gone at the end of the test. */
export interface OpenedStore extends AsyncDisposable {
  /** The store that is open now. */
  readonly store: Store;
  /** Closes the store and opens it again, as a restart would. */
  reopen(): Promise<Store>;
  /** What `audit verify` finds. @param anchor that somebody noted */
  verifyAudit(anchor?: AuditAnchor): Promise<AuditVerdict>;
}

/** Makes one. */
export type OpenStore = () => Promise<OpenedStore>;
