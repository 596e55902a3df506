import { setTimeout as delay } from 'node:timers/promises';
import { type AuthenticationSettings, Authenticator } from '../authentication.ts';
import { parseDigestAuthorization } from '../digest.ts';
import { Recorder } from '../recorder.ts';
import { hostPort, parameterOf } from './address.ts';
import { joinedHeaders, SipClient, token } from './client.ts';
import { AcceptedDialog, claimedDialog, dialogKey } from './dialog.ts';
import { noSipFaults, type SipFaults, takesFault } from './faults.ts';
import { headerOf, headersOf, parseSipMessage, type SipField, type SipRequestMessage } from './message.ts';
import { refusalOf } from './refusals.ts';
import { replyPort, responseTo, transactionKey } from './response.ts';
import { SipServerTransactions } from './server-transactions.ts';
import { type SipPeer, SipSockets } from './sockets.ts';
import type {
  ReceivedSipResponse,
  RecordedSipRequest,
  SipRequestRecorder,
  VirtualSipDialog,
  VirtualSipHandler,
  VirtualSipReply,
  VirtualSipRequest,
} from './types.ts';

/** How a virtual phone's SIP side is set up. */
export interface VirtualSipEndpointOptions {
  /** The vendor's part: acts and answers. */
  readonly handle: VirtualSipHandler;
  /** The methods that it takes, besides ACK, BYE, CANCEL. Others are answered 405. */
  readonly methods: readonly string[];
  /** The user of its URI; empty: it has none. */
  readonly user: () => string;
  /** The address to listen on. Default `127.0.0.1`. */
  readonly host?: string;
  /** Of UDP and of TCP. Default 0: any that is free for both. */
  readonly port?: number;
  /** Headers of every response and request: `User-Agent`, `Allow-Events`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Faults from the start. */
  readonly faults?: Partial<SipFaults>;
  /** Its challenges. Default: nobody is asked. */
  readonly authentication?: Partial<AuthenticationSettings>;
  /** Who is heard. A request that is not gets no answer at all, though it is recorded. Default everybody. */
  readonly admits?: (request: RecordedSipRequest) => boolean;
  /** Which requests are challenged, where credentials are set. Default all. */
  readonly challenges?: (request: RecordedSipRequest) => boolean;
}

/**
 * The SIP side of a virtual phone, over UDP and TCP on one port: records every request once, challenges, lets the
 * vendor's handler act, answers, answers retransmissions with the same response, and sends requests of its own. As much
 * of RFC 3261 as a phone needs that calls nobody by SIP; written apart from the gateway's user agent, so that a mistake
 * there is not made here as well.
 */
export class VirtualSipEndpoint implements AsyncDisposable {
  /** What is wrong with it; change it at any time. */
  readonly faults: SipFaults;
  /** Every request, affected by a fault or not, but for datagrams that were lost; each once. ACKs are not here. */
  readonly requests: SipRequestRecorder = new Recorder<RecordedSipRequest>();
  /** Requests that came again. */
  readonly retransmissions: SipRequestRecorder = new Recorder<RecordedSipRequest>();
  /** ACKs. */
  readonly acknowledgements: SipRequestRecorder = new Recorder<RecordedSipRequest>();
  /** What came that is no SIP, as Latin-1. */
  readonly unreadable: string[] = [];
  /** What the handler threw. A test that does not expect any asserts that it is empty. */
  readonly handlerErrors: unknown[] = [];
  readonly authenticator: Authenticator;
  readonly #options: VirtualSipEndpointOptions;
  readonly #sockets: SipSockets;
  readonly #client: SipClient;
  readonly #transactions = new SipServerTransactions();
  readonly #dialogs = new Map<string, AcceptedDialog>();
  #stopping = new AbortController();
  #asleep = false;

