import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A package of Debian and the files of it that are used. */
export interface SystemPackage {
  readonly name: string;
  /** Names of programs, and absolute paths of what is read. */
  readonly files: readonly string[];
}

/** A search path that has the places of system programs too: an ordinary one may not name `/usr/sbin`. */
export function searchPath(path: string | undefined = process.env['PATH']): string {
  return [...new Set([...(path ?? '').split(delimiter).filter(Boolean), '/usr/sbin', '/usr/bin'])].join(delimiter);
}

/** The names of those packages that are not installed. */
export function missingPackages(packages: readonly SystemPackage[], path = searchPath()): readonly string[] {
  return packages.filter(({ files }) => !files.every((file) => isThere(file, path))).map(({ name }) => name);
}

/** Whether a program is on the search path, or a file can be read. */
export function isThere(file: string, path: string): boolean {
  const isFile = file.startsWith('/');
  const candidates = isFile ? [file] : path.split(delimiter).map((place) => join(place, file));
  return candidates.some((candidate) => {
    try {
      accessSync(candidate, isFile ? constants.R_OK : constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
