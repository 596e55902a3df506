import type { Application } from '@hookswitch/gateway';
import type { CallFilter } from '../../../gateway/src/application.ts';
import { matchesCall } from '../../../gateway/src/calls/call-stream.ts';
import type { Call } from '../../../gateway/src/model.ts';

/** A client of `Subscription.calls`. */
export interface Subscriber {
  /** The calls as it knows them, by id: less those that do not match any more. */
  readonly picture: ReadonlyMap<string, Call>;
  /** What broke its subscription off. */
  readonly failures: readonly unknown[];
  stop(): void;
}

/** Subscribes now. */
export function subscribeToCalls({ calls }: Application, filter: CallFilter): Subscriber {
  const controller = new AbortController();
  const picture = new Map<string, Call>();
  const failures: unknown[] = [];
  const read = async (): Promise<void> => {
    for await (const update of calls.subscribe(filter, controller.signal)) {
      if (update.kind !== 'call') continue;
      if (matchesCall(filter, update.call)) picture.set(update.call.id, update.call);
      else picture.delete(update.call.id);
    }
  };
  read().catch((error: unknown) => failures.push(error));
  return { picture, failures, stop: () => controller.abort() };
}
