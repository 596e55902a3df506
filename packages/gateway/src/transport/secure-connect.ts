import { type ConnectionOptions, checkServerIdentity, type PeerCertificate, TLSSocket } from 'node:tls';
import { type CertificateBook, type CertificateDemand, CertificateRefused } from './certificates.ts';

/** What `tls.connect` is told. */
type TlsOptions = Pick<ConnectionOptions, 'rejectUnauthorized' | 'ca' | 'checkServerIdentity'>;

/**
 * What the runtime is told to ask of a device's certificate. Without an authority it asks nothing: then
 * {@link approve} looks at the fingerprint before anything is sent.
 * @param ca authorities in PEM; null: those of the runtime
 */
export function tlsOptionsFor({ check, mac }: CertificateDemand, ca: string | null): TlsOptions {
  if (check !== 'AUTHORITY') return { rejectUnauthorized: false };
  return {
    rejectUnauthorized: true,
    ...(ca === null ? {} : { ca }),
    checkServerIdentity: (host, certificate) =>
      namesDevice(certificate, mac) ? undefined : checkServerIdentity(host, certificate),
  };
}

/** Vendors put the MAC address into the common name: Yealink with colons, Snom without. */
function namesDevice({ subject }: PeerCertificate, mac: string | null): boolean {
  const digits = (text: string): string => text.toLowerCase().replace(/[^0-9a-f]/g, '');
  const names: readonly string[] = [subject?.CN ?? []].flat();
  return mac !== null && names.some((name) => /^[0-9a-f:.-]+$/i.test(name) && digits(name) === digits(mac));
}

/**
 * Lets a connection be used, once the certificate is what it must be.
 * @throws CertificateRefused
 */
export async function approve(socket: unknown, origin: string, book: CertificateBook): Promise<void> {
  const { check, fingerprint } = book.demand(origin);
  if (check !== 'PINNED') return;
  const shown = socket instanceof TLSSocket ? socket.getPeerCertificate().fingerprint256 : undefined;
  if (shown === undefined) throw new CertificateRefused('The phone showed no certificate.', 'Give it one.');
  if (fingerprint === null) return book.keep(origin, shown);
  if (fingerprint === shown) return;
  book.refused(origin, shown);
  throw CertificateRefused.changed(shown, fingerprint);
}

/** Codes of OpenSSL and of Node by which a certificate is refused: `SELF_SIGNED_CERT_IN_CHAIN` and the like. */
const VERIFICATION = /CERT|ISSUER|SIGNATURE|CRL/;

/** An error of a handshake in the gateway's own words, where the certificate was the reason. */
export function explained(error: Error): Error {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return VERIFICATION.test(code) ? CertificateRefused.unvouched(`${error.message} (${code})`) : error;
}
