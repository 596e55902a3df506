import type { Server } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';

interface Known {
  /** Requests that are not answered yet. */
  running: number;
  /** How much had been read when the last of them was answered. */
  readBefore: number;
}

/** Closes a server without cutting anybody off. */
export interface ServerConnections {
  /** A request that node:http knows nothing of has been read from a connection. */
  began(socket: Socket): void;
  /** It has been answered. */
  answered(socket: Socket): void;
  /**
   * Takes no more connections, lets the requests that run end, and those that are on their way; cuts what is left once none has been
   * answered for `graceMs`. Resolves when no connection is left.
   */
  close(graceMs: number): Promise<void>;
}

const CHECK_MS = 20;

/**
 * So often a connection that was made just before is looked at without having said anything: for three seconds, so that a lost packet or
 * two cost nothing. Looks are counted and not the time: between two of them everything is read that has come, on a busy machine too.
 */
const SILENT_LOOKS = 150;

/**
 * Watches the connections of a server that does not listen yet. Node's own `server.close()` will not do: it destroys connections that have
 * just been made, with the request of a phone on its way, and a phone does not report twice.
 */
export function watchConnections(server: Server): ServerConnections {
  const all = new Map<Socket, Known>();
  let onAnswered = (): void => {};
  function forget(this: Socket): void {
    all.delete(this);
  }
  server.on('connection', (socket) => {
    all.set(socket, { running: 0, readBefore: 0 });
    socket.on('close', forget);
  });
  // A WebSocket's: it is closed by whoever has it, and nothing is kept here of one that stays for days.
  server.prependListener('upgrade', ({ socket }) => {
    all.delete(socket);
    socket.off('close', forget);
  });
  const began = (socket: Socket): void => {
    const known = all.get(socket);
    if (known !== undefined) known.running += 1;
  };
  const answered = (socket: Socket): void => {
    const known = all.get(socket);
    if (known === undefined) return;
    known.running -= 1;
    known.readBefore = socket.bytesRead;
    onAnswered();
  };
  server.on('request', ({ socket }, response) => {
    began(socket);
    response.once('close', () => answered(socket));
  });
  const closeIdle = (mayBeSilent: boolean): void => {
    for (const [socket, { running, readBefore }] of all) {
      if (running > 0 || socket.bytesRead > readBefore) continue;
      if (readBefore > 0 || !mayBeSilent) socket.destroy();
    }
  };
  return {
    began,
    answered,
    close(graceMs) {
      return new Promise((resolve) => {
        let looks = 0;
        const cut = setTimeout(() => {
          for (const socket of all.keys()) socket.destroy();
        }, graceMs);
        onAnswered = () => void cut.refresh();
        const check = setInterval(() => closeIdle(looks++ < SILENT_LOOKS), CHECK_MS);
        NetServer.prototype.close.call(server, () => {
          onAnswered = () => {};
          clearTimeout(cut);
          clearInterval(check);
          resolve();
        });
      });
    },
  };
}
