import { createServer, type Server, type Socket } from 'node:net';
import type { SipRequest } from '../../src/message/types.ts';
import { StreamFramer } from '../../src/transport/framing.ts';
import { parsed } from './fake-flow.ts';
import { type ReplyParts, responseTo } from './udp-peer.ts';

/** A request and the connection that it came by. */
export interface TcpRequest {
  readonly request: SipRequest;
  readonly socket: Socket;
}

/** A TCP server that does what a test tells it. */
export class TcpPeer implements AsyncDisposable {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #arrived: TcpRequest[] = [];
  readonly #waiting: ((request: TcpRequest) => void)[] = [];
  connections = 0;

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => {
      this.connections += 1;
      this.#sockets.add(socket);
      socket.on('error', () => {});
      const framer = new StreamFramer({
        onMessage: (bytes) => this.#take(bytes, socket),
        onPing: () => {},
        onFault: () => socket.destroy(),
      });
      socket.on('data', (chunk) => framer.push(Buffer.from(chunk)));
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  static async open(host: string, port = 0): Promise<TcpPeer> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
    return new TcpPeer(server);
  }

  #take(bytes: Buffer, socket: Socket): void {
    const message = parsed(bytes);
    if (message.kind !== 'request') return;
    const taken = { request: message, socket };
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#arrived.push(taken);
    else waiting(taken);
  }

  get port(): number {
    const address = this.#server.address();
    if (typeof address !== 'object' || address === null) throw new Error('closed');
    return address.port;
  }

  next(): Promise<TcpRequest> {
    const arrived = this.#arrived.shift();
    return arrived === undefined ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve(arrived);
  }

  reply({ request, socket }: TcpRequest, status: number, extra: ReplyParts = {}): void {
    socket.write(responseTo(request, status, extra));
  }

  [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}
