import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import { FrameWriter } from './frame-writer.ts';
import { WsConnection } from './graphql-ws-connection.ts';
import { CLOSE, GRAPHQL_TRANSPORT_WS } from './graphql-ws-messages.ts';
import type { Greeting, Protocol } from './graphql-ws-protocol.ts';
import type { Asked, KeepAlive } from './keep-alive.ts';

/** What a socket is connected to. */
export interface Connection {
  /** What it was upgraded from. */
  readonly stream: Duplex;
  /** What its request told of who comes. */
  readonly upgrade: Greeting['upgrade'];
  readonly protocol: Protocol;
  readonly keepAlive: KeepAlive<PeerSocket>;
}

/**
 * A WebSocket of a peer's. What ws tells of it comes here, and not to listeners: there are thousands of them, nearly all wait, and the list
 * of listeners would be the largest thing that each holds.
 */
export class PeerSocket extends WebSocket implements Asked {
  unanswered = 0;
  #keepAlive: KeepAlive<PeerSocket> | null = null;
  #connection: WsConnection | null = null;

  /** Connects it, open, to the protocol: messages in and out, in the peer's own pace, and a ping that ends it where the peer is gone. */
  connect({ stream, upgrade, protocol, keepAlive }: Connection): void {
    this.#keepAlive = keepAlive;
    keepAlive.add(this);
    if (this.protocol !== GRAPHQL_TRANSPORT_WS) {
      this.close(CLOSE.subprotocolNotAcceptable, 'Subprotocol not acceptable');
      return;
    }
    const writer = new FrameWriter(this, stream);
    this.#connection = new WsConnection({ protocol, peer: this, writer, upgrade });
  }

  override emit(event: string | symbol, ...details: unknown[]): boolean {
    switch (event) {
      case 'message':
        this.#connection?.receive(String(details[0]));
        return true;
      case 'pong':
        this.unanswered = 0;
        return true;
      case 'error':
        // A frame that is too long or malformed: ws closes the socket with the fitting code by itself.
        return true;
      case 'close':
        this.#keepAlive?.remove(this);
        this.#connection?.closed();
        return super.emit(event, ...details);
      default:
        return super.emit(event, ...details);
    }
  }
}
