import type { Failure } from './failures.ts';

/**
 * What became of one try on one transport.
 *
 * - `ACCEPTED`: the phone acknowledged. No proof of the effect.
 * - `CONFIRMED`: the phone was asked afterwards and is as wished, or already was so (`changed: false`).
 * - `FAILED`: nothing happened, or the phone said no.
 * - `UNKNOWN`: the phone may have acted; nobody can tell. Never tried again by itself.
 * - `NOT_HERE`: this transport cannot serve it on this phone and **the phone did nothing**: the next rung is tried.
 */
export type Outcome<Value = undefined> =
  | { readonly status: 'ACCEPTED'; readonly value: Value }
  | { readonly status: 'CONFIRMED'; readonly value: Value; readonly changed: boolean }
  | { readonly status: 'FAILED'; readonly failure: Failure }
  | { readonly status: 'UNKNOWN'; readonly reason: string }
  | { readonly status: 'NOT_HERE'; readonly reason: string };

/** What the phone told, read; an outcome that tells nothing as it is. */
export function readOutcome<Told, Value>(outcome: Outcome<Told>, read: (told: Told) => Value): Outcome<Value> {
  return 'value' in outcome ? { ...outcome, value: read(outcome.value) } : outcome;
}

/** What the phone told leads on to something else; an outcome that tells nothing ends it. */
export async function andThen<Told, Value>(
  outcome: Outcome<Told>,
  next: (told: Told) => Promise<Outcome<Value>>,
): Promise<Outcome<Value>> {
  return 'value' in outcome ? next(outcome.value) : outcome;
}

/** The phone acknowledged a command that gives nothing back. */
export const ACCEPTED: Outcome = { status: 'ACCEPTED', value: undefined };

/** The phone acknowledged, and this is what it told. */
export function accepted<Value>(value: Value): Outcome<Value> {
  return { status: 'ACCEPTED', value };
}

/** The phone was asked afterwards: it is as wished. `changed` is false where it already was and nothing was sent. */
export function confirmed(changed: boolean): Outcome {
  return { status: 'CONFIRMED', value: undefined, changed };
}

/** Nothing happened, for this reason. */
export function failed(failure: Failure): Extract<Outcome<never>, { readonly status: 'FAILED' }> {
  return { status: 'FAILED', failure };
}

/** The phone may have acted. */
export function unknown(reason: string): Extract<Outcome<never>, { readonly status: 'UNKNOWN' }> {
  return { status: 'UNKNOWN', reason };
}

/** Not on this transport; the phone did nothing. */
export function notHere(reason: string): Extract<Outcome<never>, { readonly status: 'NOT_HERE' }> {
  return { status: 'NOT_HERE', reason };
}

const brand = Symbol.for('hookswitch.TransportError');

/**
 * Thrown by a transport where a request got no usable reply. A driver need not catch it: whoever runs the driver turns
 * it into its `outcome`. Known by a registered symbol, since two copies of this package may meet in one process.
 */
export class TransportError extends Error {
  readonly [brand] = true;
  readonly outcome: Outcome<never>;

  constructor(outcome: Outcome<never>, options?: ErrorOptions) {
    super(outcome.status === 'FAILED' ? outcome.failure.message : 'reason' in outcome ? outcome.reason : '', options);
    this.name = 'TransportError';
    this.outcome = outcome;
  }

  /** Whether something thrown is a transport error, of whichever copy of this package. */
  static is(error: unknown): error is TransportError {
    return typeof error === 'object' && error !== null && brand in error;
  }
}
