import { headerOf, type SipResponseMessage } from '../../virtual/sip/message.ts';
import { T1_MS } from '../../virtual/sip/server-transactions.ts';
import { branchOf } from './interference.ts';

const T2_MS = 4000;

/** No final response came. */
export class SipFault extends Error {
  /** Whether a byte of the request may have left. */
  readonly sent: boolean;

  constructor(message: string, sent: boolean) {
    super(message);
    this.name = 'SipFault';
    this.sent = sent;
  }
}

/** A request that waits for its final response. */
export interface Outgoing {
  readonly method: string;
  readonly branch: string;
  readonly bytes: Buffer;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** A final response to an INVITE, each time that it comes. */
  readonly onFinal?: (response: SipResponseMessage) => void;
}

interface Waiting {
  readonly method: string;
  readonly resolve: (response: SipResponseMessage) => void;
  readonly fail: (fault: SipFault) => void;
}

/** The calling side's transactions (RFC 3261 section 17.1): sent again over UDP until something comes, and answered once. */
export class ClientTransactions {
  readonly #send: (bytes: Buffer) => void;
  readonly #isUdp: () => boolean;
  readonly #waiting = new Map<string, Waiting>();
  readonly #finals = new Map<string, (response: SipResponseMessage) => void>();

  constructor(send: (bytes: Buffer) => void, isUdp: () => boolean) {
    this.#send = send;
    this.#isUdp = isUdp;
  }

  /** Sends a request. Rejects with a {@link SipFault} where no final response comes. */
  exchange({ method, branch, bytes, timeoutMs, signal, onFinal }: Outgoing): Promise<SipResponseMessage> {
    if (signal.aborted) return Promise.reject(new SipFault('its time was over', false));
    return new Promise((resolve, reject) => {
      let repetition: NodeJS.Timeout | undefined;
      const repeat = (waitMs: number): void => {
        repetition = setTimeout(() => {
          this.#send(bytes);
          repeat(method === 'INVITE' ? 2 * waitMs : Math.min(2 * waitMs, T2_MS));
        }, waitMs);
      };
      const abort = () => fail(new SipFault('its time was over', true));
      const finish = (): void => {
        clearTimeout(repetition);
        clearTimeout(deadline);
        signal.removeEventListener('abort', abort);
        this.#waiting.delete(branch);
      };
      const fail = (fault: SipFault): void => {
        finish();
        reject(fault);
      };
      const deadline = setTimeout(() => fail(new SipFault('no final response came', true)), timeoutMs);
      signal.addEventListener('abort', abort, { once: true });
      if (onFinal !== undefined) this.#finals.set(branch, onFinal);
      this.#waiting.set(branch, {
        method,
        fail,
        resolve: (response) => {
          // A provisional response ends the repetition of an INVITE; that of others goes on, more slowly.
          if (response.status < 200) {
            if (method === 'INVITE') clearTimeout(repetition);
            return;
          }
          finish();
          resolve(response);
        },
      });
      if (this.#isUdp()) repeat(T1_MS);
      this.#send(bytes);
    });
  }

  /** A response has come. */
  receive(response: SipResponseMessage): void {
    const branch = branchOf(response);
    const method = headerOf(response, 'cseq').split(/\s+/)[1];
    const waiting = this.#waiting.get(branch);
    if (response.status >= 200 && method === 'INVITE') this.#finals.get(branch)?.(response);
    if (waiting?.method === method) waiting?.resolve(response);
  }

  /** What came is no SIP: the time of all that wait for something is over. */
  receiveGarbage(): void {
    for (const { fail } of [...this.#waiting.values()]) fail(new SipFault('what came is no SIP', true));
  }

  expire(branch: string): void {
    this.#waiting.get(branch)?.fail(new SipFault('no final response came', true));
  }

  refused(): void {
    for (const { fail } of [...this.#waiting.values()]) fail(new SipFault('the connection was refused', false));
  }
}
