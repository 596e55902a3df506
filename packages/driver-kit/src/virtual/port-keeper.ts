import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * Keeps a port of this machine while nobody listens on it. Without that any outgoing connection may be given the port in
 * the meantime, and its owner could not listen there again before a minute after that one's end. A socket that is bound
 * to the port and connected to somewhere else keeps it; who connects to the port is refused all the same.
 */
export class PortKeeper {
  #peer: Server | undefined;
  #socket: Socket | undefined;

  /** Makes all ready, so that {@link keep} is quick: the port is anybody's between its owner's end and that. */
  async prepare(host: string): Promise<void> {
    const peer = createServer((socket) => socket.on('error', () => {}));
    peer.listen(0, host);
    await once(peer, 'listening');
    this.#peer = peer;
  }

  /** Keeps a port that has just become free. Rejects if somebody was faster. */
  async keep(port: number): Promise<void> {
    const peer = this.#peer?.address();
    if (typeof peer !== 'object' || peer === null) throw new Error('The keeper was not prepared.');
    const socket = connect({ host: peer.address, port: peer.port, localAddress: peer.address, localPort: port });
    this.#socket = socket;
    await once(socket, 'connect');
    socket.on('error', () => {});
  }

  /** Gives the port free, to be called once its owner listens again, or never will. Safe to call twice. */
  async release(): Promise<void> {
    const [peer, socket] = [this.#peer, this.#socket];
    this.#peer = undefined;
    this.#socket = undefined;
    if (socket !== undefined && !socket.destroyed) {
      const closed = once(socket, 'close');
      // A reset leaves nothing behind; an orderly end would itself keep the port for a minute.
      socket.resetAndDestroy();
      await closed;
    }
    if (peer === undefined) return;
    const closed = once(peer, 'close');
    peer.close();
    await closed;
  }
}
