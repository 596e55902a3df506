import { type NotSentReason, TransportFault } from './types.ts';

/** What the system's error codes mean for a request (Linux, errno(3); c-ares and getaddrinfo codes of Node). */
const REASONS: Readonly<Record<string, NotSentReason>> = {
  ENOTFOUND: 'NAME_NOT_FOUND',
  EAI_AGAIN: 'NAME_NOT_FOUND',
  ENODATA: 'NAME_NOT_FOUND',
  ECONNREFUSED: 'REFUSED',
  ENETUNREACH: 'UNREACHABLE',
  EHOSTUNREACH: 'UNREACHABLE',
  EHOSTDOWN: 'UNREACHABLE',
  ENETDOWN: 'UNREACHABLE',
  EADDRNOTAVAIL: 'UNREACHABLE',
  ETIMEDOUT: 'CONNECT_TIMEOUT',
  EMSGSIZE: 'TOO_LARGE',
  EAFNOSUPPORT: 'NO_TRANSPORT',
  ERR_SOCKET_DGRAM_NOT_RUNNING: 'CLOSED',
};

/** Any error of a socket or of a name look-up as a fault. */
export function toTransportFault(error: unknown): TransportFault {
  if (error instanceof TransportFault) return error;
  const code = errorCode(error);
  const message = error instanceof Error ? error.message : String(error);
  const tls = /^(?:ERR_TLS|ERR_SSL|EPROTO|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(code);
  return new TransportFault(REASONS[code] ?? (tls ? 'TLS' : 'NETWORK'), message);
}

/** The `code` of an error; empty where it has none. */
function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
