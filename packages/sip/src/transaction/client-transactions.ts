import type { SipClock } from '../clock.ts';
import { type OutgoingMessage, serialise } from '../message/serialise.ts';
import type { SipResponse } from '../message/types.ts';
import { transactionBranch } from '../message/via.ts';
import { type Flow, TransportFault } from '../transport/types.ts';
import { cancelFor } from './ack.ts';
import type { ClientParts, ClientTransaction, TransactionEnd } from './client.ts';
import { InviteClient } from './invite-client.ts';
import { NonInviteClient } from './non-invite-client.ts';
import type { SipTimers } from './timers.ts';

/** A request to be sent once, with all its retransmissions. */
export interface Exchange {
  readonly message: OutgoingMessage;
  /** `message` as octets. */
  readonly bytes: Buffer;
  readonly method: string;
  readonly branch: string;
  readonly flow: Flow;
  readonly signal?: AbortSignal | undefined;
  /** Each 2xx to an INVITE, also when it comes again or late. */
  readonly onSuccess?: ((response: SipResponse) => void) | undefined;
}

const CLOSED = new TransportFault('CLOSED', 'the user agent was closed');

/** How an exchange ended. */
export type ExchangeEnd = (TransactionEnd | { readonly kind: 'aborted'; readonly sent: boolean }) & {
  /** The status of the last provisional response; null: there was none. */
  readonly provisional: number | null;
};

/** All client transactions: matches responses to them (RFC 3261 section 17.1.3). */
export class ClientTransactions {
  readonly #clock: SipClock;
  readonly #timers: SipTimers;
  readonly #byKey = new Map<string, ClientTransaction>();
  /** What ends the waits of those whose request is under way. */
  readonly #waiting = new Set<() => void>();

  constructor(clock: SipClock, timers: SipTimers) {
    this.#clock = clock;
    this.#timers = timers;
  }

  /** How many there are, those included that only wait for retransmissions. */
  get size(): number {
    return this.#byKey.size;
  }

  /** Hands a response to its transaction. @returns whether there is one. */
  receive(response: SipResponse): boolean {
    const branch = transactionBranch(response.via);
    // Several Via: it was not meant for here (RFC 3261 section 8.1.3.3).
    if (branch === undefined || response.headers.list('via').length > 1) return false;
    const transaction = this.#byKey.get(keyOf(branch, response.sequence.method));
    transaction?.receive(response);
    return transaction !== undefined;
  }

  /** Sends a request and waits for what becomes of it. Never rejects. */
  exchange(exchange: Exchange): Promise<ExchangeEnd> {
    const { bytes, flow, message, method, signal } = exchange;
    if (signal?.aborted) return Promise.resolve({ kind: 'aborted', sent: false, provisional: null });
    return new Promise((resolve) => {
      let provisional: number | null = null;
      const key = keyOf(exchange.branch, method);
      const end = (result: TransactionEnd | { readonly kind: 'aborted'; readonly sent: boolean }): void => {
        signal?.removeEventListener('abort', abort);
        this.#waiting.delete(close);
        resolve({ ...result, provisional });
      };
      const parts: ClientParts = {
        message,
        bytes,
        flow,
        clock: this.#clock,
        timers: this.#timers,
        onEnd: end,
        onGone: () => this.#byKey.delete(key),
        onProvisional: ({ status }) => {
          provisional = status;
        },
        onSuccess: exchange.onSuccess ?? (() => {}),
      };
      const transaction = method === 'INVITE' ? new InviteClient(parts) : new NonInviteClient(parts);
      const abort = (): void => {
        if (transaction instanceof InviteClient) transaction.cancel(() => this.#sendCancel(exchange));
        else transaction.terminate();
        end({ kind: 'aborted', sent: transaction.sent });
      };
      const close = (): void => end({ kind: 'fault', fault: CLOSED, sent: transaction.sent });
      signal?.addEventListener('abort', abort, { once: true });
      this.#byKey.set(key, transaction);
      this.#waiting.add(close);
      transaction.start();
    });
  }

  /** The CANCEL is a transaction of its own with the branch of the INVITE (RFC 3261 section 9.1). */
  #sendCancel({ branch, flow, message }: Exchange): void {
    const cancel = cancelFor(message);
    void this.exchange({ message: cancel, bytes: serialise(cancel), method: 'CANCEL', branch, flow });
  }

  /** Ends all of them; who waits is told that the user agent is closed. */
  close(): void {
    for (const end of [...this.#waiting]) end();
    for (const transaction of [...this.#byKey.values()]) transaction.terminate();
  }
}

function keyOf(branch: string, method: string): string {
  return `${branch} ${method}`;
}
