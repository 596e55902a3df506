import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { isIP } from 'node:net';
import type { HostPort } from '../message/uri.ts';
import { mappedFor, unmapped } from './addresses.ts';
import { toTransportFault } from './faults.ts';
import { type Endpoint, type Flow, TransportFault } from './types.ts';

/** The kernel drops what does not fit: room for the answers of some thousand phones that come at once. */
const RECEIVE_BUFFER = 4 * 1024 * 1024;

/** The most octets of one datagram over IPv4 (RFC 768, RFC 791). */
const DATAGRAM_MAX = 65_507;

/** What a UDP socket tells. */
export interface UdpListener {
  onDatagram(bytes: Buffer, source: HostPort): void;
  /** Something that concerns no single message. */
  onError(error: Error): void;
}

/** One UDP socket for everything that is sent and received (RFC 3581: answers come back to the port that asked). */
export class UdpSocket {
  readonly #socket: Socket;
  readonly #bound: string;
  /** The port that it has. */
  readonly port: number;

  private constructor(socket: Socket, bound: string) {
    this.#socket = socket;
    this.#bound = bound;
    this.port = socket.address().port;
  }

  /** @throws the error of the system, such as EADDRINUSE. */
  static async bind({ host, port }: HostPort, listener: UdpListener): Promise<UdpSocket> {
    const socket = createSocket({
      type: isIP(host) === 6 ? 'udp6' : 'udp4',
      // Names are looked up before: here come addresses only, and node would make each one a round through its resolver.
      lookup: (name, _options, callback) => callback(null, name, isIP(name)),
    });
    await new Promise<void>((resolve, reject) => {
      const fail = (error: Error): void => {
        socket.close();
        reject(error);
      };
      socket.once('error', fail);
      socket.bind(port, host, () => {
        socket.off('error', fail);
        resolve();
      });
    });
    try {
      socket.setRecvBufferSize(RECEIVE_BUFFER);
    } catch (error) {
      listener.onError(error instanceof Error ? error : new Error(String(error)));
    }
    socket.on('error', (error) => listener.onError(error));
    socket.on('message', (bytes, from: RemoteInfo) =>
      listener.onDatagram(bytes, { host: unmapped(from.address), port: from.port }),
    );
    return new UdpSocket(socket, host);
  }

  /** The way to a peer; `local` is the address that the peer is told. */
  flow(remote: HostPort, local: HostPort): Flow {
    const endpoint: Endpoint = { transport: 'udp', host: remote.host, port: remote.port };
    return {
      remote: endpoint,
      local,
      reliable: false,
      send: (bytes) => this.#send(bytes, endpoint),
      onClose: () => () => {},
    };
  }

  #send(bytes: Buffer, { host, port }: Endpoint): Promise<void> {
    if (bytes.length > DATAGRAM_MAX)
      return Promise.reject(new TransportFault('TOO_LARGE', 'more than a datagram takes'));
    return new Promise((resolve, reject) => {
      const done = (error: Error | null): void => (error === null ? resolve() : reject(toTransportFault(error)));
      try {
        this.#socket.send(bytes, port, mappedFor(this.#bound, host), done);
      } catch (error) {
        // A closed socket throws at once.
        reject(toTransportFault(error));
      }
    });
  }

  /** Resolves when the port is free. */
  close(): Promise<void> {
    return new Promise((resolve) => this.#socket.close(resolve));
  }
}
