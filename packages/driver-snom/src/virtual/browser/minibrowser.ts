import { ActionUrlClient, Recorder } from '@hookswitch/driver-kit/virtual';
import { functionKeyAt } from '../keys/function-key-settings.ts';
import type { SnomParts } from '../parts.ts';
import { type BrowserDocument, type BrowserLed, parseBrowserDocument } from './document.ts';
import { parseInternalUrl, runFragment } from './internal-url.ts';

const LINKED_KEYS: Readonly<Record<string, string>> = { F_CANCEL: 'CANCEL', F_OK: 'ENTER' };

/** Keys that never go to a document: the hook, the volume, what ends it. */
const PHONE_KEYS = new Set(['OFFHOOK', 'ONHOOK', 'VOLUME_UP', 'VOLUME_DOWN', 'SPEAKER', 'HEADSET', 'MUTE', 'DND']);

/** The XML browser: fetches documents, shows them, sets LEDs, follows `fetch`. */
export class Minibrowser {
  /** Every document that was taken, silent ones included. */
  readonly shown = new Recorder<BrowserDocument>();
  /** What it asked servers for. */
  readonly client: ActionUrlClient;
  readonly #parts: SnomParts;
  #document: BrowserDocument | undefined;
  #host = '';
  #selected = 0;
  #timer: NodeJS.Timeout | undefined;
  /** Those who wait until no order of a document is open. */
  readonly #waiting = new Set<() => void>();

  constructor(parts: SnomParts, userAgent: string) {
    this.#parts = parts;
    this.client = new ActionUrlClient({ userAgent, unknown: 'keep', localAddress: parts.host });
  }

  /** What is on the screen; `undefined` while the browser is closed. */
  get document(): BrowserDocument | undefined {
    return this.#document;
  }

  /** Goes to an address: fetches it, or does what an address inside the phone asks for. */
  async open(url: string): Promise<void> {
    const internal = parseInternalUrl(url);
    if (internal !== undefined) {
      if (internal.exits) this.close();
      return runFragment(this.#parts, internal, this.#host);
    }
    const fetched = await this.client.fire('minibrowser', url);
    if (fetched?.reply?.status === 200) this.showReply(fetched.reply.body, fetched.url);
  }

  /** Shows what a server answered if it is a document, and nothing otherwise. `from` is where it came from. */
  showReply(body: string, from: string): void {
    this.show(body, hostOf(from));
  }

  /**
   * Takes a document, as from XmlPush or a SIP NOTIFY of `host`.
   * @returns whether it was one.
   */
  show(xml: string, host = ''): boolean {
    const document = parseBrowserDocument(xml, this.#parts.firmware);
    if (document === undefined) return false;
    this.#forgetFetch();
    this.#host = host;
    if (document.kind !== 'silent') {
      this.#document = document;
      this.#selected = 0;
    }
    for (const led of document.leds) this.#setLight(led);
    if (document.fetch !== undefined) this.#fetchLater(document.fetch);
    this.shown.record(document);
    this.#parts.redraw();
    return true;
  }

  /** Resolves once no `fetch` waits, or was waiting that now has been done or forgotten. */
  async settled(): Promise<void> {
    if (this.#timer === undefined) return;
    await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }

  /** Leaves the browser. */
  close(): void {
    this.#forgetFetch();
    this.#document = undefined;
    this.#parts.redraw();
  }

  /**
   * Offers a key to the document on the screen. During a call, and unless the document is of state `only_mb`, keys that
   * it has no use for are left to the phone.
   * @returns whether the phone itself must not act on it.
   */
  takesKey(pressed: string): boolean {
    const document = this.#document;
    if (document === undefined || PHONE_KEYS.has(pressed)) return false;
    const key = LINKED_KEYS[pressed] ?? pressed;
    const url = this.#linkOf(document, key);
    if (url !== undefined) {
      void this.open(url);
      return true;
    }
    if (this.#parts.telephony.legs.length > 0) return false;
    if (key === 'CANCEL') this.close();
    if (key === 'UP' || key === 'DOWN') this.#selected += key === 'UP' ? -1 : 1;
    return key === 'CANCEL' || document.state === 'only_mb';
  }

  #linkOf({ softKeys, menu }: BrowserDocument, key: string): string | undefined {
    const url =
      softKeys.find((link) => link.key === key)?.url ?? (key === 'ENTER' ? menu.at(this.#selected)?.url : undefined);
    return url === '' ? undefined : url;
  }

  /** LED 0 is the message light; the others are keys, counted from the model's own number on. */
  #setLight({ number, state, color }: BrowserLed): void {
    const key = number === 0 ? 'MESSAGE' : functionKeyAt(this.#parts, number - this.#parts.profile.ledOffset);
    if (key !== undefined) this.#parts.lights.set(key, { state, color: state === 'off' ? undefined : color });
  }

  #fetchLater({ afterMs, url }: NonNullable<BrowserDocument['fetch']>): void {
    this.#timer = setTimeout(() => {
      this.#forgetFetch();
      void this.open(url);
    }, afterMs);
    this.#timer.unref();
  }

  #forgetFetch(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}

const hostOf = (url: string): string => url.replace(/^\w+:\/\/(?:[^/?#@]*@)?(\[[^\]]+\]|[^:/?#]+).*$/s, '$1');
