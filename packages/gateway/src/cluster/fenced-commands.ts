import { StoreError } from '../store/errors.ts';
import type { LaneToken } from '../store/lane-store.ts';
import type { CommandStore } from '../store/ports.ts';

/** What a command is marked as sent by. */
export interface LaneTokens {
  tokenOf(phoneId: string): LaneToken | null;
  /** The store has refused that token. */
  refused(phoneId: string): void;
}

/** Commands that are marked as sent only by who owns their phone: what is not marked is not sent. */
export function fencedCommands(store: CommandStore, lanes: LaneTokens): CommandStore {
  return {
    ...store,
    async update(command) {
      const { id, phoneId, status } = command;
      const lane = lanes.tokenOf(phoneId);
      if (status === 'SENT' && lane === null) {
        throw new StoreError('FENCED', `This gateway does not own the phone of the command ${id}.`);
      }
      try {
        await store.update(command, lane);
      } catch (error) {
        // A newer one may have come meanwhile.
        const isStill = lanes.tokenOf(phoneId)?.token === lane?.token;
        if (error instanceof StoreError && error.code === 'FENCED' && isStill) lanes.refused(phoneId);
        throw error;
      }
    },
  };
}
