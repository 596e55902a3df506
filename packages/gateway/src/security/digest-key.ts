import { createHmac } from 'node:crypto';
import type { SealedKeyStore } from '../store/ports.ts';
import type { SealContext, SecretBox } from './secret-box.ts';

/** The name of the key by which repeated commands are told apart. */
export const DIGEST_KEY = 'digest';

/** What a key that is kept sealed belongs to. */
export function sealedKeyContext(name: string): SealContext {
  return { purpose: 'sealed-key', subject: name };
}

/** Seals a key to be kept. */
export function sealKey(box: SecretBox, name: string, key: Uint8Array): Uint8Array {
  return box.seal(Buffer.from(key).toString('base64'), sealedKeyContext(name));
}

/**
 * The box with the digest of the key that is kept: it outlives a change of the secret key, so that a repeated command is
 * known as one afterwards too. Where none is kept, or none that opens, the one that was derived from the secret key is.
 */
export async function withKeptDigestKey(box: SecretBox, kept: SealedKeyStore): Promise<SecretBox> {
  const sealed = (await kept.all()).get(DIGEST_KEY);
  if (sealed !== undefined && box.canOpen(sealed)) {
    const key = Buffer.from(box.open(sealed, sealedKeyContext(DIGEST_KEY)), 'base64');
    return { ...box, digest: (text) => createHmac('sha256', key).update(text, 'utf8').digest('hex') };
  }
  await kept.put(DIGEST_KEY, sealKey(box, DIGEST_KEY, box.derivedDigestKey));
  return box;
}
