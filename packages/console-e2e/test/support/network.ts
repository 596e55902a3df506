import { connect, createServer, type Server, type Socket } from 'node:net';
import type { DemoOffice } from '@hookswitch/demo';
import { onTestFinished } from 'vitest';

/** A network between a browser and the gateway that can be cut. */
export interface Network {
  readonly url: string;
  cut(): void;
  mend(): void;
}

/** Puts a network before the office's gateway until the test is over. */
export async function networkTo(office: DemoOffice): Promise<Network> {
  const { hostname, port } = new URL(office.gateway.url);
  const sockets = new Set<Socket>();
  let isCut = false;
  const server: Server = createServer((near) => {
    if (isCut) return void near.destroy();
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  const own = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    url: `http://127.0.0.1:${own}`,
    cut() {
      isCut = true;
      for (const socket of sockets) socket.destroy();
    },
    mend() {
      isCut = false;
    },
  };
}
