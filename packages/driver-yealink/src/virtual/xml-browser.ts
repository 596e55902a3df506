import { Recorder } from '@hookswitch/driver-kit/virtual';
import type { PushedObject } from './pushed-object.ts';

/** What a pushed object can make the phone do. */
export interface XmlBrowserActions {
  /** One `URI` of an `Execute`, a menu entry or a soft key. */
  readonly run: (uri: string) => void;
  readonly dial: (number: string) => void;
  /** One `name = value` line of a `Configuration`. */
  readonly configure: (line: string) => void;
  /** How long one second of a `Timeout` lasts, milliseconds. */
  readonly secondMs: number;
}

/** Shows and obeys `YealinkIPPhone…` objects: pushed, fetched, or got as the reply to an action URL. */
export class XmlBrowser implements Disposable {
  /** Every object that the phone understood, in order. */
  readonly received = new Recorder<PushedObject>();
  /** How often it beeped. */
  beeps = 0;
  readonly #actions: XmlBrowserActions;
  #shown: PushedObject | undefined;
  #status: PushedObject | undefined;
  #selected = 0;
  #typed = '';
  #shownTimer: NodeJS.Timeout | undefined;
  #statusTimer: NodeJS.Timeout | undefined;

  constructor(actions: XmlBrowserActions) {
    this.#actions = actions;
  }

  /** The screen on top, or `undefined`. */
  get shown(): PushedObject | undefined {
    return this.#shown;
  }

  /** What stands on the idle screen. */
  get statusLines(): readonly string[] {
    return this.#status?.lines ?? [];
  }

  /** The entry of a menu that `OK` chooses, from 0. */
  get selected(): number {
    return this.#selected;
  }

  /** What was typed into an input screen. */
  get typed(): string {
    return this.#typed;
  }

  /** Obeys an object, or puts it on the screen. */
  show(object: PushedObject): void {
    if (object.beep) this.beeps += 1;
    this.received.record(object);
    if (object.kind === 'Execute') object.instructions.forEach(this.#actions.run);
    else if (object.kind === 'Configuration') object.instructions.forEach(this.#actions.configure);
    else if (object.kind === 'Status') this.#setStatus(object);
    else this.#setShown(object);
  }

  /** Shows that a document could not be read, as the phone does on its screen. */
  showFault(text: string): void {
    const empty = { beep: false, timeout: 0, title: '', items: [], softKeys: [], instructions: [], cancelAction: '' };
    this.#setShown({ ...empty, kind: 'TextScreen', lines: [text], input: undefined });
  }

  /** `UP`, `DOWN`. @returns whether the screen took the key. */
  move(step: 1 | -1): boolean {
    const count = this.#shown?.items.length ?? 0;
    if (count === 0) return this.#shown !== undefined;
    this.#selected = (this.#selected + step + count) % count;
    return true;
  }

  /** A digit. @returns whether the screen took it. */
  type(digit: string): boolean {
    if (this.#shown?.input === undefined) return false;
    this.#typed += digit;
    return true;
  }

  /** `OK`, `ENTER`. @returns whether the screen took the key. */
  choose(): boolean {
    const object = this.#shown;
    if (object === undefined) return false;
    const item = object.items[this.#selected];
    if (object.input) this.#submit(object.input);
    else if (item?.dial) this.#actions.dial(item.dial);
    else if (item?.uri) this.#actions.run(item.uri);
    else this.close();
    return true;
  }

  /** `F1`…`F4` and those beyond. @returns whether the screen took the key. */
  pressSoftKey(index: number): boolean {
    const object = this.#shown;
    if (object === undefined) return false;
    const uri = object.softKeys.find((key) => key.index === index)?.uri ?? '';
    if (uri === 'SoftKey:Exit') this.cancel();
    else if (uri === 'SoftKey:Select' || uri === 'SoftKey:Submit') this.choose();
    else if (uri === 'SoftKey:BackSpace') this.#typed = this.#typed.slice(0, -1);
    else if (uri !== '') this.#actions.run(uri);
    return true;
  }

  /** `X`. @returns whether there was a screen to leave. */
  cancel(): boolean {
    const object = this.#shown;
    if (object === undefined) return false;
    this.close();
    if (object.cancelAction !== '') this.#actions.run(object.cancelAction);
    return true;
  }

  /** Takes the screen away; a status stays. */
  close(): void {
    clearTimeout(this.#shownTimer);
    this.#shown = undefined;
  }

  /** Takes everything away and stops its timers. */
  [Symbol.dispose](): void {
    this.close();
    clearTimeout(this.#statusTimer);
    this.#status = undefined;
  }

  #submit({ url, parameter }: { readonly url: string; readonly parameter: string }): void {
    const joint = url.includes('?') ? '&' : '?';
    this.#actions.run(`${url}${joint}${parameter}=${encodeURIComponent(this.#typed)}`);
  }

  #setShown(object: PushedObject): void {
    this.close();
    this.#shown = object;
    this.#selected = 0;
    this.#typed = object.input?.value ?? '';
    this.#shownTimer = this.#after(object.timeout, () => this.close());
  }

  #setStatus(object: PushedObject): void {
    clearTimeout(this.#statusTimer);
    this.#status = object;
    this.#statusTimer = this.#after(object.timeout, () => {
      this.#status = undefined;
    });
  }

  #after(seconds: number, act: () => void): NodeJS.Timeout | undefined {
    return seconds > 0 ? setTimeout(act, seconds * this.#actions.secondMs).unref() : undefined;
  }
}
