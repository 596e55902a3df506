import {
  type Capability,
  capabilityUnsupported,
  failed,
  type Ladder,
  type Outcome,
  type Rung,
  type Transport,
  TransportError,
  unknown,
} from '@hookswitch/core';

/** An outcome that is final, with the transport that gave it. */
export interface LadderResult<Value> {
  /** Null where no rung was fit. */
  readonly transport: Transport | null;
  readonly outcome: Exclude<Outcome<Value>, { readonly status: 'NOT_HERE' }>;
}

/**
 * Tries the rungs in order. Only NOT_HERE, after which the phone surely did nothing, leads on to the next one.
 * @param attempt runs the command on one rung
 */
export async function climbLadder<Name extends Capability, Value>(
  capability: Name,
  ladder: Ladder<Name>,
  attempt: (rung: Rung<Name>) => Promise<Outcome<Value>>,
): Promise<LadderResult<Value>> {
  const reasons: string[] = [];
  for (const rung of ladder) {
    const outcome = await outcomeOf(() => attempt(rung));
    if (outcome.status !== 'NOT_HERE') return { transport: rung.transport, outcome };
    reasons.push(`${rung.transport}: ${outcome.reason}`);
  }
  return {
    transport: null,
    outcome: failed(capabilityUnsupported(capability, `No way to do it on this phone now. ${reasons.join(' ')}`)),
  };
}

async function outcomeOf<Value>(run: () => Promise<Outcome<Value>>): Promise<Outcome<Value>> {
  try {
    return await run();
  } catch (error) {
    if (TransportError.is(error)) return error.outcome;
    // A deadline that passes between two requests of one command: what was done so far stays done.
    if (error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError')) {
      return unknown('Its time ran out between two steps. The phone may have acted.');
    }
    throw error;
  }
}
