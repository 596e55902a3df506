import type { SnomParts } from './parts.ts';

/** What the phone's housing does for {@link Power}. */
export interface PowerHooks {
  /** Drops off the network: the web server refuses connections, calls are lost. */
  readonly goDown: () => Promise<void>;
  /** Comes back on the same port and registers. */
  readonly comeUp: () => Promise<void>;
}

/** Reboots and factory resets. */
export class Power {
  readonly #parts: SnomParts;
  readonly #hooks: PowerHooks;
  #running: Promise<void> | undefined;
  readonly #off = new AbortController();

  constructor(parts: SnomParts, hooks: PowerHooks) {
    this.#parts = parts;
    this.#hooks = hooks;
  }

  /** Resolves once a reboot that is under way is over. */
  async settled(): Promise<void> {
    await this.#running;
  }

  /** Goes away, loses all settings that are not in flash, comes back. */
  reboot(): void {
    if (this.#off.signal.aborted || this.#running !== undefined) return;
    this.#parts.effects.record({ type: 'rebooted' });
    this.#running = this.#cycle().finally(() => {
      this.#running = undefined;
    });
  }

  /** Forgets all settings, then reboots. */
  reset(): void {
    if (this.#off.signal.aborted || this.#running !== undefined) return;
    this.#parts.effects.record({ type: 'reset' });
    this.#parts.memory.reset();
    this.reboot();
  }

  /** Keeps a reboot that is under way from coming back. */
  off(): void {
    this.#off.abort();
  }

  async #cycle(): Promise<void> {
    await this.#hooks.goDown();
    this.#parts.memory.reload();
    const { signal } = this.#off;
    await delay(this.#parts.quirks.rebootMs, signal);
    if (!signal.aborted) await this.#hooks.comeUp();
  }
}

/** The global timer, so that a test that sets the clock sets this one too. Ends early where the signal says so. */
const delay = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(finish, ms);
    if (signal.aborted) finish();
    else signal.addEventListener('abort', finish, { once: true });
  });
