/**
 * The floor of fan-out, by hand: each event is serialised once and sent by `ws` to everybody, or to those who connected
 * to the path of its phone.
 */
import { type WebSocket, WebSocketServer } from 'ws';
import { argument } from './child.ts';
import { serveSyncedReports } from './synced-reports.ts';
import { createTimed } from './timed.ts';

const { payload, byPhone } = argument<{ readonly payload: string; readonly byPhone: boolean }>();
const byPath = new Map<string, WebSocket[]>();
const sockets = new WebSocketServer({ noServer: true });
const timed = createTimed();
const [before = '', after = ''] = payload.split('NUMBER');

await serveSyncedReports(
  ({ path, number }) => {
    const deliver = (): void => {
      const message = Buffer.from(`${before}${number}${after}`);
      const to = byPhone ? (byPath.get(phoneOf(path)) ?? []) : sockets.clients;
      for (const socket of to) socket.send(message, { binary: false });
    };
    // The clock is not asked where it would cost more than what it measures.
    if (byPhone) timed.count(deliver);
    else deliver();
  },
  (server) => {
    server.on('upgrade', (request, duplex, head) => {
      sockets.handleUpgrade(request, duplex, head, (socket) => {
        const phone = phoneOf(request.url ?? '');
        const others = byPath.get(phone);
        if (others === undefined) byPath.set(phone, [socket]);
        else others.push(socket);
      });
    });
  },
);

/** `/a/TOKEN` of `/a/TOKEN/EVENT`. */
function phoneOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}
