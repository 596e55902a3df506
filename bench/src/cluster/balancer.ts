import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A load balancer for TCP, as simple as they come: in turn, and the next one where one refuses. */
export interface Balancer extends AsyncDisposable {
  readonly url: string;
}

/** @param ports of loopback that connections go to */
export async function startBalancer(ports: readonly number[]): Promise<Balancer> {
  const sockets = new Set<Socket>();
  let turn = 0;
  const server = createServer({ pauseOnConnect: true }, (near) => {
    sockets.add(near);
    near.on('error', () => {});
    near.on('close', () => sockets.delete(near));
    const pass = (tries: number): void => {
      const far = connect(ports[turn++ % ports.length] ?? 0, '127.0.0.1');
      let isThere = false;
      far.on('connect', () => {
        isThere = true;
        near.pipe(far);
        far.pipe(near);
      });
      far.on('error', () => {
        if (!isThere && tries > 1) pass(tries - 1);
        else near.destroy();
      });
      far.on('close', () => {
        if (isThere) near.destroy();
      });
      near.on('close', () => far.destroy());
    };
    pass(ports.length);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}
