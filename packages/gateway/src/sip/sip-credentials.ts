import { type CredentialsSource, parseSipUri, type SipCredentials } from '@hookswitch/sip';
import type { SipConfig } from '../config/sip.ts';

/** Of whom credentials are asked. */
export interface CredentialsOwner {
  /** The phone's SIP URI: a registrar turns it into a contact, so that the Request-URI has another host. Null: none. */
  readonly sipUri: string | null;
  /** The phone's user name and password. */
  readonly own: () => SipCredentials | undefined;
}

/**
 * Credentials for a challenge: those that the configuration has for the realm, for the host of the Request-URI or for
 * that of the phone's SIP URI, else the phone's own. A proxy (407) is given the configured ones only: the phone's are
 * none of its business.
 */
export function credentialsOf(
  configured: SipConfig['credentials'],
  { sipUri, own }: CredentialsOwner,
): CredentialsSource {
  const called = sipUri === null ? undefined : parseSipUri(sipUri)?.host.toLowerCase();
  return ({ realm, uri, proxy }) => {
    const names = [realm.toLowerCase(), parseSipUri(uri)?.host.toLowerCase(), called];
    for (const name of names) {
      const found = configured.find(({ domain }) => domain === name);
      if (found !== undefined) return { username: found.username, password: found.password };
    }
    return proxy ? undefined : own();
  };
}
