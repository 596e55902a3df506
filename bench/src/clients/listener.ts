import { randomUUID } from 'node:crypto';
import WebSocket from 'ws';

/** One subscription. */
export interface Listening {
  /** Of the server, `http://HOST:PORT`. */
  readonly url: string;
  /** Sent as the path; a floor tells subscribers apart by it. */
  readonly path: string;
  /** Null: none is needed. */
  readonly key: string | null;
  /** Null: a floor, which sends without being asked. */
  readonly operation: { readonly query: string; readonly variables?: Readonly<Record<string, unknown>> } | null;
  /** Whether the server says when it is listening, as the gateway does; of others a pong is waited for. */
  readonly saysCaughtUp: boolean;
  /** The address that it connects from. */
  readonly from?: string | undefined;
}

/**
 * Subscribes as graphql-ws does, with an id of its own, and resolves when events will arrive.
 * @param onEvent called for each message that holds an event
 */
export function listen(
  { url, path, key, operation, saysCaughtUp, from }: Listening,
  onEvent: (text: Buffer) => void,
): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const address = `${url.replace('http', 'ws')}${path}`;
    const options = { ...(from !== undefined && { localAddress: from }), perMessageDeflate: false };
    const socket =
      operation === null ? new WebSocket(address, options) : new WebSocket(address, 'graphql-transport-ws', options);
    const send = (message: object): void => socket.send(JSON.stringify(message));
    socket.once('error', reject);
    socket.once('open', () => {
      if (operation === null) resolve(socket);
      else send({ type: 'connection_init', payload: key === null ? {} : { authorization: `Bearer ${key}` } });
    });
    socket.on('message', (data: Buffer) => {
      if (data.includes('"type":"next"') && !data.includes('CaughtUp')) return onEvent(data);
      const text = data.toString();
      if (text.includes('connection_ack')) {
        send({ id: randomUUID(), type: 'subscribe', payload: operation });
        if (!saysCaughtUp) send({ type: 'ping' });
      } else if (text.includes('CaughtUp') || text.includes('"type":"pong"')) resolve(socket);
      else if (text.includes('"type":"ping"')) send({ type: 'pong' });
      else if (text.includes('"type":"error"')) reject(new Error(text));
    });
  });
}
