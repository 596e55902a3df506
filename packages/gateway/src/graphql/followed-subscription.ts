import { type ExecutionResult, execute, type GraphQLSchema } from 'graphql';
import type { EventSink, EventUpdate, Following } from '../application.ts';
import { type ErrorScope, presentError, sessionOver } from './errors.ts';
import type { Operation, ResultStream } from './executor.ts';
import type { FollowableEvents } from './followable.ts';
import { encodePayload, type Payload } from './payload.ts';
import type { SharedOperation } from './shared-results.ts';

/** Where the results of one subscription go. */
export interface Outlet {
  /** @returns whether it takes another one now; where not, it calls `onReady` once when it does. */
  send(payload: Payload, onReady: () => void): boolean;
}

/** What a followed subscription is made of. */
export interface FollowedOptions {
  readonly schema: GraphQLSchema;
  readonly operation: Operation;
  readonly scope: ErrorScope;
  readonly outlet: Outlet;
  readonly shared: SharedOperation;
  /** Makes the errors of a result fit to be sent. */
  readonly present: (result: ExecutionResult) => ExecutionResult;
}

/**
 * Runs a subscription to events whose results go straight to the outlet.
 * @returns a stream without results, that is done when the subscription is
 */
export function followSubscription(events: FollowableEvents, options: FollowedOptions): ResultStream {
  const subscription = new FollowedSubscription(options);
  subscription.begin(events);
  return subscription;
}

const DONE = { done: true, value: undefined } as const;

/** A class, since there is one a subscriber. */
class FollowedSubscription implements EventSink, ResultStream {
  readonly #options: FollowedOptions;
  readonly #stopWaiting: () => void;
  #following: Following | null = null;
  #isOver = false;
  #finish: (() => void) | null = null;
  readonly #resume = (): void => this.#following?.resume();

  constructor(options: FollowedOptions) {
    this.#options = options;
    this.#stopWaiting = options.operation.contextValue.session.onOver(() => this.#fail(sessionOver()));
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
    const { operation, shared } = this.#options;
    if (operation.contextValue.session.isOver()) return this.#fail(sessionOver());
    const payload = shared.payloadOf(update);
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
    const { operation, schema, present } = this.#options;
    return payloadOf(present(await execute({ ...operation, schema, rootValue: update })));
  }

  #later(payload: Payload | Promise<Payload>): void {
    Promise.resolve(payload).then(
      (settled) => {
        if (this.#isOver) return;
        if (this.#options.operation.contextValue.session.isOver()) this.#fail(sessionOver());
        else if (this.#send(settled)) this.#resume();
      },
      (error: unknown) => this.end({ error }),
    );
  }

  #send(payload: Payload): boolean {
    return this.#options.outlet.send(payload, this.#resume);
  }

  end(failure?: { readonly error: unknown }): void {
    if (this.#isOver) return;
    if (failure === undefined) this.#close();
    else this.#fail(failure.error);
  }

  /** A broken stream would tell the client nothing: the error is its last result. */
  #fail(error: unknown): false {
    if (this.#isOver) return false;
    this.#send(payloadOf({ errors: [presentError(error, this.#options.scope)] }));
    this.#close();
    return false;
  }

  #close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#stopWaiting();
    this.#following?.stop();
    this.#options.shared.release();
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
