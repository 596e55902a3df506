import { keysOf } from './keys/key-names.ts';
import type { SnomParts } from './parts.ts';

/** A person in front of a virtual phone. What a person does acts at once. */
export class SnomUser {
  readonly #parts: SnomParts;

  constructor(parts: SnomParts) {
    this.#parts = parts;
  }

  /** Lifts the handset. */
  pickUp(): void {
    this.press('OFFHOOK');
  }

  /** Puts the handset down. A call that is not on the handset goes on. */
  hangUp(): void {
    this.press('ONHOOK');
  }

  /**
   * Presses a key of the phone, by its wire name (`P1`, `F_HOLD`, `7`). Over 2000 ms it is a long press.
   * Throws if the phone has no such key.
   */
  press(key: string, { holdMs = 0 }: { readonly holdMs?: number } = {}): void {
    if (!keysOf(this.#parts).has(key)) throw new Error(`A snom ${this.#parts.profile.name} has no key ${key}.`);
    this.#parts.effects.record({ type: 'keyPressed', key, heldMs: holdMs });
    this.#parts.desk.press(key, holdMs);
  }

  /** Types digits. */
  type(digits: string): void {
    for (const digit of digits) this.press(digit);
  }

  /** Types a number and presses ENTER. */
  dial(number: string): void {
    this.type(number);
    this.press('ENTER');
  }

  /** Takes the call that rings by ENTER. */
  answer(): void {
    this.press('ENTER');
  }

  /** Refuses the call that rings, or ends the one in conversation, by CANCEL. */
  cancel(): void {
    this.press('CANCEL');
  }
}
