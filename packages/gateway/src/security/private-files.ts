import { chmod, open } from 'node:fs/promises';

/**
 * Makes an empty file with mode 0600 where there is none, else sets its mode.
 *
 * A file that is there is not opened: closing it again would drop the locks that SQLite holds on it in this process
 * (POSIX locks belong to process and file, not to a descriptor).
 */
export async function makePrivate(path: string): Promise<void> {
  try {
    const file = await open(path, 'wx', 0o600);
    await file.close();
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error;
    await chmod(path, 0o600);
  }
}

/** Sets a file's mode to 0600 where there is one. */
export async function tightenIfThere(path: string): Promise<void> {
  await chmod(path, 0o600).catch((error: unknown) => {
    if (!isErrno(error, 'ENOENT')) throw error;
  });
}

/** Makes names that were just made in a directory survive a loss of power. */
export async function syncDirectory(path: string): Promise<void> {
  // Windows opens no directories, and needs no such sync.
  if (process.platform === 'win32') return;
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/** Whether something thrown is a system error of that code. */
export function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
