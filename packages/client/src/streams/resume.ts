import { pause, pauseMs } from '../backoff.ts';
import type { Credentials } from '../credentials.ts';
import { failureOfErrors, requestFailure, StreamError } from '../failure.ts';
import type { Operation } from '../operation.ts';
import type { Backoff, ConnectionState } from '../options.ts';
import { LinkLost, type Transport } from '../transport/transport.ts';

/** What a stream may be given. */
export interface StreamOptions {
  /** Ends it, without an error. */
  readonly signal?: AbortSignal | undefined;
  /** Hears when it is live and when it was lost. */
  readonly onConnection?: ((state: ConnectionState) => void) | undefined;
}

/** How one subscription becomes a stream that outlives its connections. */
export interface Plan<Result, Variables, Update> {
  readonly operation: Operation<Result, Variables>;
  /** Asked for each connection: here a cursor moves on. */
  readonly variables: () => Variables;
  /** What an answer gives; null: nothing that the consumer has not seen. */
  readonly take: (result: Result) => Update | null;
  /** What is said of an answer that completes the stream. `AGAIN`: subscribe at once. `LOST`: after a pause. */
  readonly completed: () => 'OVER' | 'AGAIN' | 'LOST';
}

/** What carries streams. */
export interface StreamLink {
  readonly transport: Transport;
  readonly credentials: Credentials;
  readonly backoff: Backoff | undefined;
}

/** So often in a row may a credential be refused. */
const REFUSALS = 2;
/** Codes of errors that may be gone when it is asked again. */
const PASSING: readonly string[] = ['INTERNAL', 'UPSTREAM_UNAVAILABLE'];
const UNAUTHENTICATED = 'UNAUTHENTICATED';

/** Subscribes again whenever the connection is lost. Throws {@link StreamError} where that makes no sense. */
export async function* resume<Result, Variables extends object, Update>(
  { transport, credentials, backoff }: StreamLink,
  plan: Plan<Result, Variables, Update>,
  { signal, onConnection }: StreamOptions & { readonly signal: AbortSignal },
): AsyncGenerator<Update, void, undefined> {
  let [failed, refused] = [0, 0];
  while (!signal.aborted) {
    let loss: LinkLost;
    try {
      let isLive = false;
      for await (const { data, errors } of transport.subscribe(plan.operation, plan.variables(), signal)) {
        if (errors !== undefined && errors.length > 0) throw judge(failureOfErrors(errors));
        if (data == null) continue;
        if (!isLive) onConnection?.({ state: 'LIVE' });
        [isLive, failed, refused] = [true, 0, 0];
        const update = plan.take(data);
        if (update !== null) yield update;
      }
      if (signal.aborted) return;
      const completed = plan.completed();
      if (completed === 'OVER') return;
      if (completed === 'AGAIN') continue;
      loss = new LinkLost('BROKEN', 'the gateway ended the stream');
    } catch (error) {
      if (!(error instanceof LinkLost)) throw error;
      loss = error;
    }
    if (loss.kind === 'OVERFLOW') continue;
    if (loss.kind === 'FOREIGN') throw new StreamError(requestFailure('UNREADABLE_ANSWER', loss.message));
    if (loss.kind === 'REFUSED' && (!credentials.refuse() || ++refused >= REFUSALS)) {
      throw new StreamError(requestFailure(UNAUTHENTICATED, `The gateway refused the token (${loss.message}).`));
    }
    const retryInMs = pauseMs(failed++, backoff);
    onConnection?.({ state: 'LOST', reason: loss.message, retryInMs });
    await pause(retryInMs, signal);
  }
}

/** What follows from an error: another try, or the end. */
function judge(failure: ReturnType<typeof failureOfErrors>): LinkLost | StreamError {
  if (failure.code === UNAUTHENTICATED) return new LinkLost('REFUSED', failure.message);
  if (PASSING.includes(failure.code)) return new LinkLost('BROKEN', failure.message);
  return new StreamError(failure);
}

/**
 * A stream that ends at once when its consumer stops, is aborted, or its client is closed, also while it waits.
 * @param closed aborted when the client is closed
 */
export function stoppable<Update>(
  run: (signal: AbortSignal) => AsyncGenerator<Update, void, undefined>,
  closed: AbortSignal,
  signal: AbortSignal | undefined,
): AsyncIterableIterator<Update, void, undefined> {
  const stopped = new AbortController();
  const signals = [stopped.signal, closed, ...(signal === undefined ? [] : [signal])];
  const updates = run(AbortSignal.any(signals));
  return {
    next: () => updates.next(),
    return: () => {
      stopped.abort();
      return updates.return();
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
