import type { Failure } from '@hookswitch/client';
import { EXIT_CODES, type ExitCode } from './exit-codes.table.ts';
import { FIXES } from './fixes.table.ts';

/** What ends a command: one line that says what happened, one that says what to do. */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly fix: string;
  readonly exitCode: ExitCode;

  constructor(what: string, fix: string, exitCode: ExitCode = EXIT_CODES.FAILED) {
    super(what);
    this.fix = fix;
    this.exitCode = exitCode;
  }
}

const CODES: Readonly<Record<string, ExitCode>> = {
  GATEWAY_UNREACHABLE: EXIT_CODES.UNREACHABLE,
  UNREADABLE_ANSWER: EXIT_CODES.UNREACHABLE,
  UNAUTHENTICATED: EXIT_CODES.NOT_ALLOWED,
  FORBIDDEN: EXIT_CODES.NOT_ALLOWED,
  OUTCOME_UNKNOWN: EXIT_CODES.OUTCOME_UNKNOWN,
};

/** The fault that a failure of the API is. */
export function faultOf({ code, message }: Pick<Failure, 'code' | 'message'>): Fault {
  return new Fault(message, fixOf(code), CODES[code] ?? EXIT_CODES.FAILED);
}

/** What to do about a failure. */
export function fixOf(code: string): string {
  return FIXES[code] ?? '`hookswitch doctor` looks for what is wrong.';
}

/** The value of an outcome. @throws Fault where there is none */
export function take<Value>(
  outcome:
    | { readonly ok: true; readonly value: Value }
    | { readonly ok: false; readonly failure: Pick<Failure, 'code' | 'message'> },
): Value {
  if (outcome.ok) return outcome.value;
  throw faultOf(outcome.failure);
}
