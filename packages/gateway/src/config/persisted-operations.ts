import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { PersistedOptions } from '../graphql/persisted.ts';
import type { PersistedConfig } from './api.ts';

/**
 * Reads the file of persisted operations: a JSON object of texts by their ids.
 * @param folder where a relative path begins
 * @throws an Error in words where there is no such file or it holds something else
 */
export async function readPersistedOperations(
  { file, only }: PersistedConfig,
  folder: string | null,
): Promise<PersistedOptions> {
  if (file === null) return { documents: new Map(), only };
  const path = resolve(folder ?? '.', file);
  const fault = (reason: string): Error => new Error(`api.persistedOperations.file: ${path}: ${reason}`);
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw fault(error.message);
  });
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    throw fault('it is no JSON.');
  }
  if (typeof read !== 'object' || read === null || Array.isArray(read)) throw fault('it is no JSON object.');
  const entries = Object.entries(read).map(([id, document]: [string, unknown]) => {
    if (typeof document !== 'string') throw fault(`${id}: it is no text.`);
    return [id, document] as const;
  });
  return { documents: new Map(entries), only };
}
