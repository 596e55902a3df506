import { type ExecutionResult, execute, type GraphQLSchema } from 'graphql';
import type { EventSink, EventUpdate, Following } from '../application.ts';
import { type ErrorScope, type OnInternalError, presentError, sessionOver } from './errors.ts';
import type { Operation, ResultStream } from './executor.ts';
import type { FollowableEvents } from './followable.ts';
import { encodePayload, type Payload } from './payload.ts';
import type { SharedOperation } from './shared-results.ts';

/** Where the results of one subscription go. */
export interface Outlet {
  /** @returns whether it takes another one now; where not, it calls `onReady` once when it does. */
  send(payload: Payload, onReady: () => void): boolean;
}

/** What all subscriptions of an executor are run with. */
export interface FollowedBy {
  readonly schema: GraphQLSchema;
  readonly onInternalError: OnInternalError;
  /** Makes the errors of a result fit to be sent. */
  readonly present: (result: ExecutionResult, scope: ErrorScope) => ExecutionResult;
}

/** What one subscription is made of. */
export interface Followed {
  readonly operation: Operation;
  readonly outlet: Outlet;
  readonly shared: SharedOperation;
}

/**
 * Runs a subscription to events whose results go straight to the outlet.
 * @returns a stream without results, that is done when the subscription is
 */
export function followSubscription(events: FollowableEvents, by: FollowedBy, followed: Followed): ResultStream {
  const subscription = new FollowedSubscription(by, followed);
  subscription.begin(events);
  return subscription;
}

const DONE = { done: true, value: undefined } as const;

/** A class, since there is one a subscriber. */
class FollowedSubscription implements EventSink, ResultStream {
  readonly #by: FollowedBy;
  readonly #operation: Operation;
  readonly #outlet: Outlet;
  readonly #shared: SharedOperation;
  readonly #stopWaiting: () => void;
  #following: Following | null = null;
  #isOver = false;
  #finish: (() => void) | null = null;
  readonly #resume = (): void => this.#following?.resume();

  constructor(by: FollowedBy, { operation, outlet, shared }: Followed) {
    this.#by = by;
    this.#operation = operation;
    this.#outlet = outlet;
    this.#shared = shared;
    this.#stopWaiting = operation.contextValue.session.onOver(() => this.#fail(sessionOver()));
  }

  get #scope(): ErrorScope {
    return { requestId: this.#operation.contextValue.requestId, onInternalError: this.#by.onInternalError };
  }

  begin(events: FollowableEvents): void {
    try {
      const following = events.follow(this);
      this.#following = following;
      // It may be over already.
      if (this.#isOver) following.stop();
    } catch (error) {
      this.end({ error });
    }
  }

  update(update: EventUpdate): boolean {
    if (this.#isOver) return false;
    if (this.#operation.contextValue.session.isOver()) return this.#fail(sessionOver());
    const payload = this.#shared.payloadOf(update);
    if (payload instanceof Promise) {
      payload.then(
        (settled) => this.#later(settled ?? this.#own(update)),
        (error: unknown) => this.end({ error }),
      );
      return false;
    }
    if (payload !== null) return this.#send(payload);
    this.#later(this.#own(update));
    return false;
  }

  /** What this subscriber alone is told. */
  async #own(update: EventUpdate): Promise<Payload> {
    const { schema, present } = this.#by;
    const result = await execute({ ...this.#operation, schema, rootValue: update });
    return payloadOf(present(result, this.#scope));
  }

  #later(payload: Payload | Promise<Payload>): void {
    Promise.resolve(payload).then(
      (settled) => {
        if (this.#isOver) return;
        if (this.#operation.contextValue.session.isOver()) this.#fail(sessionOver());
        else if (this.#send(settled)) this.#resume();
      },
      (error: unknown) => this.end({ error }),
    );
  }

  #send(payload: Payload): boolean {
    return this.#outlet.send(payload, this.#resume);
  }

  end(failure?: { readonly error: unknown }): void {
    if (this.#isOver) return;
    if (failure === undefined) this.#close();
    else this.#fail(failure.error);
  }

  /** A broken stream would tell the client nothing: the error is its last result. */
  #fail(error: unknown): false {
    if (this.#isOver) return false;
    this.#send(payloadOf({ errors: [presentError(error, this.#scope)] }));
    this.#close();
    return false;
  }

  #close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#stopWaiting();
    this.#following?.stop();
    this.#shared.release();
    this.#finish?.();
  }

  async next(): Promise<IteratorReturnResult<undefined>> {
    if (!this.#isOver) {
      await new Promise<void>((resolve) => {
        this.#finish = resolve;
      });
    }
    return DONE;
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    this.#close();
    return DONE;
  }

  async throw(error: unknown): Promise<never> {
    this.#close();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

/** In the order in which graphql-ws has it. */
function payloadOf({ errors, ...rest }: ExecutionResult): Payload {
  return encodePayload(JSON.stringify({ ...rest, ...(errors && { errors }) }));
}
