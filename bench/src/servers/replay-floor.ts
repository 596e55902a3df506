/**
 * The floor of a replay, by hand: pages from the gateway's own database, each event serialised and sent by `ws` as fast
 * as the socket takes it.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { type WebSocket, WebSocketServer } from 'ws';
import { argument, serve } from './child.ts';
import { eventMaker } from './peer-schema.ts';

interface Body {
  readonly vendorEvent: string;
  readonly variables: readonly { readonly name: string; readonly value: string }[];
  readonly event: { readonly callEventKind: string; readonly callState: string | null };
}

const PAGE = 500;
const MOST_WAITING = 1024 * 1024;
const { payload, database } = argument<{ readonly payload: string; readonly database: string }>();
const { __typename } = eventMaker(payload)('0');
const { id } = JSON.parse(payload) as { readonly id: string };
const store = new DatabaseSync(database, { readOnly: true });
const page = store.prepare('SELECT sequence, body FROM events WHERE sequence > ? ORDER BY sequence LIMIT ?');

async function replay(socket: WebSocket): Promise<void> {
  for (let after = 1; ; ) {
    const rows = page.all(after, PAGE);
    if (rows.length === 0) return;
    let sent = Promise.resolve();
    for (const { sequence, body } of rows) {
      after = Number(sequence);
      const { vendorEvent, variables, event } = JSON.parse(String(body)) as Body;
      const { callEventKind, callState } = event;
      const cursor = Buffer.from(`event:${sequence}`).toString('base64url');
      const phoneEvents = { __typename, cursor, callEventKind, callState, vendorEvent, variables };
      const text = JSON.stringify({ id, type: 'next', payload: { data: { phoneEvents } } });
      sent = new Promise((resolve) => socket.send(text, () => resolve()));
    }
    // Not before: others are served meanwhile.
    if (socket.bufferedAmount > MOST_WAITING) await sent;
    else await new Promise((resolve) => setImmediate(resolve));
  }
}

const server = createServer();
const sockets = new WebSocketServer({ server });
sockets.on('connection', (socket) => {
  replay(socket).catch(() => socket.terminate());
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  serve({ url: `http://127.0.0.1:${port}` }, async () => store.close());
});
