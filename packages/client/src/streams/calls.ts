import * as operations from '../generated/operations.ts';
import type { CallFilter, CallsSubscription } from '../generated/types.ts';
import { resume, type StreamLink, type StreamOptions } from './resume.ts';

/** What comes out of `calls`: a call as it is now, or that all there were have come. */
export type CallUpdate = CallsSubscription['calls'];

/** A call and its phone. */
export type Call = Exclude<CallUpdate, { readonly __typename: 'CaughtUp' }>;

/** Which calls. */
export interface CallsOptions extends StreamOptions {
  readonly filter?: CallFilter | undefined;
}

/** So many calls are remembered as they were sent last; the gateway begins with at most 5,000 that have ended. */
const REMEMBERED = 20_000;

/** Every call as it is, then `CaughtUp`, then each change. After a break only what has changed comes, and `CaughtUp`. */
export async function* calls(
  link: StreamLink,
  { filter, ...options }: CallsOptions & { readonly signal: AbortSignal },
): AsyncGenerator<CallUpdate, void, undefined> {
  const isNew = rememberLast();
  const plan = {
    operation: operations.calls,
    variables: () => ({ filter }),
    take: ({ calls: update }: CallsSubscription): CallUpdate | null =>
      update.__typename === 'CaughtUp' || isNew(update.id, update) ? update : null,
    completed: () => 'LOST' as const,
  };
  yield* resume(link, plan, options);
}

/** Tells whether a thing is other than it was when it came last. */
export function rememberLast(): (id: string, value: object) => boolean {
  const last = new Map<string, string>();
  return (id, value) => {
    const text = JSON.stringify(value);
    if (last.get(id) === text) return false;
    last.delete(id);
    last.set(id, text);
    const [oldest] = last.keys();
    if (last.size > REMEMBERED && oldest !== undefined) last.delete(oldest);
    return true;
  };
}
