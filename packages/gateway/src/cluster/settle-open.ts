import type { Command } from '../model.ts';
import type { LaneStore } from '../store/lane-store.ts';
import { isOvertaken } from '../store/store-away.ts';
import type { LeasedLanes } from './leased-lanes.ts';

/** How often it is looked for what nobody ends: more often only where something changed. */
const EVERY_MS = 5_000;

/** What ends commands that other gateways have left open. */
export interface SettlerOptions {
  readonly store: LaneStore;
  readonly leases: Pick<LeasedLanes, 'owns' | 'tokenOf' | 'isAlive' | 'onGained'>;
  /** Whether this gateway sees it through: it runs here, or waits here for its proof. */
  readonly isOpenHere: (commandId: string) => boolean;
  /** Ends it as one whose gateway has stopped. */
  readonly close: (command: Command) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/**
 * Ends the commands of this gateway's phones that nobody sees through any more: what a former owner has sent is UNKNOWN, what
 * waits and was asked of a gateway that has died is over. What waits for one that lives is that one's.
 * @returns ends it; resolves when nothing of it runs
 */
export function settleOpenCommands({ store, leases, isOpenHere, close, onError }: SettlerOptions): () => Promise<void> {
  let stopped = false;
  let running: Promise<void> | null = null;
  let again = false;

  const settle = async (): Promise<void> => {
    for (const { command, askedOf, token } of await store.open()) {
      const { id, phoneId, status } = command;
      if (stopped || !leases.owns(phoneId) || isOpenHere(id)) continue;
      const isOthers =
        status === 'QUEUED' ? askedOf !== null && leases.isAlive(askedOf) : token === leases.tokenOf(phoneId)?.token;
      if (isOthers) continue;
      await close(command).catch((error: unknown) => {
        if (!isOvertaken(error)) throw error;
      });
    }
  };
  const look = (): void => {
    again = running !== null;
    if (stopped || running !== null) return;
    running = settle()
      .catch(onError)
      .finally(() => {
        running = null;
        if (again) look();
      });
  };
  const stop = leases.onGained(look);
  const timer = setInterval(look, EVERY_MS);
  look();
  return async () => {
    stopped = true;
    stop();
    clearInterval(timer);
    await running;
  };
}
