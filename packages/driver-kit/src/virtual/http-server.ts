import {
  createServer as createHttpServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { deliver } from './http-delivery.ts';
import { faultInsteadOfActing, faultyDelivery, workMs } from './http-fault-rules.ts';
import { type HttpFaults, noHttpFaults } from './http-faults.ts';
import type { RecordedRequest, VirtualHandler, VirtualReply } from './http-message.ts';
import { PortKeeper } from './port-keeper.ts';
import { Recorder } from './recorder.ts';

/** How a virtual phone's web server is set up. */
export interface VirtualHttpServerOptions {
  /** The vendor's part: acts and answers. */
  readonly handle: VirtualHandler;
  /** The address to listen on. Default `127.0.0.1`; give each phone its own `127.x.y.z` where the gateway tells phones apart by address. */
  readonly host?: string;
  /** The port to listen on. Default 0: any free one. */
  readonly port?: number;
  /** Headers of every reply (`Server: snom embedded`); those of the reply itself win. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Speaks TLS with this certificate, both in PEM. See `selfSignedCertificate`. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Faults from the start. */
  readonly faults?: Partial<HttpFaults>;
}

/**
 * The web server of a virtual phone: records every request, lets the vendor's handler act, and answers, unless one of
 * its {@link faults} says otherwise.
 */
export class VirtualHttpServer implements AsyncDisposable {
  /** What is wrong with the server; change it at any time. */
  readonly faults: HttpFaults;
  /** Every request whose head could be read, affected by a fault or not. */
  readonly requests = new Recorder<RecordedRequest>();
  /** What the handler threw, and replies of it that could not be sent. A test that does not expect any asserts that it is empty. */
  readonly handlerErrors: unknown[] = [];
  /** What clients sent that is no HTTP (a raw space in the target, say), as Latin-1. It is answered 400, as by phones. */
  readonly unreadable: string[] = [];
  readonly #options: VirtualHttpServerOptions;
  readonly #server: Server;
  readonly #connections = new WeakMap<Socket, number>();
  #stopping = new AbortController();
  #connectionCount = 0;
  #inFlight = 0;
  readonly #keeper = new PortKeeper();
  #port: number | undefined;

  constructor(options: VirtualHttpServerOptions) {
    this.#options = options;
    this.faults = { ...noHttpFaults(), ...options.faults };
    const listener: RequestListener = (message, response) => void this.#serve(message, response);
    // A phone is as liberal as can be: what a client sends is the client's fault to find out.
    const settings = { insecureHTTPParser: true, requireHostHeader: false, ...options.tls };
    this.#server = options.tls ? createHttpsServer(settings, listener) : createHttpServer(settings, listener);
    this.#server.on('connection', (socket: Socket) => {
      socket.on('error', () => {}); // The client may be gone; that is no news to a phone.
      if (this.faults.resetOnConnect) socket.resetAndDestroy();
    });
    this.#server.on('clientError', (error: Error & { rawPacket?: Buffer }, socket: Duplex) => {
      if (error.rawPacket !== undefined) this.unreadable.push(error.rawPacket.toString('latin1'));
      if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
      else socket.destroy();
    });
  }

  /** The address it listens on. */
  get host(): string {
    return this.#options.host ?? '127.0.0.1';
  }

  /** The port it listens on, also while connections are refused. Throws before {@link start}. */
  get port(): number {
    if (this.#port === undefined) throw new Error('The virtual web server was not started yet.');
    return this.#port;
  }

  /** `http://host:port` or `https://host:port`. Throws before {@link start}. */
  get address(): string {
    const host = this.host.includes(':') ? `[${this.host}]` : this.host;
    return `${this.#options.tls ? 'https' : 'http'}://${host}:${this.port}`;
  }

  /** How many connections carried a request so far. */
  get connectionCount(): number {
    return this.#connectionCount;
  }

  /** Starts to listen, again on the port it had before. Rejects if the address is taken. */
  async start(): Promise<void> {
    if (this.#server.listening) return;
    this.#stopping = new AbortController();
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#port ?? this.#options.port ?? 0, this.host, () => {
        this.#server.removeListener('error', reject);
        resolve();
      });
    });
    this.#port = (this.#server.address() as AddressInfo).port;
    await this.#keeper.release();
  }

  /** Closes the listener and cuts all connections. Safe to call twice. */
  async stop(): Promise<void> {
    await this.#close();
    await this.#keeper.release();
  }

  async #close(): Promise<void> {
    this.#stopping.abort();
    if (!this.#server.listening) return;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }

  /** With `true` the listener closes and connections are refused (ECONNREFUSED); with `false` it opens on the same port. */
  async refuseConnections(refuse: boolean): Promise<void> {
    if (!refuse) return await this.start();
    if (!this.#server.listening) return;
    await this.#keeper.prepare(this.host);
    const closed = this.#close();
    await this.#keeper.keep(this.port);
    await closed;
  }

  /** Stops the server. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  async #serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const { signal } = this.#stopping;
    const inFlight = this.#inFlight++;
    let open = true;
    const leave = () => {
      if (open) this.#inFlight--;
      open = false;
    };
    response.once('close', leave);
    try {
      const request = await this.#read(message, inFlight);
      this.requests.record(request);
      const work = workMs(this.faults);
      const reply = await this.#replyTo(request);
      const late = work + (reply.delayMs ?? 0);
      if (late > 0) await delay(late, undefined, { signal });
      // Before the first byte leaves, or a client's next request could still meet this one.
      if (reply.delivery !== 'never') leave();
      if (reply.afterwards !== undefined) whenClosed(response, reply.afterwards);
      deliver(response, reply, this.#options.headers ?? {});
    } catch (error) {
      // That the client goes away, or that the server stops, is no mistake; a header that cannot be sent is.
      if (!message.errored && !signal.aborted) this.handlerErrors.push(error);
      response.destroy();
    }
  }

  async #replyTo(request: RecordedRequest): Promise<VirtualReply> {
    const instead = faultInsteadOfActing(this.faults, request);
    if (instead !== undefined) return instead;
    const reply = await this.#act(request);
    const delivery = faultyDelivery(this.faults, request);
    return delivery === undefined ? reply : { ...reply, delivery };
  }

  async #act(request: RecordedRequest): Promise<VirtualReply> {
    try {
      return await this.#options.handle(request);
    } catch (error) {
      this.handlerErrors.push(error);
      return { status: 500, body: `The virtual phone's handler failed: ${String(error)}` };
    }
  }

  async #read(message: IncomingMessage, inFlight: number): Promise<RecordedRequest> {
    const receivedAt = Date.now();
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk as Buffer);
    const target = message.url ?? '';
    const mark = target.indexOf('?');
    const headers = Object.entries(message.headersDistinct).map(([name, values]) => [name, (values ?? []).join(', ')]);
    return {
      method: message.method ?? '',
      target,
      path: mark < 0 ? target : target.slice(0, mark),
      query: mark < 0 ? '' : target.slice(mark + 1),
      headers: Object.fromEntries(headers) as Record<string, string>,
      body: Buffer.concat(chunks).toString('utf8'),
      receivedAt,
      connection: this.#numberOf(message.socket),
      inFlight,
      remoteAddress: message.socket.remoteAddress ?? '',
    };
  }

  #numberOf(socket: Socket): number {
    const known = this.#connections.get(socket);
    if (known !== undefined) return known;
    this.#connectionCount += 1;
    this.#connections.set(socket, this.#connectionCount);
    return this.#connectionCount;
  }
}

/** Also if the client left before it had its answer: the phone has acted. */
const whenClosed = (response: ServerResponse, then: () => void): void => {
  if (response.closed) then();
  else response.once('close', then);
};
