import type { Server } from 'node:http';

/** Where to listen. */
export interface ListenAddress {
  readonly host: string;
  /** 0: any. */
  readonly port: number;
  /** A socket that was bound before, and is taken instead of host and port; null or left out: none. */
  readonly fd?: number | null | undefined;
}

/**
 * How many connections may wait to be taken; the system has a bound of its own (`net.core.somaxconn`, 4,096). A whole office may
 * report at once, and where the socket outlives the gateway all that report during a restart wait here.
 */
const BACKLOG = 65_535;

/**
 * Listens.
 * @returns the server's address, e.g. `http://127.0.0.1:4000`
 * @throws where the port is taken or the host is none of this machine's: in words, with the system's `code`
 */
export function listen(server: Server, { host, port, fd = null }: ListenAddress): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void => reject(explained(error, { host, port, fd }));
    server.once('error', fail);
    const listening = (): void => {
      server.off('error', fail);
      resolve(urlOf(server));
    };
    // With a descriptor Node takes the length of the queue from the second argument only.
    if (fd === null) server.listen({ host, port, backlog: BACKLOG }, listening);
    else server.listen({ fd }, BACKLOG, listening);
  });
}

const HINTS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program has that port. HOOKSWITCH_PORT chooses another.',
  EADDRNOTAVAIL: 'this machine has no such address. HOOKSWITCH_HOST names one that it has, or 0.0.0.0 for all.',
  ENOTFOUND: 'there is no such host. HOOKSWITCH_HOST names an address of this machine, or 0.0.0.0 for all.',
  EACCES: 'this user may not take that port. HOOKSWITCH_PORT chooses another, e.g. one above 1023.',
};

function explained(error: NodeJS.ErrnoException, { host, port, fd }: ListenAddress): Error {
  const { code = '' } = error;
  const message =
    fd === null
      ? `The gateway cannot listen on ${host}, port ${port}: ${HINTS[code] ?? error.message}`
      : `The gateway cannot listen on the socket that it was given (LISTEN_FDS): ${error.message}`;
  return Object.assign(new Error(message, { cause: error }), { code });
}

function urlOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on TCP');
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}
