import type { SipClock } from '../clock.ts';
import type { OutgoingMessage } from '../message/serialise.ts';
import type { SipResponse } from '../message/types.ts';
import type { Flow, TransportFault } from '../transport/types.ts';
import type { SipTimers } from './timers.ts';

/** How a client transaction came to its end. */
export type TransactionEnd =
  | { readonly kind: 'final'; readonly response: SipResponse }
  /** No final response in time: timer B or F. */
  | { readonly kind: 'timeout' }
  /** The network failed; `sent`: the request may have reached the peer before. */
  | { readonly kind: 'fault'; readonly fault: TransportFault; readonly sent: boolean };

/** What a client transaction is made of. */
export interface ClientParts {
  readonly message: OutgoingMessage;
  readonly bytes: Buffer;
  readonly flow: Flow;
  readonly clock: SipClock;
  readonly timers: SipTimers;
  /** Called once: nothing more is to be expected for who asked. */
  readonly onEnd: (end: TransactionEnd) => void;
  /** Called once: no message belongs to it any longer. */
  readonly onGone: () => void;
  readonly onProvisional: (response: SipResponse) => void;
  /** Each 2xx to an INVITE, also when it comes again (RFC 6026 section 7.2). */
  readonly onSuccess: (response: SipResponse) => void;
}

/** A transaction of a request that was sent. */
export interface ClientTransaction {
  /** Whether the request has been handed to the network, so that it may have reached the peer. */
  readonly sent: boolean;
  start(): void;
  receive(response: SipResponse): void;
  /** Ends it at once; nothing is called any more but `onGone`. */
  terminate(): void;
}

/** Timers that are taken back all together. */
export class TimerSet<Name extends string> {
  readonly #clock: SipClock;
  readonly #running = new Map<Name, () => void>();

  constructor(clock: SipClock) {
    this.#clock = clock;
  }

  /** Starts a timer, or starts it again. */
  start(name: Name, { ms, fire }: { readonly ms: number; readonly fire: () => void }): void {
    this.stop(name);
    const cancel = this.#clock.after(ms, () => {
      this.#running.delete(name);
      fire();
    });
    this.#running.set(name, cancel);
  }

  /** Takes one back. */
  stop(name: Name): void {
    this.#running.get(name)?.();
    this.#running.delete(name);
  }

  /** Takes all back. */
  clear(): void {
    for (const cancel of this.#running.values()) cancel();
    this.#running.clear();
  }
}
