import type { Logger } from 'pino';
import type { Phone } from '../model.ts';
import { type CertificateBook, CertificateRefused } from '../transport/certificates.ts';
import type { PhoneRegistry } from './phone-registry.ts';

/** Which certificates phones must have, and what they showed instead. */
export interface PhoneCertificates extends CertificateBook {
  /** The fingerprint that a device showed before it was registered; null: it was not asked. */
  seenAt(origin: string): string | null;
  /** The fingerprint that a phone showed last and must not have; null: none, or the phone was changed since. */
  refusedAt(origin: string): string | null;
}

/** What a book is made of. */
export interface CertificateBookOptions {
  readonly registry: PhoneRegistry;
  /** Writes the first fingerprint of a phone. @returns what it must have now */
  readonly pin: (phoneId: string, fingerprint: string) => Promise<string | null>;
  readonly log: Pick<Logger, 'info' | 'warn'>;
}

/** Devices that were asked and not registered are forgotten by and by. */
const MAX_STRANGERS = 1_000;

/** @returns the book of all phones; changes of what a phone must have are logged */
export function createCertificateBook({ registry, pin, log }: CertificateBookOptions): PhoneCertificates {
  const strangers = new Map<string, string>();
  const refusals = new Map<string, string>();
  const phoneAt = (origin: string): Phone | null => registry.find(({ address }) => address === origin);
  registry.onChange(({ phone: { address } }) => {
    if (address !== null) refusals.delete(address);
  });
  return {
    demand(origin) {
      const phone = phoneAt(origin);
      if (phone === null) return { check: 'PINNED', fingerprint: strangers.get(origin) ?? null, mac: null };
      return { check: 'PINNED', fingerprint: null, ...phone.tls, mac: phone.mac };
    },
    async keep(origin, fingerprint) {
      const phone = phoneAt(origin);
      if (phone === null) {
        const [oldest] = strangers.keys();
        if (strangers.size >= MAX_STRANGERS && oldest !== undefined) strangers.delete(oldest);
        strangers.set(origin, fingerprint);
        return;
      }
      const pinned = await pin(phone.id, fingerprint);
      if (pinned !== null && pinned !== fingerprint) throw CertificateRefused.changed(fingerprint, pinned);
      log.info({ phone: phone.name, fingerprint }, 'the certificate of a phone is pinned');
    },
    refused(origin, shown) {
      refusals.set(origin, shown);
      log.warn({ phone: phoneAt(origin)?.name, origin, shown }, 'a phone shows another certificate: nothing is sent');
    },
    seenAt: (origin) => strangers.get(origin) ?? null,
    refusedAt: (origin) => refusals.get(origin) ?? null,
  };
}
