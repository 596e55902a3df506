import { StoreError } from './sqlite/errors.ts';

/**
 * Whether something failed because the store is away: its disk is full, read-only or broken, its database is locked by
 * another process, or its writing thread has died. It comes back by itself; what is given then is taken.
 */
export function isStoreAway(error: unknown): error is StoreError {
  return error instanceof StoreError && (error.code === 'DISK' || error.code === 'WRITER_DIED');
}

/** Whether what failed may have been written all the same. */
export function isInDoubt(error: unknown): boolean {
  return error instanceof StoreError && error.code === 'WRITER_DIED';
}
