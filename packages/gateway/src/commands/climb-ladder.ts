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
import type { SkippedTransport } from '../model.ts';

/** An outcome that is final, with the transport that gave it. */
export interface LadderResult<Value> {
  /** Null where no rung was fit. */
  readonly transport: Transport | null;
  /** The rungs below it, and why each was not the one. */
  readonly skipped: readonly SkippedTransport[];
  readonly outcome: Exclude<Outcome<Value>, { readonly status: 'NOT_HERE' }>;
}

/** What is climbed, and for how long. */
export interface Climb<Name extends Capability> {
  readonly capability: Name;
  readonly ladder: Ladder<Name>;
  /** Aborts when the time is over. */
  readonly signal: AbortSignal;
}

/** A refusal before any rung was tried. */
export function notClimbed<Value>(outcome: LadderResult<Value>['outcome']): LadderResult<Value> {
  return { transport: null, skipped: [], outcome };
}

/** A driver whose time is over has this long to say what it came to. */
const LAST_WORD_MS = 500;

/**
 * Tries the rungs in order. Only NOT_HERE, after which the phone surely did nothing, leads on to the next one.
 * @param attempt runs the command on one rung
 */
export async function climbLadder<Name extends Capability, Value>(
  { capability, ladder, signal }: Climb<Name>,
  attempt: (rung: Rung<Name>) => Promise<Outcome<Value>>,
): Promise<LadderResult<Value>> {
  const skipped: SkippedTransport[] = [];
  for (const rung of ladder) {
    const outcome = await outcomeOf(() => attempt(rung), signal);
    if (outcome.status !== 'NOT_HERE') return { transport: rung.transport, skipped, outcome };
    skipped.push({ transport: rung.transport, reason: outcome.reason });
  }
  const reasons = skipped.map(({ transport, reason }) => `${transport}: ${reason}`).join(' ');
  return {
    transport: null,
    skipped,
    outcome: failed(capabilityUnsupported(capability, `No way to do it on this phone now. ${reasons}`)),
  };
}

/**
 * What a driver's work comes to, faults of the transport included. Fulfilled soon after `signal` aborts, even where the
 * driver does not heed it: the phone's lane must not wait for it. @throws whatever else the driver throws
 */
export async function outcomeOf<Value>(
  run: () => Promise<Outcome<Value>>,
  signal: AbortSignal,
): Promise<Outcome<Value>> {
  const over = unknown('Its time ran out between two steps. The phone may have acted.');
  const late = Promise.withResolvers<Outcome<Value>>();
  let timer: NodeJS.Timeout | undefined;
  const abort = (): void => {
    timer = setTimeout(() => late.resolve(over), LAST_WORD_MS);
  };
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([run(), late.promise]);
  } catch (error) {
    if (TransportError.is(error)) return error.outcome;
    // A deadline that passes between two requests of one command: what was done so far stays done.
    if (error === signal.reason || (error instanceof Error && error.name === 'TimeoutError')) return over;
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}
