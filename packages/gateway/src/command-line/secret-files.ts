import { readFile } from 'node:fs/promises';

/** Secrets that may stand in a file, whose name is the variable's with `_FILE` behind it. */
const SECRETS = ['HOOKSWITCH_ADMIN_KEY', 'HOOKSWITCH_SECRET_KEY'] as const;

/** An environment with the secrets of files in it, and what was wrong with them, in words. */
export interface OpenedSecrets {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly faults: readonly string[];
}

/**
 * Reads `HOOKSWITCH_ADMIN_KEY_FILE` and `HOOKSWITCH_SECRET_KEY_FILE`: so a secret that a container engine, Kubernetes or systemd
 * mounts need not stand in the environment, which children, crash reports and `/proc` show. Space around it is dropped.
 */
export async function openSecretFiles(given: Readonly<Record<string, string | undefined>>): Promise<OpenedSecrets> {
  const environment = { ...given };
  const faults: string[] = [];
  for (const name of SECRETS) {
    const path = environment[`${name}_FILE`]?.trim() ?? '';
    delete environment[`${name}_FILE`];
    if (path === '') continue;
    if ((environment[name]?.trim() ?? '') !== '') {
      faults.push(`${name}_FILE: ${name} is there too. Give one of them.`);
      continue;
    }
    try {
      environment[name] = (await readFile(path, 'utf8')).trim();
      if (environment[name] === '') faults.push(`${name}_FILE: ${path} is empty.`);
    } catch (error) {
      faults.push(`${name}_FILE: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { environment, faults };
}
