import { createTurns } from '../events/state-steps.ts';
import type { PhoneStore, StoredPhone } from '../store/ports.ts';

/** Phones that other gateways change too. */
export interface ChangedPhones {
  /** Reads what was changed since it was read last. */
  catchUp(): Promise<void>;
  /** Runs what writes a phone to the store and then to memory; nothing is read meanwhile. `seen`: for the store. */
  writing<Value>(write: (seen: number | undefined) => Promise<Value>): Promise<Value>;
  /**
   * Runs a change, read and written, while no other gateway changes any: it sees what they have changed before.
   */
  exclusively<Value>(change: () => Promise<Value>): Promise<Value>;
}

/** Where nobody else changes phones. */
const NOBODY_ELSE: ChangedPhones = {
  catchUp: () => Promise.resolve(),
  writing: (write) => write(undefined),
  exclusively: (change) => change(),
};

/** @param take takes over what the store has of a phone */
export async function createChangedPhones(
  { changes }: Pick<PhoneStore, 'changes'>,
  take: (stored: StoredPhone) => Promise<void>,
): Promise<ChangedPhones> {
  if (changes === undefined) return NOBODY_ELSE;
  let place = await changes.place();
  const inTurn = createTurns();
  const all = 'phones';
  let waiting: Promise<void> | null = null;
  const catchUp = async (): Promise<void> => {
    // What asks from here on may be about something newer.
    waiting = null;
    for (let more = true; more; ) {
      const changed = await changes.since(place);
      for (const stored of changed.phones) await take(stored);
      ({ place, more } = changed);
    }
  };
  return {
    catchUp() {
      waiting ??= inTurn(all, catchUp);
      return waiting;
    },
    writing: (write) => inTurn(all, () => write(place)),
    exclusively: (change) =>
      changes.exclusively(async () => {
        await inTurn(all, catchUp);
        return await change();
      }),
  };
}
