import { join } from 'node:path';
import { auditEntry } from '../audit/audited.ts';
import { PHONE_SECRETS } from '../phones/phone-registry.ts';
import { DIGEST_KEY, sealedKeyContext, sealKey } from '../security/digest-key.ts';
import { prepareNextKey, promoteNextKey } from '../security/key-rotation.ts';
import { createSecretBox, type SealContext } from '../security/secret-box.ts';
import { loadSecretKeyFile, parseSecretKey, readSecretKeyFile } from '../security/secret-key.ts';
import { resealConfigured, type StorePlace } from '../store/open-configured.ts';
import { COMMAND_LINE } from './keys.ts';
import type { CommandOutput } from './output.ts';

/** Said where the way does not fit the key. */
const WAYS = `Without --new-key-file the key in the data directory is changed; with HOOKSWITCH_SECRET_KEY it is needed.
`;

/**
 * Changes the key that seals secrets. Cut off at any time, nothing is lost: give it again.
 * @param newKeyFile where the key is HOOKSWITCH_SECRET_KEY: the file of the new one, made where it is missing; else null
 * @returns whether it was done; `WRONG_WAY`: a file was given where none is needed, or none where one is
 */
export async function runRotateSecretKey(
  newKeyFile: string | null,
  { secretKey, ...place }: StorePlace & { readonly secretKey: string | null },
  { out, err }: CommandOutput,
): Promise<boolean | 'WRONG_WAY'> {
  if ((newKeyFile === null) !== (secretKey === null)) {
    err(WAYS);
    return 'WRONG_WAY';
  }
  const path = join(place.dataDir, 'secret.key');
  try {
    const current = secretKey === null ? await readSecretKeyFile(path) : parseSecretKey(secretKey);
    if (current === null) throw new Error(`There is no key file ${path}: nothing was sealed here.`);
    const next = newKeyFile === null ? await prepareNextKey(path) : await loadSecretKeyFile(newKeyFile);
    // Both open: those of a rotation that was cut off are sealed with the new one by now.
    const box = createSecretBox(next, current);
    const reseal = (context: SealContext, sealed: Uint8Array) => box.seal(box.open(sealed, context), context);
    const { derivedDigestKey } = createSecretBox(current);
    const count = await resealConfigured(place, {
      phone: (subject, sealed) => reseal({ purpose: PHONE_SECRETS, subject }, sealed),
      // What has none yet has digests of the old key: they count on.
      keys: (sealed) =>
        new Map([
          [DIGEST_KEY, sealKey(box, DIGEST_KEY, derivedDigestKey)],
          ...[...sealed].map(([name, bytes]) => [name, reseal(sealedKeyContext(name), bytes)] as const),
        ]),
      entry: (phones) =>
        auditEntry(
          { action: 'rotateSecretKey', caller: COMMAND_LINE, outcome: 'DONE', details: { phones, keyId: box.keyId } },
          Date.now(),
        ),
    });
    if (newKeyFile === null) await promoteNextKey(path);
    const where = newKeyFile === null ? path : `${newKeyFile}: give it as HOOKSWITCH_SECRET_KEY from now on`;
    out(
      `The secrets of ${count} phones are sealed with key ${box.keyId} in ${where}. The old key opens nothing any more.\n`,
    );
    return true;
  } catch (error) {
    err(`${error instanceof Error ? error.message : String(error)}\n`);
    return false;
  }
}
