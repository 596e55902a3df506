import { expect, vi } from 'vitest';
import type { TestGateway } from '../support/gateway.ts';

const PATIENT = { timeout: 30_000 };

/** What somebody gets who listens at a gateway: the variable `n` of each event. */
export class Listener {
  readonly seen: string[] = [];
  #cursor: string | undefined;
  #following: { stop(): void } | null = null;
  #caughtUp = false;

  /** Behind what it got before; the first time with what comes from now on. */
  async listenAt({ application }: TestGateway): Promise<void> {
    this.leave();
    this.#caughtUp = false;
    this.#following = application.events.follow({}, this.#cursor, {
      update: (update) => {
        if (update.kind === 'missed') throw new Error(`missed: ${update.reason}`);
        if (update.kind === 'caughtUp') {
          this.#caughtUp = true;
          this.#cursor ??= update.cursor;
          return true;
        }
        const { event } = update;
        this.#cursor = application.events.cursorOf(event.sequence);
        this.seen.push(event.variables.find(({ name }) => name === 'n')?.value ?? '');
        return true;
      },
      end: () => {},
    });
    await vi.waitFor(() => expect(this.#caughtUp).toBe(true), PATIENT);
  }

  leave(): void {
    this.#following?.stop();
  }
}
