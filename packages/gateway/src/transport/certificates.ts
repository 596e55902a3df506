import type { PolicyDenied } from '@hookswitch/core';
import { TargetRefused } from './target-refused.ts';

/**
 * How the certificate of a phone's web server is checked.
 *
 * - `PINNED`: it must be the one that the phone had at the first connection, or that somebody gave.
 * - `AUTHORITY`: an authority must vouch for it, and it must name the phone's host or MAC address.
 * - `UNCHECKED`: any will do.
 */
export const CERTIFICATE_CHECKS = ['PINNED', 'AUTHORITY', 'UNCHECKED'] as const;
/** One of {@link CERTIFICATE_CHECKS}. */
export type CertificateCheck = (typeof CERTIFICATE_CHECKS)[number];

/** What is asked of the certificate of one device. */
export interface CertificateDemand {
  readonly check: CertificateCheck;
  /** Of `PINNED`: the SHA-256 fingerprint as `AB:CD:…`; null: none is known yet. */
  readonly fingerprint: string | null;
  /** Vendors' certificates name the device by it; null: not known. */
  readonly mac: string | null;
}

/** Which certificate each device must have. `origin`: `https://192.0.2.20`. */
export interface CertificateBook {
  demand(origin: string): CertificateDemand;
  /**
   * The first certificate of a device: it is kept before anything is sent.
   * @throws CertificateRefused where another one has been kept meanwhile
   */
  keep(origin: string, fingerprint: string): Promise<void>;
  /** The device showed one that it must not have. */
  refused(origin: string, shown: string): void;
}

/** SHA-256 fingerprints as OpenSSL writes them: 32 bytes in hex with colons between. */
const FINGERPRINT = /^(?:[0-9a-f]{2}:?){31}[0-9a-f]{2}$/i;

/** One spelling of a SHA-256 fingerprint, `AB:CD:…`; null for what is none. */
export function parseFingerprint(text: string): string | null {
  if (!FINGERPRINT.test(text.trim())) return null;
  const digits = text.replace(/[^0-9a-f]/gi, '').toUpperCase();
  return digits.replace(/(..)(?!$)/g, '$1:');
}

/** The device's certificate is not the one that it must have. Nothing was sent to it. */
export class CertificateRefused extends TargetRefused {
  readonly failure: PolicyDenied;
  readonly code = 'HOOKSWITCH_CERTIFICATE_REFUSED';

  constructor(why: string, remedy: string) {
    super(why);
    this.name = 'CertificateRefused';
    const message = `${why} ${remedy} Nothing was sent.`;
    this.failure = { code: 'POLICY_DENIED', message, rule: 'certificate', retryable: false };
  }

  /** It has another one than before: a new phone, a reset one, or somebody between. */
  static changed(shown: string, expected: string): CertificateRefused {
    return new CertificateRefused(
      `The phone shows another certificate than before: ${shown} instead of ${expected}.`,
      'If it was replaced, reset or given a new certificate, compare this fingerprint with the one that the phone shows, and give it with updatePhone(certificate: "…"); null takes whatever it has next time. Else somebody may stand between.',
    );
  }

  /** No authority vouches for it, or it is another's. */
  static unvouched(reason: string): CertificateRefused {
    return new CertificateRefused(
      `The phone’s certificate is not vouched for: ${reason}.`,
      'Name its authority under tls.ca in the configuration, or set certificateCheck to PINNED with updatePhone.',
    );
  }
}
