import type { Cause, WishSender } from './send-wishes.ts';

/** Tells phones their wishes, one round after the other for each phone. */
export interface Rounds {
  /** Tells the phone; causes that come while it is told count as one. */
  because(phoneId: string, cause: Cause): void;
  /** Whether the phone is being told all that is wished, since it started or registered. */
  isAboutAll(phoneId: string): boolean;
}

/** What rounds need. */
export interface RoundsOptions {
  readonly sender: WishSender;
  readonly isStopped: () => boolean;
  /** Takes what has to end before a stop is complete. */
  readonly track: (job: Promise<void>) => void;
}

/** While a phone is told. */
interface Round {
  readonly isAboutAll: boolean;
  /** Causes that came meanwhile. */
  readonly waiting: Set<Cause>;
}

/** @returns rounds, of which none runs */
export function createRounds({ sender, isStopped, track }: RoundsOptions): Rounds {
  const running = new Map<string, Round>();
  const tell = async (phoneId: string, first: Cause): Promise<void> => {
    let causes: ReadonlySet<Cause> = new Set([first]);
    do {
      const isAboutAll = causes.has('STARTED') || causes.has('REGISTERED');
      const round: Round = { isAboutAll, waiting: new Set() };
      running.set(phoneId, round);
      if (isAboutAll) await sender.leds(phoneId);
      await sender.switches(phoneId, causes);
      causes = round.waiting;
    } while (causes.size > 0 && !isStopped());
  };
  return {
    because(phoneId, cause) {
      if (isStopped()) return;
      const round = running.get(phoneId);
      if (round !== undefined) {
        round.waiting.add(cause);
        return;
      }
      track(tell(phoneId, cause).finally(() => running.delete(phoneId)));
    },
    isAboutAll: (phoneId) => running.get(phoneId)?.isAboutAll ?? false,
  };
}
