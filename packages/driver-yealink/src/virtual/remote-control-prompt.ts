import { Recorder } from '@hookswitch/driver-kit/virtual';

/** What the prompt depends on. */
export interface RemoteControlPromptOptions {
  /** `features.show_action_uri_option = 1`. */
  readonly isShown: () => boolean;
  /** Whether an address that was declined is asked about again. */
  readonly asksAgain: () => boolean;
}

/**
 * "Allow remote control?": the phone asks the person before it for each new source address, and refuses meanwhile.
 * One answer settles all addresses that wait.
 */
export class RemoteControlPrompt {
  /** The addresses for which the prompt was raised, each time it was. */
  readonly raised = new Recorder<string>();
  readonly #options: RemoteControlPromptOptions;
  readonly #allowed = new Set<string>();
  readonly #declined = new Set<string>();
  readonly #waiting = new Set<string>();

  constructor(options: RemoteControlPromptOptions) {
    this.#options = options;
  }

  /** Whether the question stands on the screen. */
  get isPending(): boolean {
    return this.#waiting.size > 0;
  }

  /** Whether a request from this address may act; raises the prompt if it is new. */
  admits(address: string): boolean {
    if (!this.#options.isShown() || this.#allowed.has(address)) return true;
    if (this.#waiting.has(address)) return false;
    if (this.#declined.has(address) && !this.#options.asksAgain()) return false;
    this.#waiting.add(address);
    this.raised.record(address);
    return false;
  }

  /** Somebody presses OK. @returns whether there was a question. */
  allow(): boolean {
    return this.#settle(this.#allowed);
  }

  /** Somebody declines. @returns whether there was a question. */
  decline(): boolean {
    return this.#settle(this.#declined);
  }

  /** Forgets what is on the screen, and with `true` also every answer. */
  reset(answersToo: boolean): void {
    this.#waiting.clear();
    if (!answersToo) return;
    this.#allowed.clear();
    this.#declined.clear();
  }

  #settle(into: Set<string>): boolean {
    const { isPending } = this;
    for (const address of this.#waiting) into.add(address);
    this.#waiting.clear();
    return isPending;
  }
}
