import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { Authenticator, type Credentials, Recorder } from '../../virtual/index.ts';
import { hostPort, type SipTarget, sipTargetOf } from '../../virtual/sip/address.ts';
import { token } from '../../virtual/sip/client.ts';
import { headerOf, parseSipMessage, type SipMessage, type SipRequestMessage } from '../../virtual/sip/message.ts';
import { responseTo } from '../../virtual/sip/response.ts';
import { type SipPeer, SipSockets } from '../../virtual/sip/sockets.ts';
import type { VirtualSipReply } from '../../virtual/sip/types.ts';
import { branchOf, Interferer, type SipInterference } from './interference.ts';

/** What hears the phone: its messages as they come, and that one transaction gets no more. */
export interface SipListener {
  readonly receive: (message: SipMessage | undefined, reply: (bytes: Buffer) => void) => void;
  /** The time of the request with this branch is over. */
  readonly expire: (branch: string) => void;
  /** No connection came about: what was sent has not left. */
  readonly refused: () => void;
}

/** Nobody listens there. A port that was just closed will not do: another process may open it meanwhile. */
const NOWHERE: SipTarget = { user: 'nobody', host: '127.0.0.1', port: 1, transport: 'tcp' };

/** What ends or confirms other requests: it always passes. */
const ALWAYS_PASSED: ReadonlySet<string> = new Set(['ACK', 'BYE', 'CANCEL']);

/**
 * The way to a phone's SIP side and back, with the sockets of the calling side: what goes out is recorded and leaves byte
 * for byte; what comes back can be interfered with, so that a real phone can lose its responses as well as a virtual one.
 */
export class SipLine {
  /** While it is set, requests are answered with this status and do not reach the phone. */
  refuseWith: number | undefined;
  /** Who is to be named before a request reaches the phone, besides what the phone itself asks: 401, or as a proxy 407. */
  challenge: { readonly status: 401 | 407; readonly authenticator: Authenticator } | undefined;
  /** While it is true, the phone is not there: connections to it are refused. */
  isAway = false;
  listener: SipListener | undefined;
  /** Requests, each once, but for ACK, BYE and CANCEL. */
  readonly requests = new Recorder<SipRequestMessage>();
  readonly #phone: SipTarget;
  readonly #host: string;
  readonly #sockets: SipSockets;
  readonly #branches = new Set<string>();
  readonly #interferer = new Interferer({
    pass: (message, peer) => this.#pass(message, peer),
    expire: (branch) => this.listener?.expire(branch),
    ownAddress: () => this.ownAddress,
  });

  private constructor(phone: SipTarget, host: string) {
    this.#phone = phone;
    this.#host = host;
    this.#sockets = new SipSockets({
      host,
      port: 0,
      onMessage: (bytes, peer) => this.#receive(bytes, peer),
      onRefused: () => this.listener?.refused(),
    });
  }

  /** Opens sockets on the address from which the phone is reached. */
  static async open(uri: string): Promise<SipLine> {
    const phone = sipTargetOf(uri);
    const line = new SipLine(phone, await ownAddressTowards(phone));
    await line.#sockets.open();
    return line;
  }

  /** What becomes of the response to the next request; then it is undefined again. A challenge is always passed on. */
  get next(): SipInterference | undefined {
    return this.#interferer.next;
  }

  set next(next: SipInterference | undefined) {
    this.#interferer.next = next;
  }

  /** Requests whose responses were interfered with. */
  get interfered(): Recorder<SipRequestMessage> {
    return this.#interferer.interfered;
  }

  /** Whether it goes over UDP, where what is lost is sent again. */
  get transport(): 'udp' | 'tcp' {
    return this.#to().transport;
  }

  /** `host:port` of the calling side. */
  get ownAddress(): string {
    return hostPort(this.#host, this.#sockets.port);
  }

  /** Sends a request of the calling side. */
  send(bytes: Buffer): void {
    const message = parseSipMessage(bytes);
    if (message?.kind !== 'request') throw new TypeError('The calling side sends requests only.');
    const branch = branchOf(message);
    if (!ALWAYS_PASSED.has(message.method) && !this.#branches.has(branch)) {
      this.#branches.add(branch);
      this.requests.record(message);
      const refusal = this.#refusalOf(message);
      if (refusal !== undefined) {
        this.#answerInstead(message, refusal);
        return;
      }
      this.#interferer.take(message);
    }
    this.#sockets.send(bytes, this.#to());
  }

  /** Makes everybody who sends be asked for this login first. */
  ask(status: 401 | 407, login: Credentials): void {
    const authenticator = new Authenticator({ scheme: 'digest', realm: 'conformance', credentials: [login] });
    this.challenge = { status, authenticator };
  }

  async stop(): Promise<void> {
    this.listener = undefined;
    await this.#sockets.close();
  }

  #to(): SipTarget {
    return this.isAway ? NOWHERE : this.#phone;
  }

  #refusalOf(request: SipRequestMessage): VirtualSipReply | undefined {
    if (this.refuseWith !== undefined) return { status: this.refuseWith };
    if (this.challenge === undefined) return undefined;
    const { status, authenticator } = this.challenge;
    const [given, asked] =
      status === 401 ? ['authorization', 'WWW-Authenticate'] : ['proxy-authorization', 'Proxy-Authenticate'];
    const headers = { authorization: headerOf(request, given) };
    const verdict = authenticator.check({ method: request.method, target: request.uri, headers });
    if (verdict.allowed) return undefined;
    const challenges = Object.values(verdict.reply.headers ?? {}).flat();
    return { status, headers: { [asked]: challenges } };
  }

  /** In the next turn, as a response by wire comes at the earliest. */
  #answerInstead(request: SipRequestMessage, reply: VirtualSipReply): void {
    const peer: SipPeer = { transport: this.transport, address: this.#host, port: this.#sockets.port, send: () => {} };
    const bytes = responseTo(request, reply, { peer, toTag: token(), fields: [] });
    setImmediate(() => this.listener?.receive(parseSipMessage(bytes), () => {}));
  }

  #receive(bytes: Buffer, peer: SipPeer): void {
    if (peer.address !== this.#phone.host) return;
    const message = parseSipMessage(bytes);
    if (message === undefined || !this.#interferer.hears(message, peer)) this.#pass(message, peer);
  }

  #pass(message: SipMessage | undefined, peer?: SipPeer): void {
    this.listener?.receive(message, (bytes) => peer?.send(bytes));
  }
}

/** The address of this host that the phone sees: the system knows by which interface it is reached. */
async function ownAddressTowards({ host, port }: SipTarget): Promise<string> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  socket.connect(port, host);
  await once(socket, 'connect');
  const { address } = socket.address();
  socket.close();
  return address;
}
