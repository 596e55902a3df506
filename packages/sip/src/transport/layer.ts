import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { SipClock } from '../clock.ts';
import { defaultPort, type HostPort } from '../message/uri.ts';
import { raceAbort } from './abort.ts';
import { isWildcard, unmapped } from './addresses.ts';
import { Connections } from './connections.ts';
import { LocalAddresses } from './local-address.ts';
import { HostResolver } from './resolve.ts';
import { type Endpoint, type Flow, type SipTransport, type TlsTrust, TransportFault } from './types.ts';
import { UdpSocket } from './udp.ts';

/** How the network is used. */
export interface LayerOptions {
  /** Whether something may be sent to an address. Undefined: to all. */
  readonly allows: ((address: string, port: number) => boolean) | undefined;
  /** An address of this host, or `0.0.0.0` or `::`, which takes IPv4 as well. */
  readonly host: string;
  /** Of UDP and TCP; 0: any. */
  readonly port: number;
  /** Of TLS; 0: any. */
  readonly tlsPort: number;
  readonly transports: readonly SipTransport[];
  /** The address that peers are told, where it is not the one that this host has itself. */
  readonly advertise?: { readonly host: string; readonly port?: number; readonly tlsPort?: number } | undefined;
  /** Without it TLS connections can be opened, but none are taken. */
  readonly certificate?: { readonly cert: string; readonly key: string } | undefined;
  readonly clock: SipClock;
  readonly idleMs: number;
  readonly connectTimeoutMs: number;
  readonly maxConnections: number;
}

/** What the layer tells. */
export interface LayerListener {
  onMessage(bytes: Buffer, flow: Flow): void;
  /** A stream that could not be read any further, and was closed. */
  onFramingFault(fault: string): void;
  /** An error of a socket that belongs to no request. */
  onError(error: Error): void;
}

/** Where something goes: a host that may still be a name. */
export interface Destination {
  readonly transport: SipTransport;
  readonly host: string;
  /** Null: the port of the transport. */
  readonly port: number | null;
  readonly trust: TlsTrust;
}

/** UDP, TCP and TLS as one: opens ways to peers and hands on what comes (RFC 3261 section 18). */
export class TransportLayer {
  readonly #options: LayerOptions;
  readonly #listener: LayerListener;
  readonly #localAddresses = new LocalAddresses();
  readonly #resolver: HostResolver;
  /** Connections that were taken, those included whose TLS handshake is not done. */
  readonly #taken = new Set<Socket>();
  readonly #connections: Connections;
  readonly #servers: Partial<Record<'tcp' | 'tls', Server>> = {};
  #udp: UdpSocket | undefined;
  #closed = false;

