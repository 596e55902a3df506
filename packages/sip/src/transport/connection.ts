import type { Socket } from 'node:net';
import type { SipClock } from '../clock.ts';
import type { HostPort } from '../message/uri.ts';
import { toTransportFault } from './faults.ts';
import { type FramingFault, StreamFramer } from './framing.ts';
import { type Endpoint, type Flow, TransportFault } from './types.ts';

/** A peer that does not read is given up when this many octets wait for it. */
const UNSENT_MAX = 4 * 1024 * 1024;

/** Answers a keep-alive (RFC 5626 section 3.5.1). */
const PONG = Buffer.from('\r\n');

/** What one connection tells. */
export interface ConnectionListener {
  onMessage(bytes: Buffer, connection: Connection): void;
  onFramingFault(fault: FramingFault): void;
  onClose(connection: Connection): void;
}

/** What a connection is made of. */
export interface ConnectionParts {
  /** Connected, of TLS with its handshake done. */
  readonly socket: Socket;
  readonly remote: Endpoint;
  readonly local: HostPort;
  readonly listener: ConnectionListener;
  readonly clock: SipClock;
  /** It is closed when nothing has gone either way for so long. */
  readonly idleMs: number;
}

/** A TCP or TLS connection with a peer, whoever opened it. */
export class Connection implements Flow {
  readonly remote: Endpoint;
  readonly local: HostPort;
  readonly reliable = true;
  readonly #parts: ConnectionParts;
  readonly #closeListeners = new Set<() => void>();
  readonly #framer: StreamFramer;
  #active: number;
  #cancelIdle: () => void;
  #open = true;

  constructor(parts: ConnectionParts) {
    const { socket, remote, local, listener, clock } = parts;
    this.#parts = parts;
    this.remote = remote;
    this.local = local;
    this.#framer = new StreamFramer({
      onMessage: (bytes) => listener.onMessage(bytes, this),
      onPing: () => socket.write(PONG),
      onFault: (fault) => {
        listener.onFramingFault(fault);
        socket.destroy();
      },
    });
    socket.setNoDelay(true);
    socket.setKeepAlive(true, 30_000);
    socket.on('data', (chunk: Buffer) => {
      this.#active = clock.now();
      this.#framer.push(chunk);
    });
    // The close that follows tells all that matters.
    socket.on('error', () => {});
    socket.on('close', () => this.#closed());
    this.#active = clock.now();
    this.#cancelIdle = clock.after(parts.idleMs, () => this.#checkIdle());
  }

  /** Whether it can still be written to. */
  get open(): boolean {
    return this.#open && this.#parts.socket.writable;
  }

  send(bytes: Buffer): Promise<void> {
    const { socket } = this.#parts;
    if (!this.open) return Promise.reject(new TransportFault('NETWORK', 'the connection is closed'));
    if (socket.writableLength > UNSENT_MAX) {
      socket.destroy();
      return Promise.reject(new TransportFault('NETWORK', 'the peer does not read'));
    }
    this.#active = this.#parts.clock.now();
    return new Promise((resolve, reject) => {
      socket.write(bytes, (error) => (error ? reject(toTransportFault(error)) : resolve()));
    });
  }

  onClose(listener: () => void): () => void {
    this.#closeListeners.add(listener);
    return () => this.#closeListeners.delete(listener);
  }

  /** Ends it at once. */
  destroy(): void {
    this.#parts.socket.destroy();
  }

  #closed(): void {
    this.#open = false;
    this.#cancelIdle();
    this.#parts.listener.onClose(this);
    for (const listener of this.#closeListeners) listener();
    this.#closeListeners.clear();
  }

  #checkIdle(): void {
    const { clock, idleMs, socket } = this.#parts;
    const left = this.#active + idleMs - clock.now();
    if (left <= 0) socket.destroy();
    else this.#cancelIdle = clock.after(left, () => this.#checkIdle());
  }
}
