import { parseSipUri } from '@hookswitch/sip';
import { RequestError } from '../application.ts';
import type { Phone } from '../model.ts';
import type { PhoneRegistry } from '../phones/phone-registry.ts';
import { parseUserForm } from './registrar/registrar.ts';
import type { Registrars } from './registrar/registrars.ts';

/** What finding needs. */
export interface FindBySipUserOptions {
  readonly registry: PhoneRegistry;
  readonly registrars: Pick<Registrars, 'find' | 'serves'>;
}

const SIGNAL_MS = 5_000;

/**
 * Finds a phone as mod_snom of FreeSWITCH names it: `101`, `101@pbx.example`, `internal/101@pbx.example`, an IP address
 * alone, or a SIP URI. First among the SIP URIs of the phones, then a registrar is asked at which address that user is
 * registered.
 * @returns null where it is none
 * @throws RegistrarError where the registrar could not be asked; RequestError BAD_USER_INPUT where it could be several, or
 * the text is none of these forms
 */
export async function findBySipUser(
  text: string,
  { registry, registrars }: FindBySipUserOptions,
): Promise<Phone | null> {
  const phones = [...registry.all()].map(({ phone }) => phone).filter(({ removedAt }) => removedAt === null);
  const atAddress = phones.filter((phone) => hostsOf(phone).includes(text));
  if (atAddress.length > 0) return only(atAddress, text);
  const wanted = parseUserForm(text);
  if (wanted === null) {
    throw new RequestError(
      'BAD_USER_INPUT',
      `"${text}" is no SIP user: give 101, 101@pbx.example, profile/101@pbx.example or an IP address.`,
    );
  }
  const named = phones.filter(({ sipUri }) => {
    const uri = sipUri === null ? undefined : parseSipUri(sipUri);
    return uri?.user === wanted.user && (wanted.domain === null || uri.host.toLowerCase() === wanted.domain);
  });
  if (named.length > 0) return only(named, text);
  const found = await registrars.find(wanted, AbortSignal.timeout(SIGNAL_MS));
  const hosts = found.flatMap(({ contact, seen }) =>
    [seen, contact].flatMap((uri) => (uri === null ? [] : [parseSipUri(uri)?.host])),
  );
  return only(
    phones.filter((phone) => hostsOf(phone).some((host) => hosts.includes(host))),
    text,
  );
}

const NAMED = 5;

function only(phones: readonly Phone[], text: string): Phone | null {
  const [first, ...others] = phones;
  if (first === undefined || others.length === 0) return first ?? null;
  const names = phones.slice(0, NAMED).map(({ name }) => name);
  const more = phones.length > NAMED ? ', …' : '';
  throw new RequestError(
    'BAD_USER_INPUT',
    `${phones.length} phones fit "${text}": ${names.join(', ')}${more}. Name the domain too, or look for them with phones(filter:).`,
  );
}

/** Where the phone is: hosts of its web server and of its SIP URI. */
function hostsOf({ address, sipUri }: Phone): readonly string[] {
  const web = address === null ? [] : [new URL(address).hostname.replace(/^\[|\]$/g, '')];
  const sip = sipUri === null ? undefined : parseSipUri(sipUri)?.host;
  return sip === undefined ? web : [...web, sip];
}
