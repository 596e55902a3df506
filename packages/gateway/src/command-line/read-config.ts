import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type ConfigResult, parseConfig } from '../config/config.ts';
import { openSecretFiles } from './secret-files.ts';

/** Reads the configuration that an environment names: its variables, the files of its secrets, and that of `HOOKSWITCH_CONFIG`. */
export async function readConfig(given: Readonly<Record<string, string | undefined>>): Promise<ConfigResult> {
  const { environment, faults: faultsOfSecrets } = await openSecretFiles(given);
  const path = environment['HOOKSWITCH_CONFIG']?.trim() ?? '';
  const faults = [...faultsOfSecrets];
  const text = await (path === '' ? null : readFile(path, 'utf8'))?.catch((error: Error) => {
    faults.push(`HOOKSWITCH_CONFIG: ${error.message}`);
  });
  const file = text === undefined ? null : { text, name: path, folder: dirname(resolve(path)) };
  const result = parseConfig(environment, file);
  if ('faults' in result) return { faults: [...faults, ...result.faults] };
  return faults.length > 0 ? { faults } : result;
}
