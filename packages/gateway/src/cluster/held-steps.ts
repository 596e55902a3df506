import type { LeasedLanes } from './leased-lanes.ts';

/** What is to follow an event of a phone that this gateway did not own when it came. */
export interface HeldSteps {
  /** Takes the step when this gateway comes to own the phone, if nobody else can have taken it. */
  hold(phoneId: string, step: () => void): void;
}

/** What it is kept by. */
export interface HeldStepsOptions {
  readonly leases: Pick<LeasedLanes, 'onGained' | 'laneOf' | 'others'>;
  /** Milliseconds of a clock that only runs forward. */
  readonly ticks: () => number;
}

interface Held {
  readonly phoneId: string;
  /** Who had the phone then; null: nobody. */
  readonly owner: string | null;
  readonly at: number;
  readonly step: () => void;
}

/** A gateway that has died is noticed by then: what came before was its own to take. */
const DYING_MS = 10_000;
/** What nobody has taken for so long is of no use. */
const USE_MS = 300_000;
/** Of each kind; beyond that the oldest go. */
const MOST = 10_000;

/**
 * Makes up for what only the owner of a phone does. A step may be taken twice: by a gateway that died right after it, or that
 * had the phone in between, and by this one. So only what may be done again is held.
 */
export function createHeldSteps({ leases, ticks }: HeldStepsOptions): HeldSteps {
  /** The oldest first. */
  let others: Held[] = [];
  let nobodys: Held[] = [];
  const drop = (held: Held[], keptMs: number): void => {
    for (let first = held[0]; first !== undefined; first = held[0]) {
      if (held.length <= MOST && ticks() - first.at <= keptMs) return;
      held.shift();
    }
  };
  const dropOld = (): void => {
    drop(others, DYING_MS);
    drop(nobodys, USE_MS);
  };
  leases.onGained((phones) => {
    dropOld();
    const isGained = ({ phoneId }: Held): boolean => phones.has(phoneId);
    const due = [...others, ...nobodys].filter(isGained).toSorted((one, other) => one.at - other.at);
    others = others.filter((held) => !isGained(held));
    nobodys = nobodys.filter((held) => !isGained(held));
    for (const { owner, step } of due) if (owner === null || leases.others.hasDied(owner)) step();
  });
  return {
    hold(phoneId, step) {
      const lane = leases.laneOf(phoneId);
      const owner = lane === null ? null : leases.others.ownerBeside(lane);
      (owner === null ? nobodys : others).push({ phoneId, owner, at: ticks(), step });
      dropOld();
    },
  };
}

/** Of a gateway that is alone: it owns every phone, always. */
export const NEVER_HELD: HeldSteps = { hold: () => {} };
