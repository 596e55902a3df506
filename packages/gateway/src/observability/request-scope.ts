import { AsyncLocalStorage } from 'node:async_hooks';

const requestIds = new AsyncLocalStorage<string>();

/** Runs what a request of a client asks for: whatever comes of it, later too, knows the request's id. */
export function inRequest<Result>(requestId: string, run: () => Result): Result {
  return requestIds.run(requestId, run);
}

/** The id of the request that this is done for, for logs; undefined: it is done for none, such as a phone's report. */
export function currentRequestId(): string | undefined {
  return requestIds.getStore();
}

/** Keeps the request that asks now for a function that somebody else calls later, such as a queue. */
export function forThisRequest<Arguments extends readonly unknown[], Result>(
  run: (...values: Arguments) => Result,
): (...values: Arguments) => Result {
  return AsyncLocalStorage.bind(run);
}
