import { setTimeout as delay } from 'node:timers/promises';
import type { SnomParts } from '../parts.ts';
import type { KeyEvent } from './key-events.ts';
import { keysOf } from './key-names.ts';

/** Takes key events and lets them act one after the other, with their times. */
export class Keyboard {
  readonly #parts: SnomParts;
  readonly #queue: KeyEvent[] = [];
  readonly #stopping = new AbortController();
  #isRunning = false;

  constructor(parts: SnomParts) {
    this.#parts = parts;
  }

  /**
   * Adds events to those that wait. Without times they have acted when this returns, unless others are still under way.
   */
  inject(events: readonly KeyEvent[]): void {
    this.#queue.push(...events);
    if (!this.#isRunning) void this.#run();
  }

  /** Forgets what waits, for good. */
  stop(): void {
    this.#queue.length = 0;
    this.#stopping.abort();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    try {
      for (let event = this.#queue.shift(); event !== undefined; event = this.#queue.shift()) {
        // Awaiting nothing would put the key off until after the reply.
        if (this.#takesTime(event.timeMs) && !(await this.#wait(event.timeMs))) return;
        this.#act(event);
        if (this.#takesTime(event.pauseMs)) await this.#wait(event.pauseMs);
      }
    } finally {
      this.#isRunning = false;
    }
  }

  #act({ key, timeMs }: KeyEvent): void {
    const { effects, desk } = this.#parts;
    if (!keysOf(this.#parts).has(key)) {
      effects.record({ type: 'unknownKey', key });
      return;
    }
    effects.record({ type: 'keyPressed', key, heldMs: timeMs });
    desk.press(key, timeMs);
  }

  #takesTime(milliseconds: number): boolean {
    return milliseconds > 0 && this.#parts.quirks.keyTiming === 'real';
  }

  /** @returns whether the phone is still on then */
  #wait(milliseconds: number): Promise<boolean> {
    return delay(milliseconds, true, { signal: this.#stopping.signal }).catch(() => false);
  }
}
