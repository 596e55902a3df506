import { serialise } from '../message/serialise.ts';
import type { SipResponse } from '../message/types.ts';
import { toTransportFault } from '../transport/faults.ts';
import { TransportFault } from '../transport/types.ts';
import { ackFor } from './ack.ts';
import { type ClientParts, type ClientTransaction, TimerSet, type TransactionEnd } from './client.ts';
import { lifetime } from './timers.ts';

/** The client transaction of an INVITE (RFC 3261 section 17.1.1, with the state Accepted of RFC 6026 section 7.2). */
export class InviteClient implements ClientTransaction {
  readonly #parts: ClientParts;
  readonly #timers: TimerSet<'A' | 'B' | 'D' | 'M' | 'cancel'>;
  #state: 'calling' | 'proceeding' | 'completed' | 'accepted' | 'terminated' = 'calling';
  #sent = false;
  #taken = false;
  #sendCancel: (() => void) | undefined;
  #stopWatching: () => void = () => {};

  constructor(parts: ClientParts) {
    this.#parts = parts;
    this.#timers = new TimerSet(parts.clock);
  }

  get sent(): boolean {
    return this.#sent;
  }

  start(): void {
    const { flow, timers } = this.#parts;
    this.#stopWatching = flow.onClose(() => {
      this.#fail(new TransportFault('NETWORK', 'the connection ended before the answer'), this.#sent);
    });
    this.#timers.start('B', { ms: lifetime(timers), fire: () => this.#end({ kind: 'timeout' }) });
    if (!flow.reliable) this.#startA(timers.t1);
    this.#send(this.#parts.bytes);
  }

  /** Timer A doubles without a limit (section 17.1.1.2). */
  #startA(ms: number): void {
    const fire = (): void => {
      this.#send(this.#parts.bytes);
      this.#startA(ms * 2);
    };
    this.#timers.start('A', { ms, fire });
  }

  #send(bytes: Buffer): void {
    this.#sent = true;
    this.#parts.flow.send(bytes).then(
      () => {
        this.#taken = true;
      },
      (error: unknown) => this.#fail(toTransportFault(error), this.#taken),
    );
  }

  /**
   * Gives the INVITE up (section 9.1): a CANCEL goes out as soon as there is a provisional response, not before.
   * Should a 2xx come all the same, `onSuccess` is called as ever.
   */
  cancel(sendCancel: () => void): void {
    if (this.#sendCancel !== undefined) return;
    this.#sendCancel = sendCancel;
    if (this.#state === 'proceeding') this.#startCancel(sendCancel);
  }

  #startCancel(sendCancel: () => void): void {
    sendCancel();
    // A peer of RFC 2543 does not answer the INVITE after a CANCEL: it is over after 64 × T1 (section 9.1).
    const ms = lifetime(this.#parts.timers);
    this.#timers.start('cancel', { ms, fire: () => this.#end({ kind: 'timeout' }) });
  }

  receive(response: SipResponse): void {
    this.#taken = true;
    if (response.status < 200) this.#receiveProvisional(response);
    else if (response.status < 300) this.#receiveSuccess(response);
    else this.#receiveFailure(response);
  }

  #receiveProvisional(response: SipResponse): void {
    if (this.#state !== 'calling' && this.#state !== 'proceeding') return;
    if (this.#state === 'calling') {
      this.#state = 'proceeding';
      this.#timers.clear();
      if (this.#sendCancel !== undefined) this.#startCancel(this.#sendCancel);
    }
    this.#parts.onProvisional(response);
  }

  #receiveSuccess(response: SipResponse): void {
    if (this.#state === 'completed' || this.#state === 'terminated') return;
    this.#parts.onSuccess(response);
    if (this.#state === 'accepted') return;
    this.#state = 'accepted';
    this.#timers.clear();
    // Timer M: a 2xx that comes again, or from another branch of a fork, is handed on so long (RFC 6026 section 7.2).
    this.#timers.start('M', { ms: lifetime(this.#parts.timers), fire: () => this.terminate() });
    this.#parts.onEnd({ kind: 'final', response });
  }

  #receiveFailure(response: SipResponse): void {
    if (this.#state === 'accepted' || this.#state === 'terminated') return;
    const again = this.#state === 'completed';
    this.#state = 'completed';
    this.#send(serialise(ackFor(this.#parts.message, response)));
    if (again) return;
    this.#timers.clear();
    const { flow, onEnd, timers } = this.#parts;
    // Timer D: at least 32 s, so that each retransmission of the response gets its ACK (section 17.1.1.2).
    if (flow.reliable) this.terminate();
    else this.#timers.start('D', { ms: lifetime(timers), fire: () => this.terminate() });
    onEnd({ kind: 'final', response });
  }

  #fail(fault: TransportFault, sent: boolean): void {
    if (this.#state === 'completed') this.terminate();
    else this.#end({ kind: 'fault', fault, sent });
  }

  #end(end: TransactionEnd): void {
    if (this.#state !== 'calling' && this.#state !== 'proceeding') return;
    this.terminate();
    this.#parts.onEnd(end);
  }

  terminate(): void {
    if (this.#state === 'terminated') return;
    this.#state = 'terminated';
    this.#timers.clear();
    this.#stopWatching();
    this.#parts.onGone();
  }
}
