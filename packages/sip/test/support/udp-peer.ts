import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import type { SipMessage, SipRequest } from '../../src/message/types.ts';
import { parsed } from './fake-flow.ts';

/** Something that was received. */
export interface Datagram {
  readonly bytes: Buffer;
  readonly from: RemoteInfo;
}

/** A UDP socket that does what a test tells it: the other side of a user agent. */
export class UdpPeer implements AsyncDisposable {
  readonly #socket: Socket;
  readonly #arrived: Datagram[] = [];
  readonly #waiting: ((datagram: Datagram) => void)[] = [];
  /** Answers by itself what it answers; what it does not is for `next`. */
  onDatagram: ((datagram: Datagram) => boolean) | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('message', (bytes, from) => {
      const datagram = { bytes, from };
      if (this.onDatagram?.(datagram)) return;
      const waiting = this.#waiting.shift();
      if (waiting === undefined) this.#arrived.push(datagram);
      else waiting(datagram);
    });
  }

  static async open(host: string): Promise<UdpPeer> {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.bind(0, host, resolve);
    });
    return new UdpPeer(socket);
  }

  get host(): string {
    return this.#socket.address().address;
  }

  get port(): number {
    return this.#socket.address().port;
  }

  /** `sip:phone@host:port` */
  get uri(): string {
    const { address, family, port } = this.#socket.address();
    return `sip:phone@${family === 'IPv6' ? `[${address}]` : address}:${port}`;
  }

  /** The next datagram, whenever it comes. */
  next(): Promise<Datagram> {
    const arrived = this.#arrived.shift();
    return arrived === undefined ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve(arrived);
  }

  /** The next datagram as a request. */
  async nextRequest(): Promise<SipRequest & { readonly sender: RemoteInfo }> {
    const { bytes, from } = await this.next();
    const message = parsed(bytes);
    if (message.kind !== 'request') throw new Error(`a response came: ${message.status}`);
    return { ...message, sender: from };
  }

  /** The next datagram as a response. */
  async nextResponse(): Promise<SipMessage & { kind: 'response' }> {
    const message = parsed((await this.next()).bytes);
    if (message.kind !== 'response') throw new Error(`a request came: ${message.method}`);
    return message;
  }

  /** How many datagrams have come and were not asked for. */
  get unread(): number {
    return this.#arrived.length;
  }

  send(bytes: string | Buffer, to: { readonly host: string; readonly port: number }): void {
    this.#socket.send(bytes, to.port, to.host);
  }

  /** Answers a request to where it came from. */
  reply(request: SipRequest & { readonly sender: RemoteInfo }, status: number, extra: ReplyParts = {}): void {
    const { address, port } = request.sender;
    this.send(responseTo(request, status, extra), { host: address, port });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return new Promise((resolve) => this.#socket.close(resolve));
  }
}

/** What a response can have besides. */
export interface ReplyParts {
  readonly tag?: string;
  readonly headers?: readonly string[];
  readonly body?: string;
}

/** A response, written without the code under test. */
export function responseTo(
  request: SipRequest,
  status: number,
  { body = '', headers = [], tag = 'peer' }: ReplyParts = {},
): string {
  const copied = (name: string): string[] => request.headers.all(name).map((value) => `${name}: ${value}`);
  const to = request.headers.get('to') ?? '';
  return [
    `SIP/2.0 ${status} Said by a peer`,
    ...copied('Via'),
    ...copied('Record-Route'),
    ...copied('From'),
    `To: ${/;tag=/.test(to.slice(to.indexOf('>'))) || status === 100 ? to : `${to};tag=${tag}`}`,
    ...copied('Call-ID'),
    ...copied('CSeq'),
    ...headers,
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
}
