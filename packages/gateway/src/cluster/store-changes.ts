import { randomUUID } from 'node:crypto';
import type { Bus } from './bus.ts';

/** What gateways keep in memory of the store that they share. */
export type SharedPart = 'phones' | 'keys' | 'links';

const PARTS: readonly SharedPart[] = ['phones', 'keys', 'links'];

/** Tells the other gateways over a store that something was written there, and is told by them. */
export interface StoreChanges {
  /** After the commit. */
  tell(part: SharedPart): void;
  /**
   * Told of what others have changed, and of everything where word of it may have been lost. @returns stops listening
   */
  onChanged(listener: (part: SharedPart) => void): () => void;
  stop(): void;
}

/**
 * Who has changed something may end before it has said so, and who was cut off hears nothing: so often everything is looked
 * at, in milliseconds.
 */
const LOOK_MS = 5_000;

/** Over `<stream>.changed`: who tells it, and what. */
export function createStoreChanges({ connection, stream }: Bus): StoreChanges {
  const own = randomUUID();
  const subject = `${stream}.changed`;
  const listeners = new Set<(part: SharedPart) => void>();
  const tellListeners = (parts: readonly SharedPart[]): void => {
    for (const part of parts) for (const listener of listeners) listener(part);
  };
  const subscription = connection.subscribe(subject, {
    callback(error, message) {
      if (error !== null) return;
      const [from, part] = message.string().split(' ');
      if (from !== own) tellListeners(PARTS.filter((one) => one === part));
    },
  });
  const onReconnect = async (): Promise<void> => {
    for await (const { type } of connection.status()) if (type === 'reconnect') tellListeners(PARTS);
  };
  // It ends with the connection.
  void onReconnect();
  const timer = setInterval(() => tellListeners(PARTS), LOOK_MS).unref();
  return {
    // Where no server is reached it goes out when one is.
    tell: (part) => connection.publish(subject, `${own} ${part}`),
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop() {
      clearInterval(timer);
      subscription.unsubscribe();
    },
  };
}

/** A method that tells of each time that it has written. */
export function telling<Args extends readonly unknown[]>(
  write: (...args: Args) => Promise<void>,
  changes: StoreChanges | null,
  part: SharedPart,
): (...args: Args) => Promise<void> {
  if (changes === null) return write;
  return async (...args) => {
    await write(...args);
    changes.tell(part);
  };
}
