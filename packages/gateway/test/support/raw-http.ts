import { connect } from 'node:net';

/**
 * Sends pieces as they are, each once the one before has left, and gives what came back until the other side closed.
 * @param from an address of this machine
 */
export function sendRaw(url: string, pieces: readonly (string | Buffer)[], from?: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const socket = connect({
    host: hostname,
    port: Number(port),
    noDelay: true,
    ...(from === undefined ? {} : { localAddress: from }),
  });
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', reject);
  socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')));
  const send = ([piece, ...rest]: readonly (string | Buffer)[]): void => {
    if (piece === undefined) return;
    // A turn of both event loops between two pieces, so that they do not arrive as one.
    socket.write(piece, () => setTimeout(send, 5, rest));
  };
  socket.on('connect', () => send(pieces));
  return promise;
}

/** The status of a reply. */
export function statusOf(reply: string): number {
  return Number(/^HTTP\/1\.1 (\d{3}) /.exec(reply)?.[1]);
}
