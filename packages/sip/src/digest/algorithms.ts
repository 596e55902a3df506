import { createHash } from 'node:crypto';

/** One algorithm of digest authentication. */
export interface DigestAlgorithm {
  /** As it stands in `algorithm` (RFC 7616 section 6.1, RFC 8760 section 2). */
  readonly name: string;
  /** The same in OpenSSL. */
  readonly hash: string;
  /** `-sess`: the first hash covers both nonces (RFC 7616 section 3.4.2). */
  readonly session: boolean;
}

/** Strongest first. */
const ALGORITHMS: readonly DigestAlgorithm[] = [
  { name: 'SHA-512-256-sess', hash: 'sha512-256', session: true },
  { name: 'SHA-512-256', hash: 'sha512-256', session: false },
  { name: 'SHA-256-sess', hash: 'sha256', session: true },
  { name: 'SHA-256', hash: 'sha256', session: false },
  { name: 'MD5-sess', hash: 'md5', session: true },
  { name: 'MD5', hash: 'md5', session: false },
];

/** Finds an algorithm by its name in any case; none is MD5 (RFC 7616 section 3.3). */
export function findAlgorithm(name: string | undefined): DigestAlgorithm | undefined {
  const wanted = (name ?? 'MD5').toLowerCase();
  return ALGORITHMS.find((algorithm) => algorithm.name.toLowerCase() === wanted);
}

/** The place in the order of strength: the lower the stronger. */
export function strengthRank(algorithm: DigestAlgorithm): number {
  return ALGORITHMS.indexOf(algorithm);
}

/** A hash in lower-case hexadecimal (RFC 7616 section 3.3). */
export function hashHex(algorithm: DigestAlgorithm, data: string | Uint8Array): string {
  return createHash(algorithm.hash).update(data).digest('hex');
}