  private constructor(options: LayerOptions, listener: LayerListener) {
    this.#options = options;
    this.#listener = listener;
    this.#resolver = new HostResolver(options.host, options.allows);
    this.#connections = new Connections({
      bound: options.host,
      clock: options.clock,
      idleMs: options.idleMs,
      connectTimeoutMs: options.connectTimeoutMs,
      maxConnections: options.maxConnections,
      localOf: (transport, socket) => this.#localOf(transport, unmapped(socket.localAddress ?? options.host)),
      listener,
    });
  }

  /**
   * Binds every transport.
   * @throws the error of the system, such as EADDRINUSE; then nothing stays bound.
   */
  static async bind(options: LayerOptions, listener: LayerListener): Promise<TransportLayer> {
    const layer = new TransportLayer(options, listener);
    try {
      if (options.transports.includes('udp')) await layer.#bindUdp();
      if (options.transports.includes('tcp')) await layer.#bindServer('tcp', options.port);
      if (options.transports.includes('tls') && options.certificate) await layer.#bindServer('tls', options.tlsPort);
    } catch (error) {
      await layer.close();
      throw error;
    }
    return layer;
  }

  /** Where it can be reached; of TLS only where it has a certificate. */
  get listening(): readonly Endpoint[] {
    const { host, transports } = this.#options;
    return transports.flatMap((transport) => {
      const port = this.#portOf(transport);
      return port === undefined ? [] : [{ transport, host, port }];
    });
  }

  /** How many connections are open. */
  get connections(): number {
    return this.#connections.size;
  }

  /** Whether this side has the transport. */
  has(transport: SipTransport): boolean {
    return this.#options.transports.includes(transport);
  }

  /**
   * Opens a way to a peer.
   * @throws TransportFault, or Aborted.
   */
  async open({ transport, host, port, trust }: Destination, signal?: AbortSignal): Promise<Flow> {
    if (this.#closed) throw new TransportFault('CLOSED', 'the user agent is closed');
    if (!this.has(transport)) throw new TransportFault('NO_TRANSPORT', `${transport} is not in use`);
    const remotePort = port ?? defaultPort(transport);
    const address = await raceAbort(this.#resolver.resolve(host, remotePort), signal);
    const remote = { host: address, port: remotePort };
    if (transport !== 'udp') {
      return raceAbort(this.#connections.open({ endpoint: { transport, ...remote }, trust, host }), signal);
    }
    return this.#udpFlow(remote, await raceAbort(this.#localAddress(address), signal));
  }

  /** Sends an answer, whose Via is the peer's: no address of this side is asked for. @throws TransportFault */
  async sendDatagram(bytes: Buffer, remote: HostPort): Promise<void> {
    await this.#udpFlow(remote, this.#options.host).send(bytes);
  }

  #udpFlow(remote: HostPort, localAddress: string): Flow {
    if (this.#udp === undefined) throw new TransportFault('CLOSED', 'the user agent is closed');
    return this.#udp.flow(remote, this.#localOf('udp', localAddress));
  }

  async #bindUdp(): Promise<void> {
    const { host, port } = this.#options;
    this.#udp = await UdpSocket.bind(
      { host, port },
      {
        onDatagram: (bytes, source) => {
          // Where no answer is made the local address is of no use, so it is not looked up for it.
          if (this.#udp !== undefined) this.#listener.onMessage(bytes, this.#udpFlow(source, host));
        },
        onError: (error) => this.#listener.onError(error),
      },
    );
  }

  async #bindServer(transport: 'tcp' | 'tls', port: number): Promise<void> {
    const { certificate, connectTimeoutMs, host, maxConnections } = this.#options;
    const accept = (socket: Socket): void => this.#connections.accept(socket, transport);
    const server =
      transport === 'tcp'
        ? createServer(accept)
        : createTlsServer({ ...certificate, handshakeTimeout: connectTimeoutMs }, accept);
    server.maxConnections = maxConnections;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port }, () => {
        server.off('error', reject);
        resolve();
      });
    });
    server.on('error', (error) => this.#listener.onError(error));
    server.on('connection', (socket: Socket) => {
      this.#taken.add(socket);
      socket.once('close', () => this.#taken.delete(socket));
    });
    this.#servers[transport] = server;
  }

  #portOf(transport: SipTransport): number | undefined {
    if (transport === 'udp') return this.#udp?.port;
    const address = this.#servers[transport]?.address();
    return typeof address === 'object' && address !== null ? address.port : undefined;
  }

  /** What stands in Via and Contact (RFC 3261 section 18.1.1, sent-by). */
  #localOf(transport: SipTransport, address: string): HostPort {
    const { advertise, host } = this.#options;
    const port = this.#portOf(transport) ?? defaultPort(transport);
    const advertised = transport === 'tls' ? advertise?.tlsPort : advertise?.port;
    return { host: advertise?.host ?? (isWildcard(host) ? address : host), port: advertised ?? port };
  }

  async #localAddress(destination: string): Promise<string> {
    const { advertise, host } = this.#options;
    return advertise !== undefined || !isWildcard(host) ? host : this.#localAddresses.find(destination);
  }

  /** Ends everything; resolves when no handle is left. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const closing = Object.values(this.#servers).map(
      (server) => new Promise<void>((resolve) => server.close(() => resolve())),
    );
    const ended = this.#connections.close();
    for (const socket of this.#taken) socket.destroy();
    const udp = this.#udp;
    this.#udp = undefined;
    await Promise.all([udp?.close(), ended, ...closing]);
  }
}
