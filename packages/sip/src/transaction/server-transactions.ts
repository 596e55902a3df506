import type { SipClock } from '../clock.ts';
import type { SipRequest } from '../message/types.ts';
import { transactionBranch } from '../message/via.ts';
import { ServerTransaction } from './server.ts';
import type { SipTimers } from './timers.ts';

/** What the table needs. */
export interface ServerTransactionsOptions {
  readonly clock: SipClock;
  readonly timers: SipTimers;
  /** A flood of requests must not take all memory: beyond so many they are dropped, and the peers send again. */
  readonly capacity: number;
}

/** How a request is answered. */
export interface ReplyPath {
  readonly reliable: boolean;
  readonly send: (bytes: Buffer) => void;
}

/** What becomes of a request. */
export type Admission =
  | { readonly kind: 'new'; readonly transaction: ServerTransaction }
  /** The same request by another way (RFC 3261 section 8.2.2.2). */
  | { readonly kind: 'merged'; readonly transaction: ServerTransaction }
  /** It came again, or is an ACK, and has been dealt with. */
  | { readonly kind: 'absorbed' }
  /** There is no room. */
  | { readonly kind: 'overload' };

/** All server transactions: finds the one that a request belongs to (RFC 3261 section 17.2.3). */
export class ServerTransactions {
  readonly #options: ServerTransactionsOptions;
  readonly #byKey = new Map<string, ServerTransaction>();
  /** By From tag, Call-ID and CSeq, which a request keeps on every way that it takes. */
  readonly #byOrigin = new Map<string, ServerTransaction>();

  constructor(options: ServerTransactionsOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#byKey.size;
  }

  /** Whether a CANCEL has something to cancel (section 9.2). */
  hasInvite(request: SipRequest): boolean {
    return this.#byKey.has(keyOf(request, 'INVITE'));
  }

  /** Takes a request that was received. */
  admit(request: SipRequest, path: ReplyPath): Admission {
    const { method } = request;
    const key = keyOf(request, method === 'ACK' ? 'INVITE' : method);
    const present = this.#byKey.get(key);
    if (method === 'ACK') {
      present?.receiveAck();
      return { kind: 'absorbed' };
    }
    if (present !== undefined) {
      present.receiveAgain();
      return { kind: 'absorbed' };
    }
    if (this.#byKey.size >= this.#options.capacity) return { kind: 'overload' };
    const { origin, merged } = this.#originOf(request);
    const transaction = new ServerTransaction({
      invite: method === 'INVITE',
      reliable: path.reliable,
      clock: this.#options.clock,
      timers: this.#options.timers,
      send: path.send,
      onGone: () => {
        this.#byKey.delete(key);
        if (this.#byOrigin.get(origin) === transaction) this.#byOrigin.delete(origin);
      },
    });
    this.#byKey.set(key, transaction);
    if (!merged) this.#byOrigin.set(origin, transaction);
    return { kind: merged ? 'merged' : 'new', transaction };
  }

  /** Within a dialog, that is with a tag in To, no request is merged (section 8.2.2.2). */
  #originOf({ callId, from, method, sequence, to }: SipRequest): { origin: string; merged: boolean } {
    const origin = [from.parameters.get('tag') ?? '', callId, sequence.number, method].join(' ');
    return { origin, merged: !to.parameters.has('tag') && this.#byOrigin.has(origin) };
  }

  /** Ends all of them. */
  close(): void {
    for (const transaction of [...this.#byKey.values()]) transaction.terminate();
  }
}

/** Section 17.2.3; the second form is for requests of RFC 2543, whose branch is not unique. */
function keyOf(request: SipRequest, method: string): string {
  const { via, callId, from, sequence, uri, headers } = request;
  const branch = transactionBranch(via);
  return branch !== undefined
    ? [branch, via.host, via.port ?? '', method].join(' ')
    : [uri, from.parameters.get('tag') ?? '', callId, sequence.number, headers.get('via'), method].join(' ');
}
