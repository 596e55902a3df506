import { type CredentialsSource, parseSipUri, type SipCredentials } from '@hookswitch/sip';
import type { SipConfig } from '../config/sip.ts';

/**
 * Credentials for a challenge: those that the configuration has for the realm or for the domain of the Request-URI,
 * else the phone's own. A proxy (407) is given the configured ones only: the phone's are none of its business.
 */
export function credentialsOf(
  configured: SipConfig['credentials'],
  own: () => SipCredentials | undefined,
): CredentialsSource {
  return ({ realm, uri, proxy }) => {
    const names = [realm.toLowerCase(), parseSipUri(uri)?.host.toLowerCase()];
    for (const name of names) {
      const found = configured.find(({ domain }) => domain === name);
      if (found !== undefined) return { username: found.username, password: found.password };
    }
    return proxy ? undefined : own();
  };
}
