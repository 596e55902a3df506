import { connect, type Socket } from 'node:net';
import type { SipClock } from '../clock.ts';
import type { HostPort } from '../message/uri.ts';
import { isWildcard, mappedFor, unmapped } from './addresses.ts';
import { Connection, type ConnectionListener } from './connection.ts';
import { toTransportFault } from './faults.ts';
import { startTls, trustKey } from './tls.ts';
import { type Endpoint, type TlsTrust, TransportFault } from './types.ts';

/** What the connections need. */
export interface ConnectionsOptions {
  /** Where this side is bound: connections leave from there. */
  readonly bound: string;
  readonly clock: SipClock;
  readonly idleMs: number;
  readonly connectTimeoutMs: number;
  /** Connections beyond it are not taken from peers. */
  readonly maxConnections: number;
  /** The address that a peer is told. */
  readonly localOf: (transport: 'tcp' | 'tls', socket: Socket) => HostPort;
  readonly listener: Omit<ConnectionListener, 'onClose'>;
}

/** A connection that is wanted. */
export interface ConnectionRequest {
  readonly endpoint: Endpoint & { readonly transport: 'tcp' | 'tls' };
  readonly trust: TlsTrust;
  /** The host as it stood in the URI, before its name was looked up. */
  readonly host: string;
}

/** All TCP and TLS connections: one to a peer, used by everything that goes there (RFC 3261 section 18.1.1). */
export class Connections {
  readonly #options: ConnectionsOptions;
  /** Those that this side opened have a key, under which they are found again. */
  readonly #all = new Map<Connection, string | undefined>();
  readonly #byKey = new Map<string, Connection>();
  readonly #opening = new Map<string, Promise<Connection>>();
  readonly #sockets = new Set<Socket>();
  #closed = false;

  constructor(options: ConnectionsOptions) {
    this.#options = options;
  }

  /** How many are open. */
  get size(): number {
    return this.#all.size;
  }

  /** The connection to a peer; opened where there is none. @throws TransportFault */
  async open(request: ConnectionRequest): Promise<Connection> {
    const key = keyOf(request);
    const present = this.#byKey.get(key);
    if (present?.open) return present;
    const opening = this.#opening.get(key) ?? this.#connect(request, key);
    this.#opening.set(key, opening);
    try {
      return await opening;
    } catch (error) {
      throw toTransportFault(error);
    } finally {
      this.#opening.delete(key);
    }
  }

  /** Takes a connection that a peer opened; a socket of TLS has its handshake done. */
  accept(socket: Socket, transport: 'tcp' | 'tls'): void {
    const { remoteAddress, remotePort } = socket;
    if (this.#closed || this.#all.size >= this.#options.maxConnections || !remoteAddress || !remotePort) {
      socket.destroy();
      return;
    }
    this.#adopt(socket, { transport, host: unmapped(remoteAddress), port: remotePort }, undefined);
  }

  async #connect({ endpoint, trust, host }: ConnectionRequest, key: string): Promise<Connection> {
    const { bound, clock, connectTimeoutMs } = this.#options;
    if (this.#closed) throw new TransportFault('CLOSED', 'the user agent is closed');
    const socket = connect({
      host: mappedFor(bound, endpoint.host),
      port: endpoint.port,
      ...(isWildcard(bound) ? {} : { localAddress: bound }),
    });
    this.#sockets.add(socket);
    // What goes wrong is told by the promises below; without any listener it would end the process.
    socket.on('error', () => {});
    socket.once('close', () => this.#sockets.delete(socket));
    let late = false;
    const cancel = clock.after(connectTimeoutMs, () => {
      late = true;
      socket.destroy();
    });
    try {
      await connected(socket);
      const ready = endpoint.transport === 'tls' ? await startTls(socket, trust, host) : socket;
      return this.#adopt(ready, endpoint, key);
    } catch (error) {
      socket.destroy();
      throw late ? new TransportFault('CONNECT_TIMEOUT', `no connection within ${connectTimeoutMs} ms`) : error;
    } finally {
      cancel();
    }
  }

  #adopt(socket: Socket, remote: Endpoint, key: string | undefined): Connection {
    const { clock, idleMs, localOf, listener } = this.#options;
    const connection = new Connection({
      socket,
      remote,
      local: localOf(remote.transport === 'tls' ? 'tls' : 'tcp', socket),
      clock,
      idleMs,
      listener: { ...listener, onClose: (closed) => this.#forget(closed) },
    });
    this.#all.set(connection, key);
    if (key !== undefined) this.#byKey.set(key, connection);
    return connection;
  }

  #forget(connection: Connection): void {
    const key = this.#all.get(connection);
    this.#all.delete(connection);
    if (key !== undefined && this.#byKey.get(key) === connection) this.#byKey.delete(key);
  }

  /** Ends all of them; resolves when they are gone. */
  async close(): Promise<void> {
    this.#closed = true;
    const gone = [...this.#all.keys()].map((connection) => new Promise<void>((done) => connection.onClose(done)));
    const destroyed = [...this.#sockets].map(
      (socket) => new Promise<void>((done) => socket.once('close', () => done())),
    );
    for (const connection of this.#all.keys()) connection.destroy();
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all([...gone, ...destroyed]);
  }
}

function keyOf({ endpoint, trust, host }: ConnectionRequest): string {
  const place = `${endpoint.transport} ${endpoint.host} ${endpoint.port}`;
  return endpoint.transport === 'tls' ? `${place} ${trustKey(trust, host)}` : place;
}

function connected(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
    socket.once('close', () => reject(new TransportFault('NETWORK', 'closed while connecting')));
  });
}
