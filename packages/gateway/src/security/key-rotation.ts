import { rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncDirectory } from './private-files.ts';
import { createSecretBox } from './secret-box.ts';
import { loadSecretKeyFile, readSecretKeyFile } from './secret-key.ts';

/*
 * A new key lies beside the old one until everything is sealed with it: first it is on disk, then all secrets are sealed
 * anew in one transaction, then it takes the old one's name. Whenever that is cut off, one of the two files opens
 * everything, and the next start or the next rotation goes on from there.
 */

/** Where a new key lies until it has taken the old one's place. */
function nextKeyPath(path: string): string {
  return `${path}.next`;
}

/** The key that comes: a new one, or that of a rotation that was cut off. It is on disk when this is fulfilled. */
export function prepareNextKey(path: string): Promise<Buffer> {
  return loadSecretKeyFile(nextKeyPath(path));
}

/** The new key takes the old one's place; that one is gone. */
export async function promoteNextKey(path: string): Promise<void> {
  await rename(nextKeyPath(path), path);
  await syncDirectory(dirname(path));
}

/**
 * The key of the file, made where there is none. Where a rotation was cut off after everything had been sealed anew, it is
 * completed.
 * @param sealed all sealed values there are
 */
export async function loadCurrentKey(path: string, sealed: readonly Uint8Array[]): Promise<Buffer> {
  const next = await readSecretKeyFile(nextKeyPath(path));
  if (next !== null && sealed.length > 0 && sealed.every(createSecretBox(next).canOpen)) {
    await promoteNextKey(path);
    return next;
  }
  return loadSecretKeyFile(path);
}
