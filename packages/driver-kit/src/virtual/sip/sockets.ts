import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { hostPort } from './address.ts';
import { SipFraming } from './framing.ts';

/** Where a message came from, and the way back. */
export interface SipPeer {
  readonly transport: 'udp' | 'tcp';
  readonly address: string;
  readonly port: number;
  /** Sends over the connection that the message came on; over UDP to a port of that address, by default its source. */
  send(bytes: Buffer, port?: number): void;
}

/** What the sockets are opened with. */
export interface SipSocketsOptions {
  readonly host: string;
  readonly port: number;
  /** Called with each datagram, and with each message of a connection. */
  readonly onMessage: (bytes: Buffer, peer: SipPeer) => void;
  /** Called where a connection was not accepted: nothing that was to go over it has left. Default: it is lost unseen. */
  readonly onRefused?: () => void;
}

const ATTEMPTS = 20;

/** The UDP socket and the TCP listener of a phone, on one port. */
export class SipSockets {
  readonly #options: SipSocketsOptions;
  readonly #connections = new Map<string, Socket>();
  #udp: UdpSocket | undefined;
  #tcp: Server | undefined;
  #port: number;

  constructor(options: SipSocketsOptions) {
    this.#options = options;
    this.#port = options.port;
  }

  /** 0 before {@link open}, where none was asked for. */
  get port(): number {
    return this.#port;
  }

  /** Opens both, again on the port they had before. Rejects where it is taken. */
  async open(): Promise<void> {
    if (this.#udp !== undefined) return;
    for (let attempt = 1; ; attempt += 1) {
      const udp = await bindUdp(this.#options.host, this.#port);
      try {
        const { port } = udp.address();
        this.#tcp = await this.#listen(port);
        udp.on('message', (bytes, from) => this.#options.onMessage(bytes, datagramPeer(udp, from)));
        this.#udp = udp;
        this.#port = port;
        return;
      } catch (error) {
        udp.close();
        // A port that is free for UDP may be taken for TCP: where any will do, another is tried.
        if (this.#port !== 0 || attempt === ATTEMPTS) throw error;
      }
    }
  }

  /** Closes both and cuts all connections. Safe to call twice. */
  async close(): Promise<void> {
    const [udp, tcp] = [this.#udp, this.#tcp];
    this.#udp = undefined;
    this.#tcp = undefined;
    this.cut();
    if (udp === undefined || tcp === undefined) return;
    const closed = [once(udp, 'close'), once(tcp, 'close')];
    udp.close();
    tcp.close();
    await Promise.all(closed);
  }

  /** Cuts all connections. */
  cut(): void {
    for (const socket of this.#connections.values()) socket.destroy();
    this.#connections.clear();
  }

  /** Sends a datagram, or over a connection to there, which is opened where none is. What cannot be sent is lost. */
  send(bytes: Buffer, to: { readonly transport: 'udp' | 'tcp'; readonly host: string; readonly port: number }): void {
    if (to.transport === 'udp') this.#udp?.send(bytes, to.port, to.host, () => {});
    else this.#connectionTo(to).write(bytes);
  }

  #connectionTo({ host, port }: { readonly host: string; readonly port: number }): Socket {
    const known = this.#connections.get(hostPort(host, port));
    if (known?.writable === true) return known;
    const socket = connect({ host, port, localAddress: this.#options.host });
    let isConnected = false;
    socket.once('connect', () => {
      isConnected = true;
    });
    socket.once('close', () => {
      if (!isConnected) this.#options.onRefused?.();
    });
    this.#take(socket, hostPort(host, port));
    return socket;
  }

  async #listen(port: number): Promise<Server> {
    const server = createServer((socket) =>
      this.#take(socket, hostPort(socket.remoteAddress ?? '', socket.remotePort ?? 0)),
    );
    server.listen(port, this.#options.host);
    await once(server, 'listening');
    return server;
  }

  #take(socket: Socket, name: string): void {
    const framing = new SipFraming();
    this.#connections.set(name, socket);
    // The peer may be gone; that is no news to a phone.
    socket.on('error', () => {});
    socket.on('close', () => {
      if (this.#connections.get(name) === socket) this.#connections.delete(name);
    });
    socket.on('data', (chunk: Buffer) => {
      const messages = framing.push(chunk);
      if (messages === undefined) socket.destroy();
      else for (const bytes of messages) this.#options.onMessage(bytes, connectionPeer(socket));
    });
  }
}

const bindUdp = async (host: string, port: number): Promise<UdpSocket> => {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  socket.bind(port, host);
  try {
    await once(socket, 'listening');
  } catch (error) {
    socket.close();
    throw error;
  }
  // A port of a peer that is closed comes back as an error here: a datagram that was lost, and no more.
  socket.on('error', () => {});
  return socket;
};

const datagramPeer = (socket: UdpSocket, from: { readonly address: string; readonly port: number }): SipPeer => ({
  transport: 'udp',
  address: from.address,
  port: from.port,
  send: (bytes, port = from.port) => {
    try {
      socket.send(bytes, port, from.address, () => {});
    } catch {
      // The phone was stopped while it worked at its reply.
    }
  },
});

const connectionPeer = (socket: Socket): SipPeer => ({
  transport: 'tcp',
  address: socket.remoteAddress ?? '',
  port: socket.remotePort ?? 0,
  send: (bytes) => {
    if (socket.writable) socket.write(bytes);
  },
});
