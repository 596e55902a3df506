import { callerFields, checkWord, type Draft } from '../draft.ts';
import type { SipAnswer } from '../message/response.ts';
import type { OutgoingMessage } from '../message/serialise.ts';
import type { SipRequest, SipResponse } from '../message/types.ts';
import type { SipOutcome } from '../outcome.ts';
import type { MessageOptions } from '../request-options.ts';
import { routeRequest } from '../routing.ts';
import type { Sender } from '../sender.ts';
import { toTransportFault } from '../transport/faults.ts';
import type { SipTransport, TlsTrust } from '../transport/types.ts';
import type { DialogEnd, DialogOptions } from './types.ts';

/** What a dialog is, from the side that sent the INVITE (RFC 3261 section 12.1.2). */
export interface DialogState {
  readonly callId: string;
  readonly from: Draft['from'];
  readonly fromTag: string;
  /** The whole value of To, with the tag of the peer. */
  readonly to: string;
  readonly remoteTag: string;
  /** The Contact of the peer. */
  readonly remoteTarget: string;
  /** Values of Route, nearest first. */
  readonly routes: readonly string[];
  /** Where the INVITE was sent, if not where its URI says. */
  readonly destination: string | undefined;
  /** The number of the INVITE. */
  readonly inviteSequence: number;
}

/** What a dialog needs. */
export interface DialogParts {
  readonly state: DialogState;
  readonly sender: Sender;
  readonly trust: TlsTrust;
  readonly transports: readonly SipTransport[];
  readonly handlers: Pick<DialogOptions, 'onInfo' | 'onNotify' | 'onEnd' | 'credentials'>;
  /** Called once, when requests of the peer belong to it no longer. */
  readonly onGone: () => void;
}

/** A dialog that an INVITE of this side has made (RFC 3261 section 12). */
export class SipDialog {
  readonly #parts: DialogParts;
  #sequence: number;
  #remoteSequence: number | undefined;
  #ended: DialogEnd | undefined;
  #acknowledgement: ReturnType<Sender['acknowledge']> | undefined;

  constructor(parts: DialogParts) {
    this.#parts = parts;
    this.#sequence = parts.state.inviteSequence;
  }

  /** The Call-ID that both sides know it by. */
  get callId(): string {
    return this.#parts.state.callId;
  }

  /** Why it is over; undefined while it is not. */
  get ended(): DialogEnd | undefined {
    return this.#ended;
  }

  /** Sends an INFO (RFC 6086; for uaCSTA ECMA TR/87). */
  info(options: MessageOptions): Promise<SipOutcome> {
    return this.request('INFO', options);
  }

  /** Asks the peer to call somebody else (RFC 3515); how that goes on comes to `onNotify`. */
  refer(target: string, options: MessageOptions = {}): Promise<SipOutcome> {
    const headers = { ...options.headers, 'Refer-To': target.includes('<') ? target : `<${target}>` };
    return this.request('REFER', { ...options, headers });
  }

  /** Ends it. Whatever the answer is, it is over (RFC 3261 section 15.1.1). */
  async bye(options: MessageOptions = {}): Promise<SipOutcome> {
    const outcome = this.request('BYE', options);
    this.#end('LOCAL_BYE');
    return outcome;
  }

  /** Sends any other request within the dialog (RFC 3261 section 12.2.1). Never rejects. */
  async request(method: string, options: MessageOptions): Promise<SipOutcome> {
    if (this.#ended !== undefined) return { kind: 'not-sent', reason: 'DIALOG_ENDED', detail: this.#ended };
    const { handlers, sender } = this.#parts;
    try {
      const { destination, draft } = this.#draft(checkWord(method, 'method'), options);
      const outcome = await sender.send(draft, {
        destination,
        signal: options.signal,
        timeoutMs: options.timeoutMs,
        credentials: options.credentials ?? handlers.credentials,
      });
      // The peer has no such dialog: nothing more can come of it (section 12.2.1.2).
      if (outcome.kind === 'answered' && outcome.status === 481) this.#end('UNKNOWN_TO_PEER');
      return outcome;
    } catch (error) {
      const { message, reason } = toTransportFault(error);
      return { kind: 'not-sent', reason, detail: message };
    }
  }

  #draft(
    method: string,
    options: MessageOptions,
  ): { draft: Draft; destination: ReturnType<typeof routeRequest>['destination'] } {
    const { state, transports, trust } = this.#parts;
    const { callId, from, fromTag, remoteTarget, routes, to } = state;
    // With a route set the nearest router knows the way; without one the address that led to the phone still does.
    const given = routes.length === 0 ? state.destination : undefined;
    const route = routeRequest({ uri: remoteTarget, routes, destination: given, trust, transports });
    const nextSequence = (): number => {
      this.#sequence += 1;
      return this.#sequence;
    };
    const { destination, requestUri } = route;
    const fields = callerFields(options);
    return {
      draft: {
        method,
        requestUri,
        routes: route.routes,
        from,
        fromTag,
        to,
        callId,
        nextSequence,
        contact: undefined,
        ...fields,
      },
      destination,
    };
  }

  /**
   * Answers a 2xx to the INVITE, also when it comes again (RFC 3261 section 13.2.2.4): the same ACK each time.
   * @param invite what was accepted; the ACK has its number and its credentials.
   */
  async acknowledge(invite: OutgoingMessage): Promise<void> {
    if (this.#acknowledgement !== undefined) {
      const { bytes, flow } = await this.#acknowledgement;
      return flow.send(bytes);
    }
    const { draft, destination } = this.#draft('ACK', {});
    const authorization = invite.headers.filter(({ name }) => /^(?:proxy-)?authorization$/i.test(name));
    const numbered = { ...draft, nextSequence: () => this.#parts.state.inviteSequence };
    this.#acknowledgement = this.#parts.sender.acknowledge(numbered, { authorization, destination });
    try {
      await this.#acknowledgement;
    } catch (error) {
      // The 2xx comes again, and then it is tried again.
      this.#acknowledgement = undefined;
      throw error;
    }
  }

  /** Answers a request of the peer (RFC 3261 section 12.2.2). */
  async receive(request: SipRequest): Promise<SipAnswer> {
    const { handlers } = this.#parts;
    const { method, sequence } = request;
    // Numbers grow; an older request was overtaken (section 12.2.2).
    if (this.#remoteSequence !== undefined && sequence.number < this.#remoteSequence) return { status: 500 };
    this.#remoteSequence = sequence.number;
    switch (method) {
      case 'INFO':
        return (await handlers.onInfo?.(request)) ?? { status: 200 };
      case 'NOTIFY':
        return (await handlers.onNotify?.(request)) ?? { status: 200 };
      case 'OPTIONS':
        return { status: 200, headers: { Allow: 'ACK, BYE, INFO, NOTIFY, OPTIONS' } };
      case 'BYE':
        this.#end('REMOTE_BYE');
        return { status: 200 };
      // A session is not changed here; it goes on as it was (section 14.2).
      case 'INVITE':
        return { status: 488 };
      default:
        return { status: 405, headers: { Allow: 'ACK, BYE, INFO, NOTIFY, OPTIONS' } };
    }
  }

  #end(end: DialogEnd): void {
    if (this.#ended !== undefined) return;
    this.#ended = end;
    this.#parts.onGone();
    this.#parts.handlers.onEnd?.(end);
  }
}

/** The tag of the peer in a response; empty where it has none, as of RFC 2543 (section 12.1.2). */
export function remoteTagOf(response: SipResponse): string {
  return response.to.parameters.get('tag') ?? '';
}
