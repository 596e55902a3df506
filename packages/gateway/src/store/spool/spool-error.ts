/**
 * Why a record was not taken. `FULL`: it would grow beyond its bound. `DISK`: its disk does not take it. `CLOSED`: it was
 * closed before.
 */
export type SpoolErrorCode = 'FULL' | 'DISK' | 'CLOSED';

/** A record was not taken. */
export class SpoolError extends Error {
  readonly code: SpoolErrorCode;

  constructor(code: SpoolErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SpoolError';
    this.code = code;
  }
}

/** What a system error of the spool's disk is told as. */
export function diskError(dir: string, cause: unknown): SpoolError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new SpoolError('DISK', `The event spool in ${dir} cannot write: ${reason}.`, { cause });
}
