import type { Finding } from '@hookswitch/core';
import type { Phone } from '../model.ts';

/**
 * How it stands with the certificate of a phone's web server; null: it speaks plain HTTP, or has no address.
 * @param refused the fingerprint that it showed last and must not have
 */
export function certificateFinding({ address, tls }: Phone, refused: string | null): Finding | null {
  if (address?.startsWith('https:') !== true) return null;
  const { check, fingerprint } = { check: 'PINNED', fingerprint: null, ...tls };
  if (refused !== null) {
    return {
      code: 'CERTIFICATE_CHANGED',
      severity: 'PROBLEM',
      message: `The phone shows the certificate ${refused} and must have ${fingerprint ?? 'another one'}: nothing is sent to it.`,
      fix: 'Compare it with the one that the phone shows; if it is the phone’s, give it with updatePhone(certificate: …).',
    };
  }
  if (check === 'UNCHECKED') {
    return {
      code: 'CERTIFICATE_UNCHECKED',
      severity: 'NOTICE',
      message: 'Any certificate will do: somebody between could read and change what is sent.',
      fix: 'Set certificateCheck to PINNED with updatePhone.',
    };
  }
  if (check === 'AUTHORITY') {
    const message = 'An authority must vouch for the phone’s certificate.';
    return { code: 'CERTIFICATE_AUTHORITY', severity: 'OK', message, fix: null };
  }
  if (fingerprint !== null) {
    const message = `The phone’s certificate is pinned: ${fingerprint}.`;
    return { code: 'CERTIFICATE_PINNED', severity: 'OK', message, fix: null };
  }
  return {
    code: 'CERTIFICATE_UNKNOWN',
    severity: 'NOTICE',
    message: 'The certificate that the phone shows at the next connection will be pinned.',
    fix: 'To be sure of it from the beginning give its SHA-256 fingerprint with updatePhone(certificate: …).',
  };
}
