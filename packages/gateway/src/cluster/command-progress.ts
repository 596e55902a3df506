import { isDeepStrictEqual } from 'node:util';
import type { Msg } from '@nats-io/transport-node';
import type { CommandFeed } from '../commands/command-feed.ts';
import type { Command } from '../model.ts';
import type { CommandStore } from '../store/ports.ts';
import { isStoreAway } from '../store/store-away.ts';
import type { Bus } from './bus.ts';

/** What the progress of commands goes by. */
export interface SharedProgressOptions {
  readonly bus: Bus;
  /** This gateway, among the others. */
  readonly member: string;
  readonly store: Pick<CommandStore, 'get'>;
  readonly onError: (error: unknown) => void;
}

/** A feed that has what all gateways tell. */
export interface SharedFeed extends CommandFeed {
  close(): void;
}

interface Told {
  readonly from: string;
  readonly command: Command;
}

/** What is open and was not heard of for so long is read: its gateway may be cut off while this one's server is there. */
const LOOK_MS = 4_000;

/**
 * A feed of this gateway's commands and of all others'. What was told while NATS was away is lost, as is what others told
 * while a leaf node between them and this one was: what is open is read again when it is back, and from time to time.
 */
export function shareProgress(feed: CommandFeed, { bus, member, store, onError }: SharedProgressOptions): SharedFeed {
  const { connection, stream } = bus;
  const prefix = `${stream}.command.`;
  /** As they were told last. */
  const open = new Map<string, Command>();
  let unheard = new Set<string>();
  const publish = (command: Command): void => {
    unheard.delete(command.id);
    if (command.settledAt === null) open.set(command.id, command);
    else open.delete(command.id);
    feed.publish(command);
  };
  const subscription = connection.subscribe(`${prefix}*`, {
    callback(error: Error | null, message: Msg) {
      if (error !== null) return onError(error);
      try {
        const { from, command } = message.json<Told>();
        if (from !== member) publish(command);
      } catch (fault) {
        onError(fault);
      }
    },
  });
  const readAgain = async (ids: Iterable<string>): Promise<void> => {
    for (const id of ids) {
      const told = open.get(id);
      const command = told === undefined ? null : await store.get(id);
      // Something newer may have been told meanwhile.
      if (open.get(id) !== told) continue;
      if (command === null) open.delete(id);
      else if (!isDeepStrictEqual(command, told)) publish(command);
    }
  };
  const follow = async (): Promise<void> => {
    for await (const { type } of connection.status()) {
      if (type === 'reconnect') readAgain([...open.keys()]).catch(onError);
    }
  };
  // It ends with the connection.
  void follow();
  const look = (): void => {
    const ids = [...unheard];
    unheard = new Set(open.keys());
    readAgain(ids).catch((error: unknown) => {
      // The next look is soon.
      if (!isStoreAway(error)) onError(error);
    });
  };
  const timer = setInterval(look, LOOK_MS).unref();
  return {
    ...feed,
    publish(command) {
      publish(command);
      if (bus.isConnected)
        connection.publish(`${prefix}${command.id}`, JSON.stringify({ from: member, command } satisfies Told));
    },
    close() {
      clearInterval(timer);
      subscription.unsubscribe();
    },
  };
}
