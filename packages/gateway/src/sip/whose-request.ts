import { type Endpoint, parseSipUri, type SipRequest } from '@hookswitch/sip';
import type { PhoneRegistry, RegisteredPhone } from '../phones/phone-registry.ts';

/** What a request tells of its sender. */
interface Sender {
  readonly address: string;
  readonly user: string | null;
  /** Of From, in lower case. */
  readonly domain: string | null;
}

/**
 * The phone that sent a request: by the address that it came from, where several phones share that one by the user in
 * From as well; else, for a request that came by way of a proxy, by the whole From.
 * @param domain the gateway's own SIP domain, for phones whose SIP URI names their address
 * @returns null where it is no phone, or it could be several
 */
export function whoseRequest(
  { from }: SipRequest,
  source: Endpoint,
  { registry, domain }: { readonly registry: PhoneRegistry; readonly domain: string | null },
): RegisteredPhone | null {
  const uri = parseSipUri(from.uri);
  const sender = { address: source.host, user: uri?.user ?? null, domain: uri?.host.toLowerCase() ?? null };
  const phones = [...registry.all()].filter(({ phone }) => phone.removedAt === null);
  const near = phones.filter((one) => isAt(one, sender));
  return (
    only(near.filter((one) => isUser(one, sender))) ??
    only(near) ??
    only(phones.filter((one) => isUser(one, sender) && isOfDomain(one, sender, domain)))
  );
}

function only(phones: readonly RegisteredPhone[]): RegisteredPhone | null {
  return phones.length === 1 ? (phones[0] ?? null) : null;
}

function isAt({ phone: { address, sipUri } }: RegisteredPhone, sender: Sender): boolean {
  const web = address === null ? null : new URL(address).hostname.replace(/^\[|\]$/g, '');
  const sip = sipUri === null ? null : parseSipUri(sipUri)?.host;
  return web === sender.address || sip === sender.address;
}

function isUser({ phone: { sipUri } }: RegisteredPhone, { user }: Sender): boolean {
  return user !== null && sipUri !== null && parseSipUri(sipUri)?.user === user;
}

function isOfDomain({ phone: { sipUri } }: RegisteredPhone, sender: Sender, domain: string | null): boolean {
  const host = sipUri === null ? undefined : parseSipUri(sipUri)?.host.toLowerCase();
  return sender.domain !== null && (sender.domain === host || sender.domain === domain);
}
