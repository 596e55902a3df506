import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { Recorder } from '../virtual/index.ts';
import { type HttpMessage, messagesIn } from './http-stream.ts';

/** A request with its reply. */
export interface HttpExchange {
  readonly request: HttpMessage;
  readonly reply: HttpMessage;
}

/** Where to listen, and where what comes goes on. */
export interface HttpTeeOptions {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** `http://192.0.2.10`, or `https:`: certificates of phones are not looked at. */
  readonly target: string;
}

/**
 * Stands in a connection, passes every byte on as it is, and keeps what went both ways. So logins, odd targets and garbage
 * arrive as they were sent.
 */
export class HttpTee {
  /** Counts the replies that were seen. */
  readonly replies = new Recorder<number>();
  readonly #options: HttpTeeOptions;
  readonly #sockets = new Set<Socket>();
  readonly #exchanges: (() => readonly HttpExchange[])[] = [];
  readonly #server = createServer((socket) => this.#pass(socket));

  constructor(options: HttpTeeOptions) {
    this.#options = options;
  }

  /** `http://host:port`. */
  get origin(): string {
    const { address, port, family } = this.#server.address() as AddressInfo;
    return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
  }

  /** What went over all connections so far, in the order in which these were opened. */
  get exchanges(): readonly HttpExchange[] {
    return this.#exchanges.flatMap((read) => read());
  }

  async start(): Promise<void> {
    this.#server.listen(this.#options.port, this.#options.host);
    await once(this.#server, 'listening');
  }

  async stop(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #pass(near: Socket): void {
    const far = this.#connect();
    const sent: Buffer[] = [];
    const said: Buffer[] = [];
    let seen = 0;
    const read = (): readonly HttpExchange[] => {
      const replies = messagesIn(Buffer.concat(said));
      return messagesIn(Buffer.concat(sent)).flatMap((request, index) => {
        const reply = replies[index];
        return reply === undefined ? [] : [{ request, reply }];
      });
    };
    this.#exchanges.push(read);
    near.on('data', (chunk: Buffer) => sent.push(chunk));
    far.on('data', (chunk: Buffer) => {
      said.push(chunk);
      for (const { length } = read(); seen < length; seen += 1) this.replies.record(seen);
    });
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(socket);
      // One that broke is broken for both.
      socket.on('error', () => other.destroy());
      socket.on('close', () => this.#sockets.delete(socket));
      socket.pipe(other);
    }
  }

  #connect(): Socket {
    const { protocol, hostname, port } = new URL(this.#options.target);
    const host = hostname.replace(/^\[|\]$/g, '');
    if (protocol === 'https:') {
      return connectSecurely({ host, port: Number(port || 443), rejectUnauthorized: false });
    }
    return connect({ host, port: Number(port || 80) });
  }
}
