import type { Store } from '../../../src/store/ports.ts';

/** An empty store of its own, gone at the end of the test. */
export interface OpenedStore extends AsyncDisposable {
  /** The store that is open now. */
  readonly store: Store;
  /** Closes the store and opens it again, as a restart would. */
  reopen(): Promise<Store>;
}

/** Makes one. */
export type OpenStore = () => Promise<OpenedStore>;
