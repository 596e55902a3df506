import { VirtualHttpServer, type VirtualHttpServerOptions } from '../../src/virtual/index.ts';

/** A started server that answers 200 `done` unless told otherwise. */
export const startServer = async (options: Partial<VirtualHttpServerOptions> = {}): Promise<VirtualHttpServer> => {
  const server = new VirtualHttpServer({ handle: () => ({ status: 200, body: 'done' }), ...options });
  await server.start();
  return server;
};
