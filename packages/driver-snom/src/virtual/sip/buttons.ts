import { ObservableMap, type RecordedSipRequest, uriIn } from '@hookswitch/driver-kit/virtual';
import { firmwareAtLeast } from '../firmware.ts';
import { functionKeyNames, functionKeySetting } from '../keys/function-key-settings.ts';
import type { SnomParts } from '../parts.ts';
import { headerOf } from './header.ts';
import { type ButtonOrder, parseButtons } from './x-buttons.ts';

/** What a key of type `button` was told last, and by whom. */
export interface ButtonState extends Omit<ButtonOrder, 'key'> {
  /** The URI in From, and where the order came from. */
  readonly sender: { readonly uri: string; readonly address: string };
}

/** Since when a key needs its number in its setting: `button 2` (mod_snom's wiki). */
const NUMBERED_SINCE = '8';
/** The only models whose lamps have the colours of `o=`. */
const COLORED = new Set(['820', '821']);
const COLOR_WORDS: Readonly<Record<string, string>> = { '': 'green', local: 'green', remote: 'red' };

/** Keys of type `button`: their lamps, labels, and what a press does. */
export class Buttons {
  /** By the key's name, `P2`. */
  readonly states = new ObservableMap<ButtonState>();
  readonly #parts: SnomParts;

  constructor(parts: SnomParts) {
    this.#parts = parts;
  }

  /** Takes a body of `application/x-buttons`. Keys that are no buttons stay as they are. */
  take(request: RecordedSipRequest): void {
    const { body, remoteAddress, remotePort, transport } = request;
    const address = `sip:${remoteAddress}:${remotePort};transport=${transport}`;
    const sender = { uri: uriIn(headerOf(request, 'from')), address };
    for (const { key: number, ...order } of parseButtons(body)) {
      const key = this.#keyOf(number);
      if (key === undefined) {
        this.#parts.effects.record({ type: 'buttonIgnored', key: number });
        continue;
      }
      this.states.set(key, { ...order, sender });
      this.#parts.lights.set(key, { state: order.light, color: this.#colorOf(order) });
    }
  }

  /** A press: dials the destination, or sends a MESSAGE to who gave the order. Without a destination it does nothing. */
  press(key: string): void {
    const state = this.states.get(key);
    if (state === undefined || state.destination === '') return;
    if (state.action === 'invite') {
      this.#parts.desk.dialOrTransfer(state.destination);
      return;
    }
    const number = functionKeySetting(this.#parts, key).value || key.replace(/^P/, '');
    this.#parts.sip?.sendPress(state.sender, `k=${number}\r\nn=${state.destination}\r\n`);
  }

  /** What a phone without power cannot keep. */
  forget(): void {
    for (const key of Object.keys(this.states.toRecord())) {
      this.states.delete(key);
      this.#parts.lights.set(key, { state: 'off', color: undefined });
    }
  }

  #keyOf(number: string): string | undefined {
    const isNumbered = firmwareAtLeast(this.#parts.firmware, NUMBERED_SINCE);
    return functionKeyNames(this.#parts).find((key) => {
      const { type, value } = functionKeySetting(this.#parts, key);
      return type === 'button' && (isNumbered ? value === number : key === `P${number}`);
    });
  }

  #colorOf({ light, color }: Pick<ButtonOrder, 'light' | 'color'>): string | undefined {
    if (light === 'off' || !COLORED.has(this.#parts.profile.name)) return undefined;
    return COLOR_WORDS[color] ?? color;
  }
}
