import type { CallLeg, CallState, Light } from '@hookswitch/driver-kit/virtual';
import { functionKeyNames, functionKeySetting } from '../keys/function-key-settings.ts';
import type { SnomParts } from '../parts.ts';

/** What the LED of a line key shows, by the defaults of `led_on`, `led_red` and `led_blink_fast` in a dump of 8.7.3.17. */
const LIGHTS: Readonly<Record<CallState, Light>> = {
  dialing: { state: 'on', color: 'red' },
  ringing: { state: 'blinkfast', color: 'green' },
  connected: { state: 'on', color: 'red' },
  held: { state: 'on', color: 'red' },
  ended: { state: 'off', color: undefined },
};

const lightOf = (leg: CallLeg): Light =>
  leg.direction === 'outgoing' && leg.state === 'ringing' ? LIGHTS.dialing : LIGHTS[leg.state];

/** Which line key each call sits on, and their lights. */
export class LineKeys {
  readonly #parts: SnomParts;
  readonly #keys = new Map<CallLeg, string>();

  constructor(parts: SnomParts) {
    this.#parts = parts;
  }

  /** `P1` and so on; empty for a call that found all line keys taken. */
  keyOf(leg: CallLeg): string {
    return this.#keys.get(leg) ?? '';
  }

  /** The call on a key. */
  legAt(key: string): CallLeg | undefined {
    return [...this.#keys].find(([, taken]) => taken === key)?.[0];
  }

  /** Puts new calls on the first free line key of their identity, takes ended ones off, and sets the lights. */
  update(legs: readonly CallLeg[]): void {
    for (const [leg, key] of this.#keys) {
      if (legs.includes(leg)) continue;
      this.#keys.delete(leg);
      this.#parts.lights.set(key, LIGHTS.ended);
    }
    for (const leg of legs) {
      const key = this.#keys.get(leg) ?? this.#freeKeyFor(leg);
      if (key === undefined) continue;
      this.#keys.set(leg, key);
      this.#parts.lights.set(key, lightOf(leg));
    }
  }

  #freeKeyFor(leg: CallLeg): string | undefined {
    const taken = new Set(this.#keys.values());
    const own = `${leg.local.number}@${leg.local.domain}`;
    return functionKeyNames(this.#parts).find((key) => {
      const { type, value } = functionKeySetting(this.#parts, key);
      const identity = value.replace(/^sips?:/i, '');
      return type === 'line' && !taken.has(key) && (identity === '' || identity === own);
    });
  }
}
