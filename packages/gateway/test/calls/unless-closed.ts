import { StoreError } from '../../src/store/errors.ts';

/** For books that are left as a crash leaves them: what they would have written finds the test's store closed. */
export function unlessClosed(error: unknown): void {
  if (!(error instanceof StoreError && error.code === 'CLOSED')) throw error;
}
