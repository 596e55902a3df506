import type { Msg } from '@nats-io/transport-node';
import type { CommandFeed } from '../commands/command-feed.ts';
import type { Command } from '../model.ts';
import type { CommandStore } from '../store/ports.ts';
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

/**
 * A feed of this gateway's commands and of all others'. What was told while NATS was away is lost: whatever was open before
 * is read again when it is back.
 */
export function shareProgress(feed: CommandFeed, { bus, member, store, onError }: SharedProgressOptions): SharedFeed {
  const { connection, stream } = bus;
  const prefix = `${stream}.command.`;
  const open = new Set<string>();
  const publish = (command: Command): void => {
    if (command.settledAt === null) open.add(command.id);
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
  const readAgain = async (): Promise<void> => {
    for (const id of [...open]) {
      const command = await store.get(id);
      if (command !== null) publish(command);
    }
  };
  const follow = async (): Promise<void> => {
    for await (const { type } of connection.status()) {
      if (type === 'reconnect') readAgain().catch(onError);
    }
  };
  // It ends with the connection.
  void follow();
  return {
    ...feed,
    publish(command) {
      publish(command);
      if (bus.isConnected)
        connection.publish(`${prefix}${command.id}`, JSON.stringify({ from: member, command } satisfies Told));
    },
    close: () => subscription.unsubscribe(),
  };
}
