import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';

/** A key and its certificate, both in PEM. */
export interface SelfSignedCertificate {
  readonly key: string;
  readonly cert: string;
}

const OID = { ecdsaWithSha256: '2a8648ce3d040302', commonName: '550403', subjectAltName: '551d11' };
/** A phone's clock is often wrong and its certificate old: the dates are wide. */
const VALIDITY = ['200101000000Z', '491231235959Z'];

/**
 * A new self-signed certificate as phones have it: nobody vouches for it, its common name is the MAC address (Yealink)
 * or whatever the vendor writes there. `hosts` become its alternative names, so a client that trusts it can check them.
 */
export const selfSignedCertificate = (
  commonName: string,
  hosts: readonly string[] = ['127.0.0.1'],
): SelfSignedCertificate => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = sequence(oid(OID.ecdsaWithSha256));
  const name = sequence(der(0x31, sequence(oid(OID.commonName), der(0x0c, Buffer.from(commonName)))));
  const toBeSigned = sequence(
    der(0xa0, integer(Buffer.from([2]))), // Version 3: the only one with extensions.
    integer(Buffer.concat([Buffer.from([0x40]), randomBytes(8)])), // The serial number must be positive.
    algorithm,
    name,
    sequence(...VALIDITY.map((date) => der(0x17, Buffer.from(date)))),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(sequence(oid(OID.subjectAltName), der(0x04, sequence(...hosts.map(alternativeName)))))),
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', toBeSigned, privateKey));
  const body = sequence(toBeSigned, algorithm, signature)
    .toString('base64')
    // No empty line at the end: OpenSSL would not read what is a multiple of 64 characters.
    .replace(/(.{64})(?!$)/g, '$1\n');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`,
  };
};

/** One element of ASN.1 in DER: tag, length, content. */
const der = (tag: number, ...content: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag, ...lengthOf(body.length)]), body]);
};

/** The shortest form, as DER wants it: OpenSSL refuses a longer one. */
const lengthOf = (bytes: number): readonly number[] => {
  if (bytes < 0x80) return [bytes];
  return bytes < 0x100 ? [0x81, bytes] : [0x82, bytes >> 8, bytes & 0xff];
};

const sequence = (...content: readonly Buffer[]): Buffer => der(0x30, ...content);
const integer = (bytes: Buffer): Buffer => der(0x02, bytes);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));

const alternativeName = (host: string): Buffer =>
  isIP(host) === 4 ? der(0x87, Buffer.from(host.split('.').map(Number))) : der(0x82, Buffer.from(host));
