import { type Outcome, TransportError } from '@hookswitch/core';
import { isOutcome } from './result-schemas.ts';

/** Something thrown on its way to the other thread. */
export type WireError =
  | { readonly kind: 'transport'; readonly outcome: Outcome<never> }
  /** The command's time is over: whoever takes it throws its own signal's reason. */
  | { readonly kind: 'aborted' }
  | { readonly kind: 'thrown'; readonly name: string; readonly message: string; readonly stack: string | undefined };

/** The command's signal has aborted, in the other thread. */
export class Aborted extends Error {
  constructor() {
    super('aborted');
    this.name = 'Aborted';
  }
}

/** What the other side threw that is none of its typed outcomes. */
class RemoteError extends Error {
  constructor({ name, message, stack }: Extract<WireError, { kind: 'thrown' }>) {
    super(message);
    this.name = name;
    if (stack !== undefined) this.stack = stack;
  }
}

/** The longest text of an error that is carried. */
const MOST_CHARACTERS = 4_000;

/** Makes what was thrown fit to be sent. Never throws. */
export function toWire(error: unknown): WireError {
  if (error instanceof Aborted) return { kind: 'aborted' };
  if (TransportError.is(error)) {
    const { outcome } = error;
    return { kind: 'transport', outcome };
  }
  if (!(error instanceof Error)) return { kind: 'thrown', name: 'Error', message: textOf(error), stack: undefined };
  return {
    kind: 'thrown',
    name: textOf(error.name),
    message: textOf(error.message),
    stack: error.stack === undefined ? undefined : textOf(error.stack),
  };
}

/** The error that the other side threw, as far as it is one. */
export function fromWire(wire: unknown): Error {
  if (typeof wire === 'object' && wire !== null && 'kind' in wire) {
    if (wire.kind === 'aborted') return new Aborted();
    if (wire.kind === 'transport' && 'outcome' in wire && isOutcome(wire.outcome))
      return new TransportError(wire.outcome);
    if (wire.kind === 'thrown') {
      const { name, message, stack } = { name: 'Error', message: '', stack: undefined, ...wire };
      return new RemoteError({
        kind: 'thrown',
        name: textOf(name),
        message: textOf(message),
        stack: stack === undefined ? undefined : textOf(stack),
      });
    }
  }
  return new Error('the other thread threw something that is no error');
}

function textOf(value: unknown): string {
  try {
    return String(value).slice(0, MOST_CHARACTERS);
  } catch {
    return 'something without a text';
  }
}
