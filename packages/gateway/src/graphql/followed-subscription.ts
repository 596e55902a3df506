import { type ExecutionResult, execute, type GraphQLSchema } from 'graphql';
import type { EventSink, EventUpdate, Following } from '../application.ts';
import { type ErrorScope, type OnInternalError, presentError, sessionOver } from './errors.ts';
import type { Operation } from './executor.ts';
import type { FollowableEvents } from './followable.ts';
import { type Payload, payloadOf } from './payload.ts';
import type { SharedOperation } from './shared-results.ts';

/** Where the results of one subscription go. Whoever has it stops the subscription when the caller's session is over. */
export interface Outlet {
  /** @returns whether it takes another one now; where not, it calls `onReady` once when it does. */
  send(payload: Payload, onReady: () => void): boolean;
  /** Nothing more follows. Called once, unless the subscription was stopped before. */
  end(): void;
}

/** A subscription that sends what it has to tell by itself. */
export interface Running {
  /** Nothing more is sent. */
  stop(): void;
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

/** Runs a subscription to events whose results go straight to the outlet. */
export function followSubscription(events: FollowableEvents, by: FollowedBy, followed: Followed): Running {
  const subscription = new FollowedSubscription(by, followed);
  subscription.begin(events);
  return subscription;
}

/** A class, since there is one a subscriber. */
class FollowedSubscription implements EventSink, Running {
  readonly #by: FollowedBy;
  readonly #operation: Operation;
  readonly #outlet: Outlet;
  readonly #shared: SharedOperation;
  #following: Following | null = null;
  #isOver = false;
  readonly #resume = (): void => this.#following?.resume();

  constructor(by: FollowedBy, { operation, outlet, shared }: Followed) {
    this.#by = by;
    this.#operation = operation;
    this.#outlet = outlet;
    this.#shared = shared;
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
    if (failure !== undefined) this.#fail(failure.error);
    else if (this.#close()) this.#outlet.end();
  }

  /** A broken stream would tell the client nothing: the error is its last result. */
  #fail(error: unknown): false {
    if (this.#isOver) return false;
    this.#send(payloadOf({ errors: [presentError(error, this.#scope)] }));
    if (this.#close()) this.#outlet.end();
    return false;
  }

  stop(): void {
    this.#close();
  }

  /** @returns whether it was running until now */
  #close(): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    this.#following?.stop();
    this.#shared.release();
    return true;
  }
}
