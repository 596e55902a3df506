import type { SwitchFeature } from '../model.ts';

/** How a phone tells that it is back. */
export type BackSign = 'STARTED' | 'REGISTERED';

/**
 * One restart tells of itself several times: the phone has started, it has registered, once for each line, and it reports
 * the switches that it has forgotten. This joins them, so that each switch is set again once.
 */
export interface Restarts {
  /** The phone is back. @returns whether that is a restart, or a registration, of its own */
  back(phoneId: string, sign: BackSign): boolean;
  /** The phone is not registered any more: the next registration is one of its own. */
  gone(phoneId: string): void;
  /**
   * A command that sets that switch again is about to be given.
   * @returns to be called when the phone took it, and whether it changed the switch, as far as that is known; a restart that
   *   has begun meanwhile may have undone it
   */
  mending(phoneId: string, feature: SwitchFeature): (changed: boolean | null) => void;
  /** Whether that switch has been set again in the phone's last restart, and nothing has been said against it since. */
  isMended(phoneId: string, feature: SwitchFeature): boolean;
  /** Takes a report that the switch is not as wished. @returns whether the restart explains it, else it counts from now on */
  explains(phoneId: string, feature: SwitchFeature): boolean;
}

/** A desk phone that has started has registered by then, or will tell of it as a cause of its own. */
const REGISTERS_WITHIN_MS = 60_000;
/** Some phones register before they report that they have started. No desk phone boots in less. */
const STARTS_WITHIN_MS = 10_000;
/** Reports come on connections of their own: one from before the switch was set may come so long behind. */
const SETTLE_MS = 3_000;

interface Restart {
  readonly since: number;
  readonly signs: Set<BackSign>;
  readonly mendedAt: Map<SwitchFeature, number>;
}

/** @param ticks milliseconds of a clock that only runs forward */
export function createRestarts(ticks: () => number): Restarts {
  const byPhone = new Map<string, Restart>();
  const belongs = ({ since, signs }: Restart, sign: BackSign): boolean => {
    const age = ticks() - since;
    return sign === 'STARTED' ? !signs.has(sign) && age <= STARTS_WITHIN_MS : age <= REGISTERS_WITHIN_MS;
  };
  return {
    back(phoneId, sign) {
      const last = byPhone.get(phoneId);
      const isSame = last !== undefined && belongs(last, sign);
      if (isSame) last.signs.add(sign);
      else byPhone.set(phoneId, { since: ticks(), signs: new Set([sign]), mendedAt: new Map() });
      return !isSame;
    },
    gone: (phoneId) => void byPhone.delete(phoneId),
    mending(phoneId, feature) {
      const restart = byPhone.get(phoneId);
      return (changed) => {
        // A phone that was asked and had it has nothing to report from before.
        restart?.mendedAt.set(feature, changed === false ? Number.NEGATIVE_INFINITY : ticks());
      };
    },
    isMended: (phoneId, feature) => byPhone.get(phoneId)?.mendedAt.has(feature) ?? false,
    explains(phoneId, feature) {
      const mendedAt = byPhone.get(phoneId)?.mendedAt;
      const at = mendedAt?.get(feature);
      if (at !== undefined && ticks() - at <= SETTLE_MS) return true;
      mendedAt?.delete(feature);
      return false;
    },
  };
}
