import {
  ACCEPTED,
  type DriverContext,
  failed,
  type Outcome,
  phoneRejected,
  TransportError,
  unknown,
} from '@hookswitch/core';

/** One request of a command that takes several. */
export interface Step {
  readonly run: (context: DriverContext) => Promise<Outcome>;
  /** What the phone has done once this step was acknowledged, for people: "the call is on hold". */
  readonly done: string;
  /** How long to wait after it. */
  readonly pauseMs?: number | undefined;
}

/** A failure behind the first step must say what is already done, and must not invite a second try of the whole. */
function halfDone(outcome: Outcome, done: readonly string[]): Outcome {
  const state = `Before that: ${done.join('; ')}.`;
  switch (outcome.status) {
    case 'FAILED':
      return {
        status: 'FAILED',
        failure: { ...outcome.failure, message: `${outcome.failure.message} ${state}`, retryable: false },
      };
    case 'NOT_HERE':
      return failed(phoneRejected(`${outcome.reason} ${state}`));
    case 'UNKNOWN':
      return unknown(`${outcome.reason} ${state}`);
    default:
      return outcome;
  }
}

async function attempt(step: Step, context: DriverContext): Promise<Outcome> {
  try {
    return await step.run(context);
  } catch (error) {
    if (TransportError.is(error)) return error.outcome;
    if (context.signal.aborted) return unknown('The time ran out while the phone was asked.');
    throw error;
  }
}

async function pause(ms: number | undefined, context: DriverContext): Promise<Outcome> {
  if (ms === undefined || ms <= 0) return ACCEPTED;
  try {
    await context.clock.sleep(ms);
    return ACCEPTED;
  } catch (error) {
    if (context.signal.aborted) return unknown('The time ran out between two steps.');
    throw error;
  }
}

/**
 * Sends requests one after another and stops at the first that fails. What was acknowledged before is in the message,
 * since the phone stays in that state.
 */
export async function inOrder(steps: readonly Step[], context: DriverContext): Promise<Outcome> {
  const done: string[] = [];
  for (const step of steps) {
    const outcome = done.length === 0 ? await step.run(context) : await attempt(step, context);
    if (outcome.status !== 'ACCEPTED') return done.length === 0 ? outcome : halfDone(outcome, done);
    done.push(step.done);
    const waited = await pause(step.pauseMs, context);
    if (waited.status !== 'ACCEPTED') return halfDone(waited, done);
  }
  return ACCEPTED;
}
