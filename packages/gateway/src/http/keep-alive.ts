/** A socket whose peer is asked whether it is there. */
export interface Asked {
  /** How many pings it has not answered; set to 0 when it does. */
  unanswered: number;
  /** Octets that wait to leave. */
  readonly bufferedAmount: number;
  ping(): void;
  terminate(): void;
}

/** Ends sockets whose peers are gone. */
export interface KeepAlive<Socket extends Asked> {
  add(socket: Socket): void;
  remove(socket: Socket): void;
  /** All that were added and not removed. */
  sockets(): Iterable<Socket>;
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
export function createKeepAlive<Socket extends Asked>(intervalMs: number): KeepAlive<Socket> {
  const groups = Array.from({ length: GROUPS }, () => new Set<Socket>());
  let turn = 0;
  let next = 0;
  const ask = (group: Set<Socket>): void => {
    for (const socket of group) {
      if (socket.bufferedAmount > 0) continue;
      if (socket.unanswered === MOST_UNANSWERED) socket.terminate();
      else {
        socket.unanswered += 1;
        socket.ping();
      }
    }
  };
  const tick = (): void => {
    ask(groups[turn] ?? new Set());
    turn = (turn + 1) % GROUPS;
  };
  let timer: NodeJS.Timeout | null = null;
  let count = 0;
  return {
    add(socket) {
      groups[next]?.add(socket);
      next = (next + 1) % GROUPS;
      count += 1;
      timer ??= setInterval(tick, intervalMs / GROUPS);
    },
    remove(socket) {
      if (groups.some((group) => group.delete(socket))) count -= 1;
      if (count > 0 || timer === null) return;
      clearInterval(timer);
      timer = null;
    },
    sockets: () => groups.flatMap((group) => [...group]),
  };
}
