import { connect, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import type { ActionUrlFailure, ActionUrlReply } from './action-url-reply.ts';
import { parseHttpReply } from './http-reply.ts';

/** Where bytes go, and on which terms. */
export interface RawDestination {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly timeoutMs: number;
  readonly localAddress: string | undefined;
  readonly verifiesCertificates: boolean;
}

/** Either a reply or why there is none. */
export type RawOutcome =
  | { readonly reply: ActionUrlReply; readonly failure: undefined }
  | { readonly reply: undefined; readonly failure: ActionUrlFailure };

/** Sends bytes over a connection of their own and reads one HTTP reply. Never rejects. */
export const exchangeBytes = (bytes: Uint8Array, destination: RawDestination): Promise<RawOutcome> =>
  new Promise((resolve) => {
    const socket = open(destination);
    let received = Buffer.alloc(0);
    const timer = setTimeout(() => finish('timedOut'), destination.timeoutMs);
    const finish = (outcome: ActionUrlFailure | ActionUrlReply) => {
      clearTimeout(timer);
      socket.destroy();
      const failed = typeof outcome === 'string';
      resolve(failed ? { reply: undefined, failure: outcome } : { reply: outcome, failure: undefined });
    };
    const look = (ended: boolean) => {
      const reply = parseHttpReply(received, ended);
      if (reply !== 'incomplete') finish(reply);
    };
    socket.on(destination.secure ? 'secureConnect' : 'connect', () => socket.write(bytes));
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      look(false);
    });
    socket.on('end', () => look(true));
    socket.on('close', () => finish('closed'));
    socket.on('error', (error: NodeJS.ErrnoException) => finish(failureOf(error)));
  });

const open = ({ host, port, secure, localAddress, verifiesCertificates }: RawDestination): Socket => {
  const options = localAddress === undefined ? { host, port } : { host, port, localAddress };
  return secure ? connectSecurely({ ...options, rejectUnauthorized: verifiesCertificates }) : connect(options);
};

const failureOf = (error: NodeJS.ErrnoException): ActionUrlFailure => {
  if (error.code === 'ECONNREFUSED') return 'refused';
  return error.code === 'ECONNRESET' || error.code === 'EPIPE' ? 'closed' : 'failed';
};
