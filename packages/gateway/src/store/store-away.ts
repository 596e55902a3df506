import { StoreError, type StoreErrorCode } from './errors.ts';

const AWAY: ReadonlySet<StoreErrorCode> = new Set(['DISK', 'WRITER_DIED', 'AWAY', 'IN_DOUBT']);
const IN_DOUBT: ReadonlySet<StoreErrorCode> = new Set(['WRITER_DIED', 'IN_DOUBT']);

/**
 * Whether something failed because the store is away: its disk is full, read-only or broken, its database is locked by
 * another process, its writing thread has died, or its engine is not reached. It comes back by itself; what is given then
 * is taken.
 */
export function isStoreAway(error: unknown): error is StoreError {
  return error instanceof StoreError && AWAY.has(error.code);
}

/** Whether what failed may have been written all the same. */
export function isInDoubt(error: unknown): boolean {
  return error instanceof StoreError && IN_DOUBT.has(error.code);
}

/** Whether a command was not changed because another gateway has it by now, or because it is settled. */
export function isOvertaken(error: unknown): error is StoreError {
  return error instanceof StoreError && (error.code === 'OVERTAKEN' || error.code === 'FENCED');
}
