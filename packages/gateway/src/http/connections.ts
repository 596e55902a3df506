import type { Server } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';

interface Known {
  readonly socket: Socket;
  /** Where it stands among the known. */
  place: number;
  /** Requests that are not answered yet. */
  running: number;
  /** How much had been read when the last of them was answered. */
  readBefore: number;
  /** Since when nothing has come, on the monotonic clock; null: that is node:http's to watch, or a request runs. */
  silentSince: number | null;
}

/** Closes a server without cutting anybody off. */
export interface ServerConnections {
  /** A request that node:http knows nothing of has been read from a connection. */
  began(socket: Socket): void;
  /** It has been answered. */
  answered(socket: Socket): void;
  /** The connection is node:http's from now on, with its time limits. */
  handedOver(socket: Socket): void;
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

/** So long a connection may say nothing, at its beginning and between requests, and how often that is looked at. */
const SILENT_MS = 10_000;
const LOOK_MS = 1_000;

/** What is known of a socket stands at the socket: connections come and go with each event. See `docs/performance.md`, "Sets, maps and getters of what comes and goes". */
const KNOWN = Symbol('known');
interface KnownSocket extends Socket {
  [KNOWN]?: Known | undefined;
}

/**
 * Watches the connections of a server that does not listen yet. Node's own `server.close()` will not do: it destroys connections that have
 * just been made, with the request of a phone on its way, and a phone does not report twice.
 */
export function watchConnections(server: Server): ServerConnections {
  const all: Known[] = [];
  let onAnswered = (): void => {};
  let looking: NodeJS.Timeout | null = null;
  const forget = (socket: KnownSocket): void => {
    const known = socket[KNOWN];
    const last = all.at(-1);
    if (known === undefined || last === undefined) return;
    all[known.place] = last;
    last.place = known.place;
    all.pop();
    socket[KNOWN] = undefined;
  };
  function onClose(this: Socket): void {
    forget(this);
  }
  const closeSilent = (): void => {
    const due = performance.now() - SILENT_MS;
    for (const { socket, silentSince } of [...all]) if (silentSince !== null && silentSince <= due) socket.destroy();
    if (all.length > 0 || looking === null) return;
    clearInterval(looking);
    looking = null;
  };
  server.on('connection', (socket: KnownSocket) => {
    const known = { socket, place: all.length, running: 0, readBefore: 0, silentSince: performance.now() };
    socket[KNOWN] = known;
    all.push(known);
    socket.on('close', onClose);
    looking ??= setInterval(closeSilent, LOOK_MS);
  });
  // A WebSocket's: it is closed by whoever has it, and nothing is kept here of one that stays for days.
  server.prependListener('upgrade', ({ socket }) => {
    forget(socket);
    socket.off('close', onClose);
  });
  const began = (socket: KnownSocket): void => {
    const known = socket[KNOWN];
    if (known === undefined) return;
    known.running += 1;
    known.silentSince = null;
  };
  const ended = (socket: KnownSocket): Known | undefined => {
    const known = socket[KNOWN];
    if (known === undefined) return undefined;
    known.running -= 1;
    known.readBefore = socket.bytesRead;
    onAnswered();
    return known;
  };
  server.on('request', ({ socket }, response) => {
    began(socket);
    response.once('close', () => ended(socket));
  });
  const closeIdle = (mayBeSilent: boolean): void => {
    for (const { socket, running, readBefore } of [...all]) {
      if (running > 0 || socket.bytesRead > readBefore) continue;
      if (readBefore > 0 || !mayBeSilent) socket.destroy();
    }
  };
  return {
    began,
    answered(socket) {
      const known = ended(socket);
      if (known !== undefined) known.silentSince = performance.now();
    },
    handedOver(socket: KnownSocket) {
      const known = socket[KNOWN];
      if (known !== undefined) known.silentSince = null;
    },
    close(graceMs) {
      return new Promise((resolve) => {
        let looks = 0;
        const cut = setTimeout(() => {
          for (const { socket } of [...all]) socket.destroy();
        }, graceMs);
        onAnswered = () => void cut.refresh();
        const check = setInterval(() => closeIdle(looks++ < SILENT_LOOKS), CHECK_MS);
        NetServer.prototype.close.call(server, () => {
          onAnswered = () => {};
          clearTimeout(cut);
          clearInterval(check);
          if (looking !== null) clearInterval(looking);
          resolve();
        });
      });
    },
  };
}
