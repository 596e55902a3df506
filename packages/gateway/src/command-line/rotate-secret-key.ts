import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { auditEntry } from '../audit/audited.ts';
import { PHONE_SECRETS } from '../phones/phone-registry.ts';
import { DIGEST_KEY, sealedKeyContext, sealKey } from '../security/digest-key.ts';
import { prepareNextKey, promoteNextKey } from '../security/key-rotation.ts';
import { createSecretBox, type SealContext } from '../security/secret-box.ts';
import { loadSecretKeyFile, parseSecretKey, readSecretKeyFile } from '../security/secret-key.ts';
import { resealSecrets } from '../store/sqlite/reseal-secrets.ts';
import { COMMAND_LINE } from './keys.ts';
import type { CommandOutput } from './output.ts';

const USAGE = `rotate-secret-key
  Seals all secrets with a new key, which takes the place of secret.key in the data directory.

rotate-secret-key --new-key-file FILE
  Where the key is HOOKSWITCH_SECRET_KEY: seals with the key in FILE, which is made where it is missing. Give what it
  holds as HOOKSWITCH_SECRET_KEY from then on.

Stop the gateway before.
`;

/**
 * Changes the key that seals secrets. Cut off at any time, nothing is lost: give it again.
 * @param given what stands behind `rotate-secret-key` on the command line
 * @returns the exit code: 0, 1 where it failed, 2 where the command line says something else
 */
export async function runRotateSecretKey(
  given: readonly string[],
  { dataDir, secretKey }: { readonly dataDir: string; readonly secretKey: string | null },
  { out, err }: CommandOutput,
): Promise<number> {
  const newKeyFile = read(given);
  if (newKeyFile === undefined || (newKeyFile === null) !== (secretKey === null)) {
    err(USAGE);
    return 2;
  }
  const path = join(dataDir, 'secret.key');
  try {
    const current = secretKey === null ? await readSecretKeyFile(path) : parseSecretKey(secretKey);
    if (current === null) throw new Error(`There is no key file ${path}: nothing was sealed here.`);
    const next = newKeyFile === null ? await prepareNextKey(path) : await loadSecretKeyFile(newKeyFile);
    // Both open: those of a rotation that was cut off are sealed with the new one by now.
    const box = createSecretBox(next, current);
    const reseal = (context: SealContext, sealed: Uint8Array) => box.seal(box.open(sealed, context), context);
    const { derivedDigestKey } = createSecretBox(current);
    const count = await resealSecrets(dataDir, {
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
    return 0;
  } catch (error) {
    err(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

/** The file of the new key; null: the one in the data directory; undefined: the command line says something else. */
function read(given: readonly string[]): string | null | undefined {
  try {
    const { values } = parseArgs({ args: [...given], options: { 'new-key-file': { type: 'string' } } });
    return values['new-key-file'] ?? null;
  } catch {
    return undefined;
  }
}
