import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { importedFile, type Manifest, objectIn } from './manifest.ts';
import { type ModuleFacts, moduleFacts } from './module-facts.ts';

/** A module of the driver, as built. */
export interface DriverModule {
  /** Seen from the package's folder. */
  readonly file: string;
  /** What it is made of, or in words why it cannot be read. */
  readonly facts: ModuleFacts | string;
}

/** All modules of the package that the gateway would load: the entry `.` and what it imports, file by file. */
export async function driverModules(manifest: Manifest): Promise<readonly DriverModule[]> {
  const entry = importedFile(objectIn(manifest.json, 'exports')['.']);
  if (entry === null) return [];
  const found: DriverModule[] = [];
  const seen = new Set<string>();
  const waiting = [resolve(manifest.folder, entry)];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    if (file.endsWith('.json')) continue;
    const facts = await factsOf(file);
    found.push({ file: relative(manifest.folder, file), facts });
    if (typeof facts === 'string') continue;
    for (const name of facts.imports) if (name.startsWith('.')) waiting.push(join(dirname(file), name));
  }
  return found;
}

async function factsOf(file: string): Promise<ModuleFacts | string> {
  try {
    return moduleFacts(await readFile(file, 'utf8'));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
