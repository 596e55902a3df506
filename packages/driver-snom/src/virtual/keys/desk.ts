import type { CallLeg } from '@hookswitch/driver-kit/virtual';
import type { SnomParts } from '../parts.ts';
import { pressFunctionKey } from './function-key.ts';
import { keyEffects } from './key-effects.table.ts';

/** What digits are for at the moment: to dial, or to transfer a call to. */
type Purpose = { readonly kind: 'dial' } | { readonly kind: 'transfer'; readonly leg: CallLeg };

/** Two calls whose far ends TRANSFER can join. */
interface Join {
  readonly held: CallLeg;
  readonly active: CallLeg;
}

const DIGIT = /^[0-9*#]$/;
const FUNCTION_KEY = /^(?:P[1-9]\d*|EK\d+)$/;
const SOFT_KEY = /^F[1-4]$/;
const TO_DIAL: Purpose = { kind: 'dial' };

/** The phone as the person in front of it works it: keys in, calls and displayed digits out. */
export class Desk {
  readonly #parts: SnomParts;
  #digits = '';
  #purpose: Purpose = TO_DIAL;
  #list: readonly Join[] | undefined;
  #selected = 0;
  #handset: 'onhook' | 'offhook' = 'onhook';
  #audio: 'handset' | 'speaker' | 'headset' = 'handset';

  constructor(parts: SnomParts) {
    this.#parts = parts;
  }

  /** The digits on the display that were not dialled yet. */
  get digits(): string {
    return this.#digits;
  }

  /** The "calls on hold" list, as long as it is shown (`call_join_xfer`). */
  get holdList(): readonly CallLeg[] | undefined {
    return this.#list?.map(({ held }) => held);
  }

  /** The call of the hold list that the cursor is on. */
  get selectedCall(): CallLeg | undefined {
    return this.#selectedJoin?.held;
  }

  /** The call that waits for the number of its transfer. */
  get transferring(): CallLeg | undefined {
    return this.#purpose.kind === 'transfer' ? this.#purpose.leg : undefined;
  }

  get handset(): 'onhook' | 'offhook' {
    return this.#handset;
  }

  get audio(): 'handset' | 'speaker' | 'headset' {
    return this.#audio;
  }

  /** Presses a key that this phone has. `heldMs` over 2000 is a long press. */
  press(key: string, heldMs = 0): void {
    if (!this.#parts.browser.takesKey(key)) this.#act(key, heldMs);
    this.#parts.redraw();
  }

  /** ENTER: completes what was begun, else answers, in this order: list, digits, ringing call. */
  confirm(): void {
    const { telephony } = this.#parts;
    const join = this.#selectedJoin;
    if (join !== undefined) this.#join(join);
    else if (this.#digits !== '') this.#useDigits();
    else if (telephony.ringing !== undefined) {
      if (this.#handset === 'onhook' && this.#audio === 'handset') this.#audio = 'speaker';
      telephony.answer(telephony.ringing);
    }
  }

  /** CANCEL: leaves what was begun, else rejects a ringing call or ends the one in focus. */
  cancel(): void {
    if (this.#list !== undefined || this.transferring !== undefined || this.#digits !== '') this.#leave();
    else this.#cancelCall();
  }

  clearDigits(): void {
    this.#digits = '';
  }

  liftHandset(): void {
    if (this.#handset === 'offhook') return;
    this.#handset = 'offhook';
    this.#audio = 'handset';
    const { telephony, reporter, memory } = this.#parts;
    void reporter.report('action_offhook_url');
    if (this.#digits !== '') this.#useDigits();
    else if (telephony.ringing !== undefined && memory.isOn('offhook_accept_calls'))
      telephony.answer(telephony.ringing);
  }

  replaceHandset(): void {
    if (this.#handset === 'onhook') return;
    this.#handset = 'onhook';
    this.#leave();
    const { telephony, reporter, memory } = this.#parts;
    void reporter.report('action_onhook_url');
    const { focus } = telephony;
    const isTalking = focus !== undefined && focus !== telephony.ringing && this.#audio === 'handset';
    if (isTalking && memory.isOn('disconnect_on_onhook')) telephony.end(focus);
  }

  /** SPEAKER and HEADSET: take a ringing call, dial what was typed, or move the sound of the call there. */
  useAudio(audio: 'speaker' | 'headset'): void {
    this.#audio = audio;
    const { telephony } = this.#parts;
    if (this.#digits !== '') this.#useDigits();
    else if (telephony.ringing !== undefined) telephony.answer(telephony.ringing);
  }

  toggleHold(): void {
    const { telephony } = this.#parts;
    const { focus } = telephony;
    if (focus === undefined) return;
    this.#purpose = TO_DIAL;
    if (!telephony.hold(focus)) telephony.resume(focus);
  }

  /**
   * TRANSFER. With a held call and another: joins them, or shows the list to choose from if `call_join_xfer` is on.
   * With one call: asks for a number, which ENTER or TRANSFER then sends the call to.
   */
  transfer(): void {
    const join = this.#selectedJoin;
    if (join !== undefined) this.#join(join);
    else if (this.transferring === undefined) this.#beginTransfer();
    else if (this.#digits === '') this.#leave();
    else this.#useDigits();
  }

  conference(): void {
    const { telephony } = this.#parts;
    telephony.conference(telephony.legs.filter(({ state }) => state === 'connected' || state === 'held'));
  }

  /** REDIAL shows the number dialled last; ENTER dials it. */
  redial(): void {
    this.#digits = this.#parts.callLists.dialed.at(-1)?.number ?? '';
  }

  toggleDoNotDisturb(): void {
    const { features } = this.#parts;
    features.turn('dnd', !features.isOn('dnd'));
  }

  /** Only a call can be muted. */
  toggleMute(): void {
    const { features, telephony } = this.#parts;
    if (telephony.legs.length > 0) features.turn('mute', !features.isOn('mute'));
  }

  /** Switches call forwarding, which needs a number that was set before. */
  toggleForwarding(): void {
    const { features } = this.#parts;
    const { on, target } = features.forward('always');
    if (target !== '') features.setForward('always', { on: !on });
  }

  record(): void {
    if (this.#parts.telephony.legs.length > 0) this.#parts.effects.record({ type: 'recordingToggled' });
  }

  changeVolume(by: 1 | -1): void {
    this.#parts.effects.record({ type: 'volumeChanged', by });
  }

  navigate(by: 1 | -1): void {
    if (this.#list !== undefined) this.#selected = Math.min(Math.max(this.#selected + by, 0), this.#list.length - 1);
  }

  /** Dials a number as a speed dial key does, or transfers to it if a number for that is being asked for. */
  dialOrTransfer(number: string): void {
    this.#digits = number;
    this.#useDigits();
  }

  /** Types one digit: it goes to the far end of a conversation, else on the display. */
  type(digit: string): void {
    const { telephony } = this.#parts;
    const { focus } = telephony;
    const isTalking = focus?.state === 'connected' && this.transferring === undefined && this.#digits === '';
    if (isTalking && focus !== undefined) telephony.sendDigits(focus, digit);
    else this.#digits += digit;
  }

  /** Leaves what was about a call that is no more. */
  callsChanged(): void {
    const { legs } = this.#parts.telephony;
    if (this.transferring !== undefined && !legs.includes(this.transferring)) this.#leave();
    if (this.#list?.some(({ held }) => !legs.includes(held))) this.#leave();
  }

  #act(key: string, heldMs: number): void {
    if (DIGIT.test(key)) this.type(key);
    else if (FUNCTION_KEY.test(key)) pressFunctionKey(this.#parts, key, heldMs);
    else if (SOFT_KEY.test(key)) this.#pressSoftKey(key);
    else keyEffects[key]?.(this);
  }

  /** A key under the display does the key event that `gui_fkeyN` names. */
  #pressSoftKey(key: string): void {
    const event = this.#parts.memory.get(`gui_fkey${key.slice(1)}`).toUpperCase();
    if (event.startsWith('F_')) keyEffects[event]?.(this);
  }

  #useDigits(): void {
    const { telephony } = this.#parts;
    const [digits, leg] = [this.#digits, this.transferring];
    this.#leave();
    if (leg === undefined) telephony.dial(digits);
    else if (leg.state === 'ringing') telephony.deflect(leg, digits);
    else telephony.blindTransfer(leg, digits);
  }

  #cancelCall(): void {
    const { telephony, memory } = this.#parts;
    const { focus, ringing } = telephony;
    const isBusy = focus !== undefined && focus !== ringing && focus.state !== 'held';
    const target = isBusy ? focus : (ringing ?? focus);
    if (target === undefined || (target === ringing && !memory.isOn('short_cancel_denies_call'))) return;
    telephony.end(target);
  }

  #beginTransfer(): void {
    const { telephony, memory } = this.#parts;
    const { focus, ringing } = telephony;
    if (focus === undefined) return;
    const held = telephony.legs.filter((leg) => leg.state === 'held' && leg !== focus);
    const joins = held.map((leg): Join => ({ held: leg, active: focus }));
    const [first] = joins;
    if (first !== undefined && focus.state !== 'held' && focus !== ringing) {
      if (!memory.isOn('call_join_xfer')) this.#join(first);
      else this.#list = joins;
      return;
    }
    telephony.hold(focus);
    this.#digits = '';
    this.#purpose = { kind: 'transfer', leg: focus };
  }

  get #selectedJoin(): Join | undefined {
    return this.#list?.[this.#selected];
  }

  #join({ held, active }: Join): void {
    this.#leave();
    this.#parts.telephony.attendedTransfer(held, active);
  }

  #leave(): void {
    this.#digits = '';
    this.#purpose = TO_DIAL;
    this.#list = undefined;
    this.#selected = 0;
  }
}
