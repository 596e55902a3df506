import { Recorder } from '../../virtual/index.ts';
import { parameterOf, uriIn } from '../../virtual/sip/address.ts';
import { token } from '../../virtual/sip/client.ts';
import {
  headerOf,
  headersOf,
  parseSipMessage,
  type SipField,
  type SipMessage,
  type SipRequestMessage,
  type SipResponseMessage,
  serializeSipMessage,
} from '../../virtual/sip/message.ts';
import type { SipPeer } from '../../virtual/sip/sockets.ts';

/**
 * What becomes of what the phone says to one request. The phone has acted.
 *
 * - `delivery: 'empty'`: its final response is lost, and the time that is waited for it is over at once.
 * - `delivery: 'malformed'`: it is no SIP. `delivery: 'never'`: it is lost, and the waiting goes on.
 * - `body`: it carries another body. Within a dialog the first body is meant that the phone sends, be it in its response
 *   or in an INFO of its own; after it the phone ends the dialog.
 * - `says`: within a dialog, the phone answers without a body, and then sends nothing, or ends the dialog.
 */
export type SipInterference =
  | { readonly delivery: 'empty' | 'malformed' | 'never' }
  | { readonly body: string }
  | { readonly says: 'nothing' | 'BYE' };

/** A request whose response is interfered with. */
interface Struck {
  readonly request: SipRequestMessage;
  readonly how: SipInterference;
}

/** What an {@link Interferer} does with what it does not keep to itself. */
interface InterfererOptions {
  readonly pass: (message: SipMessage | undefined, peer?: SipPeer) => void;
  readonly expire: (branch: string) => void;
  readonly ownAddress: () => string;
}

/** Changes what a phone says to one request. */
export class Interferer {
  next: SipInterference | undefined;
  readonly interfered = new Recorder<SipRequestMessage>();
  readonly #options: InterfererOptions;
  #struck: Struck | undefined;

  constructor(options: InterfererOptions) {
    this.#options = options;
  }

  /** A request leaves for the phone. */
  take(request: SipRequestMessage): void {
    if (this.next !== undefined) this.#struck = { request, how: this.next };
    this.next = undefined;
  }

  /** The phone says something. @returns whether that was dealt with here */
  hears(message: SipMessage, peer: SipPeer): boolean {
    const struck = this.#struck;
    if (struck === undefined) return false;
    if (message.kind === 'request') return message.method === 'INFO' && this.#overhear(message, struck, peer);
    const isMeant = branchOf(message) === branchOf(struck.request) && message.status >= 200;
    if (isMeant && (message.status === 401 || message.status === 407)) {
      // The fault is meant for the request that acts.
      this.#struck = undefined;
      this.next = struck.how;
      return false;
    }
    if (!isMeant) return false;
    this.#distort(message, struck);
    return true;
  }

  #distort(response: SipResponseMessage, { request, how }: Struck): void {
    if ('says' in how) {
      this.#options.pass({ ...response, body: '' });
      if (this.interfered.count === 0) this.#interfere(request, how.says === 'BYE');
    } else if ('body' in how) {
      const inDialog = request.method === 'INFO';
      // The body that is meant may come later.
      const isMeant = !inDialog || response.body !== '';
      this.#options.pass(isMeant ? { ...response, body: how.body } : response);
      if (!isMeant) return;
      this.#struck = undefined;
      this.#interfere(request, inDialog);
    } else {
      if (this.interfered.count === 0) this.interfered.record(request);
      if (how.delivery === 'never') return;
      this.#struck = undefined;
      if (how.delivery === 'empty') this.#options.expire(branchOf(request));
      else this.#options.pass(parseSipMessage(Buffer.from('SIP/2.0 \u0000 is this\r\n')));
    }
  }

  /** An INFO of the phone. @returns whether that is all that becomes of it */
  #overhear(info: SipRequestMessage, { request, how }: Struck, peer: SipPeer): boolean {
    if ('says' in how) return true;
    if (!('body' in how) || request.method !== 'INFO') return false;
    this.#struck = undefined;
    this.#options.pass({ ...info, body: how.body }, peer);
    this.#interfere(request, true);
    return true;
  }

  #interfere(request: SipRequestMessage, hangsUp: boolean): void {
    this.interfered.record(request);
    if (hangsUp) this.#options.pass(parseSipMessage(byeOf(request, this.#options.ownAddress())));
  }
}

/** A BYE in the phone's name, within the dialog of a request to it. */
function byeOf(request: SipRequestMessage, address: string): Buffer {
  const fields: readonly SipField[] = [
    ['Via', `SIP/2.0/UDP ${address};branch=z9hG4bK${token()}`],
    ['From', headerOf(request, 'to')],
    ['To', headerOf(request, 'from')],
    ['Call-ID', headerOf(request, 'call-id')],
    ['CSeq', '99999 BYE'],
  ];
  return serializeSipMessage(`BYE ${uriIn(headerOf(request, 'from'))} SIP/2.0`, fields);
}

/** What joins a response to its request. */
export function branchOf(message: Pick<SipMessage, 'fields'>): string {
  return parameterOf(headersOf(message, 'via')[0] ?? '', 'branch') ?? '';
}
