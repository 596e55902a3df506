import { generateKeyPairSync, type KeyObject, sign, X509Certificate } from 'node:crypto';
import { isIPv4 } from 'node:net';

/** A certificate and its key, made for one test. */
export interface TestCertificate {
  readonly cert: string;
  readonly key: string;
  /** SHA-256, with colons. */
  readonly fingerprint: string;
}

/** One value of ASN.1 in DER (X.690). */
function der(tag: number, ...contents: readonly (Buffer | number[])[]): Buffer {
  const body = Buffer.concat(contents.map((content) => Buffer.from(content)));
  const { length } = body;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), body]);
  const size = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}

const SEQUENCE = 0x30;
const SET = 0x31;
const OCTETS = 0x04;
const OID = 0x06;
/** ecdsa-with-SHA256, commonName, subjectAltName, basicConstraints. */
const ECDSA_SHA256 = der(SEQUENCE, der(OID, [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02]));
const COMMON_NAME = der(OID, [0x55, 0x04, 0x03]);
const ALT_NAME = der(OID, [0x55, 0x1d, 0x11]);
const CONSTRAINTS = der(OID, [0x55, 0x1d, 0x13]);

/** A self-signed certificate for a name or an IPv4 address, from 2020 to 2049 (RFC 5280). */
export function makeCertificate(subject: string): TestCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const name = der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(0x0c, Buffer.from(subject)))));
  const altName = isIPv4(subject) ? der(0x87, subject.split('.').map(Number)) : der(0x82, Buffer.from(subject));
  const extension = (id: Buffer, value: Buffer): Buffer => der(SEQUENCE, id, der(OCTETS, value));
  const content = der(
    SEQUENCE,
    der(0xa0, der(0x02, [2])),
    der(0x02, [1]),
    ECDSA_SHA256,
    name,
    der(SEQUENCE, der(0x17, Buffer.from('200101000000Z')), der(0x17, Buffer.from('491231235959Z'))),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(
      0xa3,
      der(
        SEQUENCE,
        extension(ALT_NAME, der(SEQUENCE, altName)),
        extension(CONSTRAINTS, der(SEQUENCE, der(0x01, [0xff]))),
      ),
    ),
  );
  const signature = der(0x03, [0], sign('sha256', content, privateKey));
  const cert = pem('CERTIFICATE', der(SEQUENCE, content, ECDSA_SHA256, signature));
  return { cert, key: exported(privateKey), fingerprint: new X509Certificate(cert).fingerprint256 };
}

function exported(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function pem(label: string, bytes: Buffer): string {
  const lines = bytes.toString('base64').replace(/.{64}/g, '$&\n').trimEnd();
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`;
}
