import { X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { expect, test } from 'vitest';
import { selfSignedCertificate } from '../src/virtual/self-signed-certificate.ts';

test('a certificate of any length can be used: in short and long forms of DER, in whole and broken lines of PEM', () => {
  for (let length = 1; length <= 64; length += 1) {
    const name = 'n'.repeat(length);
    const { key, cert } = selfSignedCertificate(name, ['127.0.0.1', `${name}.example`]);
    expect(() => createSecureContext({ key, cert }), `${length}`).not.toThrow();
    expect(new X509Certificate(cert).subject).toBe(`CN=${name}`);
  }
});
