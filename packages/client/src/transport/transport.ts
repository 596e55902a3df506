import type { GraphqlError } from '../failure.ts';
import type { Operation } from '../operation.ts';

/** An answer as the gateway sends it. */
export interface Answer<Result> {
  readonly data?: Result | null | undefined;
  readonly errors?: readonly GraphqlError[] | undefined;
}

/** What carries subscriptions. */
export interface Transport {
  /**
   * Runs a subscription once, on one connection. Ends when the gateway completes it or the signal is aborted; throws
   * {@link LinkLost} where the connection did not hold.
   */
  subscribe<Result, Variables extends object>(
    operation: Operation<Result, Variables>,
    variables: Variables,
    signal: AbortSignal,
  ): AsyncIterable<Answer<Result>>;
}

/** Why a connection did not hold. */
export type LossKind =
  /** It broke, was refused, or the gateway is about to restart. */
  | 'BROKEN'
  /** The gateway does not take the credential. */
  | 'REFUSED'
  /** Too much waited for the consumer, which has read all of it by now. */
  | 'OVERFLOW'
  /** What answered does not speak the protocol. */
  | 'FOREIGN';

/** A connection did not hold. */
export class LinkLost extends Error {
  override readonly name = 'LinkLost';
  readonly kind: LossKind;

  constructor(kind: LossKind, message: string) {
    super(message);
    this.kind = kind;
  }
}
