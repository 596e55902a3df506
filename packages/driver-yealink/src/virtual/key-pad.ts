import type { CallLeg, PhoneFeatures } from '@hookswitch/driver-kit/virtual';
import { type AudioPath, type CallDesk, isAnswered } from './call-desk.ts';
import type { Consultation } from './consultation.ts';
import type { KeyFunction } from './keys.table.ts';
import type { YealinkQuirks } from './quirks.ts';
import { SOFT_KEYS, type SoftKeyNumber, type SoftKeyPage } from './soft-keys.table.ts';
import type { XmlBrowser } from './xml-browser.ts';

/** What keys act on beside calls. */
export interface KeyPadOptions {
  readonly desk: CallDesk;
  readonly consultation: Consultation;
  readonly browser: XmlBrowser;
  readonly features: PhoneFeatures;
  readonly quirks: YealinkQuirks;
  /** Told of the keys that have an event of their own. */
  readonly onKey: (event: 'headset' | 'handfree') => void;
  readonly voiceMailNumber: () => string;
  readonly lastDialed: () => string;
}

const MAX_VOLUME = 15;

/** The keys that act on calls, on what is typed and on the screen. */
export class KeyPad {
  /** 0 to 15. */
  volume = 8;
  readonly #options: KeyPadOptions;
  readonly #actions: Readonly<Partial<Record<KeyFunction, () => unknown>>>;

