import type { IncomingMessage, ServerResponse } from 'node:http';
import { isIP } from 'node:net';

/** Whether a request names this gateway in its `Host`. */
export type HostCheck = (request: IncomingMessage) => boolean;

/** A name or an address, and a port or none (RFC 9112, 3.2): nothing that stands for credentials or a path. */
const HOST = /^(?:\[(?<v6>[^[\]@/?#\s]+)\]|(?<name>[^[\]:@/?#\s]+))(?::\d*)?$/;
/** RFC 9110, 15.5.20. */
const MISDIRECTED = 421;

/**
 * Keeps pages of other names away that had their name lead to this gateway (DNS rebinding): to a browser the gateway is of
 * their origin then. Addresses pass, since nobody else can own the origin of one; so do `localhost`, the names given here, and
 * requests that name no host, which no browser sends.
 * @param names without a port; null: any host will do
 */
export function createHostCheck(names: readonly string[] | null): HostCheck {
  if (names === null) return () => true;
  const known = new Set(['localhost', ...names].map(canonical));
  return ({ headers: { host } }) => {
    if (host === undefined) return true;
    const { v6 = '', name = '' } = HOST.exec(host)?.groups ?? {};
    return isIP(v6) === 6 || isIP(name) === 4 || known.has(canonical(name));
  };
}

/** Answers a request whose host is not known here. */
export function refuseHost({ headers: { host = '' } }: IncomingMessage, response: ServerResponse): void {
  const message = `This gateway is not known as "${host}": add the name to allowedHosts, or use its address.`;
  const body = JSON.stringify({ errors: [{ message, extensions: { code: 'HOST_NOT_ALLOWED' } }] });
  response
    .writeHead(MISDIRECTED, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      'x-content-type-options': 'nosniff',
    })
    .end(body);
}

/** The names under which a gateway is known: those that are configured, that of its public address, and that which it listens at. */
export function namesOf({
  allowedHosts = null,
  publicUrl,
  host,
}: {
  readonly allowedHosts?: readonly string[] | null;
  readonly publicUrl: string | null;
  readonly host: string;
}): readonly string[] | null {
  if (allowedHosts === null) return null;
  const publicName = publicUrl === null ? undefined : URL.parse(publicUrl)?.hostname;
  return [...allowedHosts, host, ...(publicName === undefined ? [] : [publicName])];
}

/** Names differ neither by case nor by the dot of the root. */
function canonical(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}
