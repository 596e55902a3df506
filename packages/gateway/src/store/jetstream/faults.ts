import { StoreError } from '../errors.ts';

/** The error of a stream that is not reached: nothing was written. */
export function away(cause: unknown): StoreError {
  return new StoreError('AWAY', `NATS cannot be used: ${reasonOf(cause)}.`, { cause });
}

/** The error of events whose acknowledgement was lost. */
export function inDoubt(cause: unknown): StoreError {
  return new StoreError('IN_DOUBT', `NATS has not acknowledged what it was given: ${reasonOf(cause)}.`, { cause });
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
}
