import { isIP } from 'node:net';
import { failed, phoneUnreachable, TransportError } from '@hookswitch/core';
import { parseSipUri, type SipUri, type TlsTrust } from '@hookswitch/sip';
import { AddressNotAllowed, type AddressPolicy } from '../transport/address-policy.ts';
import { RegistrarError, type Registration } from './registrar/registrar.ts';
import type { Registrars } from './registrar/registrars.ts';

/** How a request to a phone is addressed: the host that it really goes to is an address that was checked. */
export interface SipWay {
  readonly uri: string;
  /** To which it is sent instead of the host of `uri`. */
  readonly destination?: string;
  /** The first hop, as a loose route; null: none. */
  readonly proxy: string | null;
  /** Of the first hop, for TLS. */
  readonly tls: TlsTrust;
}

/** Whom a request is for. */
export interface SipTarget {
  /** A SIP URI of the phone itself, or the address of record that it registers; null: it has none. */
  readonly uri: string | null;
  /** Host of the phone's web server: of several registrations that one is meant; null: not known. */
  readonly host: string | null;
}

/** What finding the way needs. */
export interface SipWayOptions {
  readonly policy: AddressPolicy;
  readonly registrars: Pick<Registrars, 'find' | 'serves'>;
  /** The outbound proxy; null: none. */
  readonly proxy: string | null;
  /** 4: this side has no IPv6 socket. 0: any. */
  readonly family: 0 | 4 | 6;
  /** Which certificates that host may have. */
  readonly trustOf: (host: string) => TlsTrust;
}

/**
 * Finds where a request to a phone goes: to its own SIP URI, or, where a registrar serves that domain, to the contact
 * that it has registered, by way of the address that the registrar saw.
 * @throws TransportError where there is no way, or the address is not an allowed one: nothing was sent
 */
export async function findWay({ uri, host }: SipTarget, options: SipWayOptions, signal: AbortSignal): Promise<SipWay> {
  if (uri === null) throw unreachable('The phone has no SIP URI. Give it one with updatePhone.');
  const target = parseSipUri(uri);
  if (target === undefined) throw unreachable('The phone’s SIP URI is malformed. Correct it with updatePhone.');
  const registration = await registrationOf({ target, host }, options.registrars, signal);
  if (registration === null) return leadTo({ uri, proxy: options.proxy, seen: null }, options);
  const { contact, path, seen } = registration;
  if (path !== null) return leadTo({ uri: contact, proxy: path, seen: null }, options);
  return leadTo({ uri: contact, proxy: seen === null ? options.proxy : null, seen }, options);
}

/** The contact of an address of record; null: no registrar serves it. */
async function registrationOf(
  { target, host }: { readonly target: SipUri; readonly host: string | null },
  registrars: SipWayOptions['registrars'],
  signal: AbortSignal,
): Promise<Registration | null> {
  const domain = target.host.toLowerCase();
  // With a port it is the address of the phone itself.
  if (target.user === null || target.port !== null || !registrars.serves(domain)) return null;
  const found = await registrars.find({ user: target.user, domain, profile: null }, signal).catch((error: unknown) => {
    if (error instanceof RegistrarError) throw unreachable(`The registrar could not be asked: ${error.message}.`);
    throw error;
  });
  const [best] = found;
  if (best === undefined) throw unreachable(`${target.user}@${domain} is not registered.`);
  return found.find((one) => host !== null && hostsOf(one).includes(host)) ?? best;
}

function hostsOf({ contact, seen }: Registration): readonly string[] {
  return [contact, seen].flatMap((uri) => (uri === null ? [] : [parseSipUri(uri)?.host ?? []])).flat();
}

async function leadTo(
  { uri, proxy, seen }: { readonly uri: string; readonly proxy: string | null; readonly seen: string | null },
  options: SipWayOptions,
): Promise<SipWay> {
  const target = parseSipUri(uri);
  const hop = parseSipUri(proxy ?? seen ?? uri);
  if (target === undefined || hop === undefined) throw unreachable('The registrar gave no usable contact.');
  // A proxy would take it anywhere: a literal address must be an allowed one behind it as well.
  const behind = proxy === null || isIP(target.host) === 0 ? null : options.policy.refusal(target.host, portOf(target));
  if (behind !== null) throw denied(behind);
  const name = hop.parameters.get('maddr') ?? hop.host;
  const address = await allowedAddress(name, portOf(hop), options);
  const trust = options.trustOf(hop.host.toLowerCase());
  const tls = isIP(hop.host) === 0 ? { serverName: hop.host, ...trust } : trust;
  const checked = withHost(hop, address);
  if (proxy !== null) return { uri, proxy: `${checked};lr`, tls };
  return { uri, destination: checked, proxy: null, tls };
}

/** The address that is really sent to: looked up here, so that it cannot be another one a moment later. */
function allowedAddress(host: string, port: number, { policy, family }: SipWayOptions): Promise<string> {
  if (isIP(host) !== 0) {
    const refusal = policy.refusal(host, port);
    return refusal === null ? Promise.resolve(host) : Promise.reject(denied(refusal));
  }
  return new Promise((resolve, reject) => {
    policy.lookupFor(port)(host, { family }, (error, address) => {
      if (error instanceof AddressNotAllowed) reject(denied(error));
      else if (error !== null) reject(unreachable(`The name ${host} was not found: ${error.message}.`));
      else resolve(typeof address === 'string' ? address : (address[0]?.address ?? host));
    });
  });
}

/** 5060, over TLS 5061 (RFC 3261 section 19.1.2). */
function portOf({ scheme, port, parameters }: SipUri): number {
  const secure = scheme === 'sips' || parameters.get('transport')?.toString().toLowerCase() === 'tls';
  return port ?? (secure ? 5061 : 5060);
}

/** Only what says where it goes: scheme, address, port and transport. */
function withHost({ scheme, port, parameters }: SipUri, address: string): string {
  const host = isIP(address) === 6 ? `[${address}]` : address;
  const transport = parameters.get('transport');
  return [
    `${scheme}:${host}${port === null ? '' : `:${port}`}`,
    ...(typeof transport === 'string' ? [`transport=${transport}`] : []),
  ].join(';');
}

function denied(error: AddressNotAllowed): TransportError {
  return new TransportError(failed(error.failure), { cause: error });
}

function unreachable(message: string): TransportError {
  return new TransportError(failed(phoneUnreachable(`${message} Nothing was sent.`)));
}
