import { type Failure, failed, type Outcome, phoneRejected, TransportError, unknown } from '@hookswitch/core';

/** One step of a command that takes several requests. */
export interface Step {
  readonly run: () => Promise<Outcome>;
}

/** A step after the first. */
export interface LaterStep extends Step {
  /** In what state the phone is left where this step fails; after a first step that fails it is as before. */
  readonly left: string;
}

/** An outcome of something that was not done. */
export type NotDone = Exclude<Outcome<never>, { readonly status: 'ACCEPTED' | 'CONFIRMED' }>;

/**
 * Runs steps in order, up to the first that is not done. Only a first step may be NOT_HERE: after it the phone did
 * something, and no other transport may begin anew.
 * @returns the last step's outcome, or that of the step that failed, with the state in which the phone is left.
 */
export async function inOrder([first, ...later]: readonly [Step, ...LaterStep[]]): Promise<Outcome> {
  let last: Outcome = await first.run();
  for (const step of later) {
    if (!isDone(last)) return last;
    last = await caught(step.run);
    if (!isDone(last)) return withState(last, step.left);
  }
  return last;
}

/** Whether a step was done. */
export function isDone<Value>(
  outcome: Outcome<Value>,
): outcome is Extract<Outcome<Value>, { readonly status: 'ACCEPTED' | 'CONFIRMED' }> {
  return outcome.status === 'ACCEPTED' || outcome.status === 'CONFIRMED';
}

/** A step's outcome, faults of the transport included. */
export async function caught<Value>(run: () => Promise<Outcome<Value>>): Promise<Outcome<Value>> {
  try {
    return await run();
  } catch (error) {
    if (TransportError.is(error)) return error.outcome;
    throw error;
  }
}

/** The outcome of a later step that was not done, with the state in which that leaves the phone. */
export function withState(outcome: NotDone, left: string): NotDone {
  switch (outcome.status) {
    case 'FAILED':
      return failed(withMessage(outcome.failure, `${outcome.failure.message} ${left}`));
    case 'NOT_HERE':
      return failed(phoneRejected(`${outcome.reason} ${left}`));
    case 'UNKNOWN':
      return unknown(`${outcome.reason} ${left}`);
  }
}

// Given again, the command would begin with the step that is done already: not retryable.
function withMessage(failure: Failure, message: string): Failure {
  return { ...failure, message, retryable: false };
}
