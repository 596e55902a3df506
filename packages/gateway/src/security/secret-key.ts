import { randomBytes } from 'node:crypto';
import { link, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isErrno, syncDirectory } from './private-files.ts';

const KEY_BYTES = 32;

/**
 * Reads a key out of text: 32 bytes as hex (64 digits), base64 or base64url.
 * @throws an Error that does not repeat the text.
 */
export function parseSecretKey(text: string): Buffer {
  const trimmed = text.trim();
  if (/^[0-9a-f]{64}$/i.test(trimmed)) return Buffer.from(trimmed, 'hex');
  if (/^[A-Za-z0-9+/_-]{43}=?$/.test(trimmed)) return Buffer.from(trimmed, 'base64');
  throw new Error('A secret key is 32 bytes, written as 64 hexadecimal digits or as base64 (44 characters).');
}

/**
 * Reads the key file. Where there is none a key is made: the file appears whole or not at all, is readable by its
 * owner only, and is synced before anything is encrypted with it.
 * @throws where others may read the file, where it holds no key, and where it can be neither read nor made.
 */
export async function loadSecretKeyFile(path: string): Promise<Buffer> {
  return (await readSecretKeyFile(path)) ?? (await makeKeyFile(path));
}

/**
 * Reads the key file; null: there is none.
 * @throws where others may read the file, and where it holds no key.
 */
export async function readSecretKeyFile(path: string): Promise<Buffer | null> {
  const file = await open(path, 'r').catch((error: unknown) => {
    if (isErrno(error, 'ENOENT')) return null;
    throw error;
  });
  if (file === null) return null;
  try {
    const { mode } = await file.stat();
    // Windows has no such modes: there the folder's access list counts.
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      const seen = (mode & 0o777).toString(8).padStart(4, '0');
      throw new Error(
        `The key file ${path} can be read or changed by others (mode ${seen}): run \`chmod 600 ${path}\`, and if others ` +
          'may have read it, change the passwords of the phones.',
      );
    }
    return keyIn(await file.readFile('utf8'), path);
  } finally {
    await file.close();
  }
}

function keyIn(text: string, path: string): Buffer {
  try {
    return parseSecretKey(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The key file ${path} holds no key: ${reason}`, { cause });
  }
}

async function makeKeyFile(path: string): Promise<Buffer> {
  const temporary = `${path}.${randomBytes(8).toString('hex')}`;
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(`${randomBytes(KEY_BYTES).toString('base64')}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    // A link fails where the name is taken, a rename would replace the key that another process has just made.
    await link(temporary, path).catch((error: unknown) => {
      if (!isErrno(error, 'EEXIST')) throw error;
    });
  } finally {
    await rm(temporary, { force: true });
  }
  await syncDirectory(dirname(path));
  const key = await readSecretKeyFile(path);
  if (key === null) throw new Error(`The key file ${path} disappeared while it was made.`);
  return key;
}
