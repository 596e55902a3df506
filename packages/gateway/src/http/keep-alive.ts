import type { WebSocket } from 'ws';

/** Ends sockets whose peers are gone. */
export interface KeepAlive {
  add(socket: WebSocket): void;
  remove(socket: WebSocket): void;
}

/** So many pings in a row may stay unanswered: for five minutes, since a peer that reads nothing fills its buffers before it shows. */
const MOST_UNANSWERED = 25;
/** The sockets are asked in so many groups, one after the other: one timer serves all, and not all are asked at once. */
const GROUPS = 12;

/**
 * Asks each socket every `intervalMs` whether its peer is there. One that has stopped reading is: what it is to be told stands before the
 * ping, and as long as bytes wait to leave, it is the system that finds out whether the peer is still there. It costs no more than its
 * bounded queue.
 */
export function createKeepAlive(intervalMs: number): KeepAlive {
  /** How many pings each has not answered. */
  const groups = Array.from({ length: GROUPS }, () => new Map<WebSocket, number>());
  let turn = 0;
  let next = 0;
  const ask = (group: Map<WebSocket, number>): void => {
    for (const [socket, unanswered] of group) {
      if (socket.bufferedAmount > 0) continue;
      if (unanswered === MOST_UNANSWERED) socket.terminate();
      else {
        group.set(socket, unanswered + 1);
        socket.ping();
      }
    }
  };
  const tick = (): void => {
    ask(groups[turn] ?? new Map());
    turn = (turn + 1) % GROUPS;
  };
  let timer: NodeJS.Timeout | null = null;
  let count = 0;
  return {
    add(socket) {
      const group = groups[next] ?? new Map<WebSocket, number>();
      next = (next + 1) % GROUPS;
      group.set(socket, 0);
      count += 1;
      timer ??= setInterval(tick, intervalMs / GROUPS);
      socket.on('pong', () => {
        if (group.has(socket)) group.set(socket, 0);
      });
    },
    remove(socket) {
      if (groups.some((group) => group.delete(socket))) count -= 1;
      if (count > 0 || timer === null) return;
      clearInterval(timer);
      timer = null;
    },
  };
}
