import WebSocket from 'ws';

/** What a subscription asks for: what a console would. */
const SUBSCRIPTION =
  'subscription { phoneEvents { __typename ... on CallEvent { cursor callEventKind callState vendorEvent variables { name value } } } }';

/** Where to subscribe: the gateway with its key, or a floor without. */
export interface SubscriberTarget {
  readonly url: string;
  readonly key: string | null;
}

/**
 * Subscribes over a WebSocket and resolves when events will arrive.
 * @param onEvent called with the number of each event, see `targetOf`
 * @param onText called with each message as it came
 */
export function subscribe(
  { url, key }: SubscriberTarget,
  onEvent: (number: number) => void,
  onText: (text: string) => void = () => {},
): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const address = `${url.replace('http', 'ws')}/graphql`;
    const socket = key === null ? new WebSocket(address) : new WebSocket(address, 'graphql-transport-ws');
    socket.once('error', reject);
    socket.once('open', () => {
      if (key === null) resolve(socket);
      else socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${key}` } }));
    });
    socket.on('message', (data) => {
      const text = String(data);
      if (text.includes('connection_ack')) {
        socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: SUBSCRIPTION } }));
      } else if (text.includes('CaughtUp')) resolve(socket);
      else if (text.includes('"type":"ping"')) socket.send('{"type":"pong"}');
      else if (text.includes('"type":"error"')) reject(new Error(text));
      // Without its events a round would not come to its end: nothing that was measured on such a machine counts.
      else if (text.includes('"EventsMissed"')) throw new Error(`a subscriber could not follow: ${text}`);
      const number = /display_remote","value":"(\d+)"/.exec(text)?.[1];
      if (number === undefined) return;
      onText(text);
      onEvent(Number(number));
    });
  });
}