  constructor(options: KeyPadOptions) {
    this.#options = options;
    const { desk, consultation, features, browser } = options;
    this.#actions = {
      ok: () => this.#confirm('OK'),
      enter: () => this.#confirm('ENTER'),
      answer: () => desk.answer(),
      speaker: () => this.#toggleHandsFree('speaker', 'handfree'),
      headset: () => this.#toggleHandsFree('headset', 'headset'),
      offHook: () => this.liftHandset(),
      onHook: () => this.putDown(),
      transfer: () => consultation.pressTransfer(),
      conference: () => consultation.pressConference(),
      hold: () => this.#toggleHold(),
      mute: () => this.#toggleMute(),
      cancel: () => this.#cancel(),
      callEnd: () => this.#endCall(),
      volumeUp: () => this.#changeVolume(1),
      volumeDown: () => this.#changeVolume(-1),
      message: () => this.dialIfSet(options.voiceMailNumber()),
      redial: () => this.dialIfSet(options.lastDialed()),
      up: () => browser.move(-1) || desk.choose(-1),
      down: () => browser.move(1) || desk.choose(1),
      dndOn: () => options.quirks.dndAllowed && features.turn('dnd', true),
      dndOff: () => options.quirks.dndAllowed && features.turn('dnd', false),
      callWaitingOn: () => features.turn('callWaiting', true),
      callWaitingOff: () => features.turn('callWaiting', false),
      backToIdle: () => browser.close(),
      swap: () => desk.resume(),
    };
  }

  /** Presses a key of the table. Keys that act on the phone as a whole (`Reboot`, `AutoP`, `Reset`) are not known here. */
  press(key: KeyFunction): void {
    this.#actions[key]?.();
  }

  /** A digit: into the screen's field, the active call as DTMF, or the number that is being typed. `#` dials it. */
  type(digit: string): void {
    const { browser, desk, consultation } = this.#options;
    if (browser.type(digit)) return;
    const { active } = desk;
    if (active && !consultation.entersNumber) {
      desk.lineOf(active)?.sendDigits(active, digit);
      return;
    }
    if (digit === '#' && desk.typed !== '') this.dialTyped();
    else desk.typed += digit;
  }

  /** `F1` to `F4`. */
  pressSoft(number: SoftKeyNumber): void {
    const { browser, desk, features } = this.#options;
    if (browser.pressSoftKey(number)) return;
    const action = SOFT_KEYS[this.softKeyPage()][number].action;
    if (action === 'dial') this.dialTyped();
    else if (action === 'reject') desk.end(desk.ringing);
    else if (action === 'dndToggle') this.press(features.isOn('dnd') ? 'dndOff' : 'dndOn');
    else if (action === 'deleteDigit') desk.typed = desk.typed.slice(0, -1);
    else if (action !== 'none') this.press(action);
  }

  /** Which soft keys the screen shows. */
  softKeyPage(): SoftKeyPage {
    const { desk, consultation } = this.#options;
    if (desk.typed !== '' || consultation.entersNumber) return 'typing';
    if (desk.active) return 'talking';
    if (desk.outgoing) return 'calling';
    if (desk.ringing) return 'ringing';
    if (desk.held) return 'held';
    return desk.path === 'none' ? 'idle' : 'typing';
  }

  /** Dials what was typed: the other party of a consultation, or a call of its own. */
  dialTyped(): CallLeg | undefined {
    const { desk, consultation } = this.#options;
    const number = desk.typed;
    if (number === '') return undefined;
    if (!consultation.entersNumber) return desk.dial(number);
    consultation.dial(number);
    return undefined;
  }

  /** Calls a number unless it is empty. */
  dialIfSet(number: string): void {
    if (number !== '') this.#options.desk.dial(number);
  }

  /** The handset is taken up: answers what rings, or gives a dial tone. */
  liftHandset(): void {
    const { desk } = this.#options;
    const { ringing, active } = desk;
    if (ringing && !active) desk.answer(ringing, 'handset');
    desk.setPath('handset');
    if (!ringing && desk.typed !== '') this.dialTyped();
  }

  /** The handset is put down: ends the call in the ear. Held calls stay. */
  putDown(): void {
    const { desk, consultation } = this.#options;
    consultation.abandon();
    desk.typed = '';
    desk.end(desk.active ?? desk.outgoing);
    desk.setPath('none');
  }

  #confirm(key: 'OK' | 'ENTER'): void {
    const { browser, desk, quirks } = this.#options;
    if (desk.ringing && quirks.answerKeys.includes(key)) desk.answer();
    else if (!browser.choose()) this.dialTyped();
  }

  #toggleHandsFree(path: AudioPath, event: 'headset' | 'handfree'): void {
    const { desk, onKey } = this.#options;
    onKey(event);
    if (desk.ringing && !desk.active) {
      desk.answer(desk.ringing, path);
      desk.setPath(path);
    } else if (desk.path === path) this.putDown();
    else {
      desk.setPath(path);
      if (!desk.current) this.dialTyped();
    }
  }

  #toggleHold(): void {
    const { desk, quirks } = this.#options;
    if (!desk.hold() && quirks.holdToggles) desk.resume();
  }

  #toggleMute(): void {
    const { desk, features } = this.#options;
    if (desk.legs.some(isAnswered)) features.turn('mute', !features.isOn('mute'));
  }

  #cancel(): void {
    const { browser, desk, consultation, quirks } = this.#options;
    if (desk.ringing && !desk.active) desk.end(desk.ringing);
    else if (browser.cancel() || this.#clearTyped() || consultation.abandon()) return;
    else if (desk.outgoing) desk.end(desk.outgoing);
    else if (desk.ringing) desk.end(desk.ringing);
    else if (desk.active && quirks.cancelInCall === 'mute') this.#toggleMute();
    else if (desk.active && quirks.cancelInCall === 'end') desk.end(desk.active);
    else if (!desk.current && desk.path !== 'handset') desk.setPath('none');
  }

  #endCall(): void {
    const { desk, consultation } = this.#options;
    if (consultation.abandon()) return;
    if (!desk.end(desk.current)) this.#clearTyped();
    desk.noticeEnd();
  }

  #clearTyped(): boolean {
    const { desk } = this.#options;
    const was = desk.typed !== '';
    desk.typed = '';
    return was;
  }

  #changeVolume(step: 1 | -1): void {
    this.volume = Math.min(MAX_VOLUME, Math.max(0, this.volume + step));
  }
}
