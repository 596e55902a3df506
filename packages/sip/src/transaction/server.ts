import type { SipClock } from '../clock.ts';
import { TimerSet } from './client.ts';
import { lifetime, type SipTimers } from './timers.ts';

/** What a server transaction is made of. */
export interface ServerParts {
  readonly invite: boolean;
  /** Whether the request came over a transport that retransmits by itself. */
  readonly reliable: boolean;
  readonly clock: SipClock;
  readonly timers: SipTimers;
  /** Sends a response, whatever becomes of it. */
  readonly send: (bytes: Buffer) => void;
  /** Called once: no message belongs to it any longer. */
  readonly onGone: () => void;
}

/**
 * The transaction of a request that was received (RFC 3261 section 17.2). An INVITE is never accepted here: of its
 * transaction there are the states after a final response that is no 2xx.
 */
export class ServerTransaction {
  readonly #parts: ServerParts;
  readonly #timers: TimerSet<'G' | 'end'>;
  #response: Buffer | undefined;
  #state: 'trying' | 'completed' | 'confirmed' | 'terminated' = 'trying';

  constructor(parts: ServerParts) {
    this.#parts = parts;
    this.#timers = new TimerSet(parts.clock);
    // Who has to answer may never do it: then the transaction ends with the one of the peer.
    this.#timers.start('end', { ms: lifetime(parts.timers), fire: () => this.terminate() });
  }

  /** Sends the final response; only the first one counts. */
  respond(response: Buffer): void {
    if (this.#state !== 'trying') return;
    const { invite, reliable, send, timers } = this.#parts;
    this.#state = 'completed';
    this.#response = response;
    send(response);
    // Timer J (section 17.2.2); of an INVITE timer H, also over TCP, since its ACK has yet to come (section 17.2.1).
    const ms = reliable && !invite ? 0 : lifetime(timers);
    if (ms === 0) this.terminate();
    else this.#timers.start('end', { ms, fire: () => this.terminate() });
    if (invite && !reliable) this.#startG(timers.t1);
  }

  /** Timer G: the response to an INVITE is repeated until its ACK comes (section 17.2.1). */
  #startG(ms: number): void {
    const fire = (): void => {
      this.#repeat();
      this.#startG(Math.min(ms * 2, this.#parts.timers.t2));
    };
    this.#timers.start('G', { ms, fire });
  }

  /** The request came again: it is answered again, or absorbed where there is no answer yet (section 17.2.2). */
  receiveAgain(): void {
    if (this.#state === 'completed') this.#repeat();
  }

  /** The ACK to the response of an INVITE: timer I absorbs those that come again (section 17.2.1). */
  receiveAck(): void {
    if (this.#state !== 'completed') return;
    const { reliable, timers } = this.#parts;
    this.#state = 'confirmed';
    this.#timers.stop('G');
    if (reliable) this.terminate();
    else this.#timers.start('end', { ms: timers.t4, fire: () => this.terminate() });
  }

  #repeat(): void {
    if (this.#response !== undefined) this.#parts.send(this.#response);
  }

  terminate(): void {
    if (this.#state === 'terminated') return;
    this.#state = 'terminated';
    this.#timers.clear();
    this.#parts.onGone();
  }
}
