import type { Application } from '../application.ts';
import type { Call, CommandBatch, LoggedEvent } from '../model.ts';

/**
 * Reads that many items of a list ask for at once, each done once. What is underway is shared and nothing is kept: a
 * later mutation of the same request, or a later update of the same subscription, reads anew.
 */
export interface Reads {
  call(id: string): Promise<Call | null>;
  event(sequence: number): Promise<LoggedEvent | null>;
  batch(id: string): Promise<CommandBatch | null>;
}

/** {@link Reads} of that application. */
export function createReads({ calls, events, commands }: Application): Reads {
  return {
    call: shared((id) => calls.get(id)),
    event: shared((sequence) => events.get(sequence)),
    batch: shared((id) => commands.batch(id)),
  };
}

function shared<Key, Value>(read: (key: Key) => Promise<Value>): (key: Key) => Promise<Value> {
  const underway = new Map<Key, Promise<Value>>();
  return (key) => {
    const known = underway.get(key);
    if (known !== undefined) return known;
    const reading = read(key).finally(() => underway.delete(key));
    underway.set(key, reading);
    return reading;
  };
}
