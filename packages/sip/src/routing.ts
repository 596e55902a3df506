import { parseNameAddress } from './message/name-address.ts';
import { parseSipUri, type SipUri } from './message/uri.ts';
import type { Destination } from './transport/layer.ts';
import { type SipTransport, type TlsTrust, TransportFault } from './transport/types.ts';

/** How a request is addressed. */
export interface Route {
  readonly requestUri: string;
  /** Values of Route, in order. */
  readonly routes: readonly string[];
  readonly destination: Destination;
}

/** What a route is made from. */
export interface RouteInput {
  readonly uri: string;
  /** The route set: URIs in angle brackets, the first one nearest. */
  readonly routes: readonly string[];
  /** Where it is sent, whatever the URIs say. */
  readonly destination: string | undefined;
  readonly trust: TlsTrust;
  /** The first is taken where a URI names none. */
  readonly transports: readonly SipTransport[];
}

/**
 * Decides where a request goes and what its Request-URI is (RFC 3261 sections 8.1.2 and 12.2.1.1).
 * @throws TransportFault of INVALID_REQUEST or NO_TRANSPORT.
 */
export function routeRequest({ destination, routes, transports, trust, uri }: RouteInput): Route {
  const target = sipUri(uri);
  if (target.headers !== null) throw invalid('a Request-URI has no headers');
  const [first, ...others] = routes;
  const firstUri = first === undefined ? undefined : parseNameAddress(first)?.uri;
  if (first !== undefined && firstUri === undefined) throw invalid('a route is malformed');
  const hop = sipUri(destination ?? firstUri ?? uri);
  const next = toDestination(hop, { trust, transports });
  // A strict router of RFC 2543 wants itself in the Request-URI, and the target at the end (section 12.2.1.1).
  if (firstUri !== undefined && !sipUri(firstUri).parameters.has('lr')) {
    return { requestUri: firstUri, routes: [...others, `<${uri}>`], destination: next };
  }
  return { requestUri: uri, routes, destination: next };
}

/** The proxy as a loose route (RFC 3261 section 8.1.2): with `lr`, whether or not it was configured so. */
export function proxyRoute(proxy: string): string {
  return sipUri(proxy).parameters.has('lr') ? `<${proxy}>` : `<${proxy};lr>`;
}

function toDestination(
  { host, parameters, port, scheme }: SipUri,
  { transports, trust }: Pick<RouteInput, 'transports' | 'trust'>,
): Destination {
  const [usual] = transports;
  if (usual === undefined) throw new TransportFault('NO_TRANSPORT', 'no transport is in use');
  const named = parameters.get('transport')?.toLowerCase();
  // `sips` is TLS whatever the parameter says (section 26.2.2); `sip` without one is UDP (RFC 3263 section 4.1).
  const transport = scheme === 'sips' ? 'tls' : (named ?? usual);
  if (transport !== 'udp' && transport !== 'tcp' && transport !== 'tls') {
    throw new TransportFault('NO_TRANSPORT', `${transport} is not known`);
  }
  const maddr = parameters.get('maddr');
  return { transport, host: maddr ?? host, port, trust };
}

function sipUri(text: string): SipUri {
  const uri = parseSipUri(text);
  if (uri === undefined) throw invalid('not a SIP URI');
  return uri;
}

function invalid(message: string): TransportFault {
  return new TransportFault('INVALID_REQUEST', message);
}
