import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A wire between a gateway and an engine that can be cut. */
export interface Relay extends AsyncDisposable {
  readonly port: number;
  /** Once the gateway has said this, the engine hears it and nothing more; the gateway is cut off when the engine is done, its answer lost. */
  loseAnswerTo(said: string): void;
  /** Once the gateway has said this, the engine hears it and nothing more on that connection; what the engine says is passed. */
  loseWhatFollows(said: string): void;
  /** Whatever answers this, and all that follows on its connection, waits until {@link Relay.resume}. */
  hold(said: string): void;
  /** Whether it was said. */
  readonly isHolding: boolean;
  /** Nothing passes any more, and nobody is told. */
  hang(): void;
  /** All connections are cut, and new ones at once, until {@link Relay.mend}. */
  cut(): void;
  /** Nothing passes, and nobody is told, until {@link Relay.resume}: then all that was said comes at once. */
  stall(): void;
  resume(): void;
  /** All connections are cut, and new ones are passed again. */
  mend(): void;
}

/** @param port of the engine on loopback */
export async function startRelay(port: number): Promise<Relay> {
  const sockets = new Set<Socket>();
  let fatal: string | null = null;
  let last: string | null = null;
  let held: string | null = null;
  let isHolding = false;
  let hanging = false;
  let isCut = false;
  let isStalled = false;
  const server = createServer((near) => {
    if (isCut) return void near.destroy();
    const far = connect(port, '127.0.0.1');
    let silent = false;
    let isDeaf = false;
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        // Not at once where the answer is to be lost: what was said is to arrive.
        if (!silent) far.destroy();
      });
    }
    near.on('data', (chunk) => {
      if (hanging || silent || isDeaf) return;
      if (held !== null && chunk.includes(held)) {
        isHolding = true;
        far.pause();
      }
      if (last !== null && chunk.includes(last)) [last, isDeaf] = [null, true];
      if (fatal !== null && chunk.includes(fatal)) {
        fatal = null;
        silent = true;
        // The engine ends the connection after it has done what was said: only then is the gateway told, by its own end.
        far.end(chunk);
        return;
      }
      far.write(chunk);
    });
    far.on('data', (chunk) => {
      if (!hanging && !silent) near.write(chunk);
    });
    if (isStalled) for (const socket of [near, far]) socket.pause();
  });
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return {
    port: address.port,
    loseAnswerTo(said) {
      fatal = said;
    },
    loseWhatFollows(said) {
      last = said;
    },
    get isHolding() {
      return isHolding;
    },
    hold(said) {
      held = said;
    },
    hang() {
      hanging = true;
    },
    cut() {
      isCut = true;
      cut();
    },
    stall() {
      isStalled = true;
      for (const socket of sockets) socket.pause();
    },
    resume() {
      isStalled = false;
      held = null;
      isHolding = false;
      for (const socket of sockets) socket.resume();
    },
    mend() {
      hanging = false;
      isCut = false;
      cut();
    },
    async [Symbol.asyncDispose]() {
      server.close();
      cut();
      await once(server, 'close');
    },
  };
}