  constructor(options: VirtualSipEndpointOptions) {
    this.#options = options;
    this.faults = { ...noSipFaults(), ...options.faults };
    this.authenticator = new Authenticator({ scheme: 'digest', ...options.authentication });
    this.#sockets = new SipSockets({
      host: this.host,
      port: options.port ?? 0,
      onMessage: (bytes, peer) => this.#receive(bytes, peer),
    });
    this.#client = new SipClient({
      host: this.host,
      port: () => this.port,
      send: (bytes, to) => this.#sockets.send(bytes, to),
      ownUri: () => this.uri,
      fields: this.#ownFields(),
    });
  }

  get host(): string {
    return this.#options.host ?? '127.0.0.1';
  }

  /** The port that it listens on, also while it is stopped. Throws before {@link start}. */
  get port(): number {
    if (this.#sockets.port === 0) throw new Error('The virtual SIP side was not started yet.');
    return this.#sockets.port;
  }

  /** `sip:user@host:port`, or `sip:host:port` where it has no user. Throws before {@link start}. */
  get uri(): string {
    const user = this.#options.user();
    return `sip:${user === '' ? '' : `${user}@`}${hostPort(this.host, this.port)}`;
  }

  /** The dialogs that others opened and nobody has ended. */
  get dialogs(): readonly VirtualSipDialog[] {
    return [...this.#dialogs.values()];
  }

  /**
   * While it is true the phone has no power: nothing is heard, dialogs are lost, connections cut. What it had been asked
   * before is not taken for new afterwards: a real phone is away for longer than requests are sent again.
   */
  set asleep(asleep: boolean) {
    this.#asleep = asleep;
    if (!asleep) return;
    this.#endDialogs();
    this.#sockets.cut();
  }

  /** Opens its sockets, again on the port they had before. Rejects where it is taken. */
  async start(): Promise<void> {
    this.#stopping = new AbortController();
    await this.#sockets.open();
  }

  /** Closes its sockets. Safe to call twice. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#forget();
    await this.#sockets.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  /** Sends a request of the phone's own. Rejects where no final response comes in time. */
  async send(request: VirtualSipRequest): Promise<ReceivedSipResponse> {
    return await this.#client.request(request);
  }

  #ownFields(): readonly SipField[] {
    const allow = [...this.#options.methods, 'ACK', 'BYE', 'CANCEL'].join(', ');
    return [...Object.entries(this.#options.headers ?? {}), ['Allow', allow]];
  }

  #forget(): void {
    this.#transactions.clear();
    this.#endDialogs();
  }

  #endDialogs(): void {
    for (const dialog of this.#dialogs.values()) dialog.end();
    this.#dialogs.clear();
  }

  #receive(bytes: Buffer, peer: SipPeer): void {
    if (this.faults.dead || this.#asleep) return;
    if (peer.transport === 'udp' && takesFault(this.faults, 'dropDatagrams')) return;
    const text = bytes.toString('latin1');
    // Empty lines keep a way through a router open.
    if (text.trim() === '') return;
    const message = parseSipMessage(bytes);
    if (message?.kind === 'response') this.#client.receive(message);
    else if (message === undefined || headersOf(message, 'via').length === 0) this.unreadable.push(text);
    else this.#take(message, recorded(message, text, peer), peer);
  }

  #take(message: SipRequestMessage, request: RecordedSipRequest, peer: SipPeer): void {
    if (message.method === 'ACK') {
      this.acknowledgements.record(request);
      this.#transactions.acknowledge(inviteKey(message));
      return;
    }
    const key = transactionKey(message);
    if (this.#transactions.has(key)) {
      this.retransmissions.record(request);
      this.#transactions.repeat(key);
      return;
    }
    this.#transactions.open(key);
    this.requests.record(request);
    if (this.#options.admits?.(request) === false) return;
    void this.#answer(message, request, peer);
  }

  async #answer(message: SipRequestMessage, request: RecordedSipRequest, peer: SipPeer): Promise<void> {
    const { signal } = this.#stopping;
    const reply = await this.#replyTo(message, request);
    if (this.faults.slowMs > 0) await delay(this.faults.slowMs, undefined, { signal }).catch(() => {});
    if (signal.aborted || this.#asleep) return;
    const toTag = token();
    const contact: readonly SipField[] = message.method === 'INVITE' ? [['Contact', `<${this.uri}>`]] : [];
    const fields = [...this.#ownFields(), ...contact];
    const bytes = responseTo(message, reply, { peer, toTag, fields });
    const port = replyPort(message, peer);
    const send = (): void => {
      if (!takesFault(this.faults, 'dropReplyAfterActing')) peer.send(bytes, port);
    };
    this.#transactions.answer(transactionKey(message), send);
    if (message.method === 'INVITE') {
      if (peer.transport === 'udp') this.#transactions.repeatUntilAcknowledged(inviteKey(message), send);
      if (reply.status < 300 && claimedDialog(message) === undefined) this.#openDialog(message, toTag, reply);
    }
    reply.afterwards?.();
  }

  #openDialog(invite: SipRequestMessage, ownTag: string, { onDialog }: VirtualSipReply): void {
    const dialog = new AcceptedDialog(this.#client, invite, ownTag);
    const otherTag = parameterOf(headerOf(invite, 'from'), 'tag') ?? '';
    const key = dialogKey(dialog.callId, ownTag, otherTag);
    this.#dialogs.set(key, dialog);
    dialog.onEnd(() => this.#dialogs.delete(key));
    onDialog?.(dialog);
  }

  async #replyTo(message: SipRequestMessage, request: RecordedSipRequest): Promise<VirtualSipReply> {
    const { methods, challenges = () => true } = this.#options;
    if (this.faults.status !== undefined) return { status: this.faults.status };
    const refusal = refusalOf(message, [...methods, 'BYE', 'CANCEL']);
    if (refusal !== undefined) return refusal;
    if (message.method === 'CANCEL')
      return { status: this.#transactions.has(transactionKey(message, 'INVITE')) ? 200 : 481 };
    const dialog = this.#dialogs.get(claimedDialog(message) ?? '');
    if (message.method === 'BYE') return this.#end(dialog);
    if (challenges(request)) {
      // A proxy puts the contact in the place of the URI that was called, and the digest is of the latter: by RFC 3261
      // section 22.4 it need not be the Request-URI.
      const target = parseDigestAuthorization(request.headers['authorization'] ?? '')?.uri ?? request.uri;
      const verdict = this.authenticator.check({ ...request, target });
      if (!verdict.allowed) return { status: verdict.reply.status, headers: verdict.reply.headers ?? {} };
    }
    try {
      return await this.#options.handle(request, dialog);
    } catch (error) {
      this.handlerErrors.push(error);
      return { status: 500 };
    }
  }

  #end(dialog: AcceptedDialog | undefined): VirtualSipReply {
    dialog?.end();
    return { status: dialog === undefined ? 481 : 200 };
  }
}

/** An INVITE and its ACK, which may have another branch. */
const inviteKey = (message: SipRequestMessage): string => {
  const tag = parameterOf(headerOf(message, 'from'), 'tag') ?? '';
  return [headerOf(message, 'call-id'), headerOf(message, 'cseq').split(/\s/)[0], tag].join(' ');
};

const recorded = (message: SipRequestMessage, raw: string, peer: SipPeer): RecordedSipRequest => ({
  method: message.method,
  uri: message.uri,
  headers: joinedHeaders(message.fields),
  body: message.body,
  raw,
  transport: peer.transport,
  remoteAddress: peer.address,
  remotePort: peer.port,
  receivedAt: Date.now(),
});
