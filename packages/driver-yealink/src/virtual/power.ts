import type { VirtualReply } from '@hookswitch/driver-kit/virtual';
import type { YealinkQuirks } from './quirks.ts';

/** What a reboot takes away and brings back. */
export interface PowerOptions {
  readonly quirks: Pick<YealinkQuirks, 'rebootReply'>;
  /** How long the phone is away, milliseconds. */
  readonly bootMs: number;
  /** Ends all that a phone without power cannot have. */
  readonly goDown: () => Promise<void>;
  /** Opens what it has again. */
  readonly comeUp: () => Promise<void>;
}

/** Long enough for a 200 to leave before the phone goes. */
const GRACE_MS = 50;

/** The global timer, so that a test that sets the clock sets this one too. */
const delay = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** Reboots a phone. */
export class Power {
  readonly #options: PowerOptions;
  #running: Promise<void> | undefined;
  #off = false;

  constructor(options: PowerOptions) {
    this.#options = options;
  }

  /** Reboots; a second wish while it does is part of the first. Resolves once the phone is up again. */
  reboot(graceMs = 0): Promise<void> {
    this.#running ??= this.#cycle(graceMs).finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** What `Reboot` answers while the phone goes away. */
  rebootByKey(): VirtualReply {
    const { rebootReply } = this.#options.quirks;
    void this.reboot(rebootReply === 'ok' ? GRACE_MS : 0);
    if (rebootReply === 'ok') return { status: 200 };
    return { status: 200, delivery: 'empty' };
  }

  /** Resolves once no reboot is under way. */
  async settled(): Promise<void> {
    await this.#running;
  }

  /** Lets no reboot bring the phone up any more, and waits for one that is under way. */
  async off(): Promise<void> {
    this.#off = true;
    await this.#running;
  }

  async #cycle(graceMs: number): Promise<void> {
    if (graceMs > 0) await delay(graceMs);
    await this.#options.goDown();
    if (this.#options.bootMs > 0) await delay(this.#options.bootMs);
    if (!this.#off) await this.#options.comeUp();
  }
}
