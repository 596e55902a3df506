import type { SipResponse } from '../message/types.ts';
import { toTransportFault } from '../transport/faults.ts';
import { TransportFault } from '../transport/types.ts';
import { type ClientParts, type ClientTransaction, TimerSet, type TransactionEnd } from './client.ts';
import { lifetime } from './timers.ts';

/** The client transaction of any request but INVITE (RFC 3261 section 17.1.2). */
export class NonInviteClient implements ClientTransaction {
  readonly #parts: ClientParts;
  readonly #timers: TimerSet<'E' | 'F' | 'K'>;
  #state: 'trying' | 'proceeding' | 'completed' | 'terminated' = 'trying';
  #sent = false;
  #taken = false;
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
    this.#timers.start('F', { ms: lifetime(timers), fire: () => this.#end({ kind: 'timeout' }) });
    if (!flow.reliable) this.#startE(timers.t1);
    this.#send();
  }

  /** Timer E doubles up to T2; once there is a provisional response it is T2 (section 17.1.2.2). */
  #startE(ms: number): void {
    const { t2 } = this.#parts.timers;
    const fire = (): void => {
      this.#send();
      this.#startE(this.#state === 'proceeding' ? t2 : Math.min(ms * 2, t2));
    };
    this.#timers.start('E', { ms, fire });
  }

  #send(): void {
    this.#sent = true;
    this.#parts.flow.send(this.#parts.bytes).then(
      () => {
        this.#taken = true;
      },
      (error: unknown) => this.#fail(toTransportFault(error), this.#taken),
    );
  }

  receive(response: SipResponse): void {
    // A retransmitted final response is absorbed (section 17.1.2.2, Completed).
    if (this.#state === 'completed' || this.#state === 'terminated') return;
    this.#taken = true;
    if (response.status < 200) {
      this.#state = 'proceeding';
      this.#parts.onProvisional(response);
      return;
    }
    this.#state = 'completed';
    this.#timers.clear();
    this.#stopWatching();
    const { flow, onEnd, timers } = this.#parts;
    if (flow.reliable) this.terminate();
    else this.#timers.start('K', { ms: timers.t4, fire: () => this.terminate() });
    onEnd({ kind: 'final', response });
  }

  /** Section 17.1.4: the user is told, and the transaction is over. */
  #fail(fault: TransportFault, sent: boolean): void {
    this.#end({ kind: 'fault', fault, sent });
  }

  #end(end: TransactionEnd): void {
    if (this.#state !== 'trying' && this.#state !== 'proceeding') return;
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
