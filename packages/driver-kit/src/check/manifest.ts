import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A value of JSON of which nothing is known. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** A `package.json`, of which only a text of JSON with an object is certain. */
export interface Manifest {
  readonly folder: string;
  readonly json: JsonObject;
}

/** Whether a value is an object of JSON, and no list. */
function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads the manifest of a folder. @returns null where there is none, or it is no object of JSON */
export async function readManifest(folder: string): Promise<Manifest | null> {
  try {
    const json: unknown = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    return isJsonObject(json) ? { folder, json } : null;
  } catch {
    return null;
  }
}

/** A field that is an object; empty where it is missing or something else. */
export function objectIn(json: JsonObject, name: string): JsonObject {
  const value = json[name];
  return isJsonObject(value) ? value : {};
}

/** A field that is a text; empty where it is missing or something else. */
export function textIn(json: JsonObject, name: string): string {
  const value = json[name];
  return typeof value === 'string' ? value : '';
}

/** A field that is a list of texts; empty where it is missing or something else. */
export function textsIn(json: JsonObject, name: string): readonly string[] {
  const value = json[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

/** The files that an entry of `exports` leads to, under all conditions. */
export function exportTargets(entry: unknown): readonly string[] {
  if (typeof entry === 'string') return [entry];
  if (!isJsonObject(entry)) return [];
  return Object.values(entry).flatMap(exportTargets);
}

/** The file that Node.js imports for an entry of `exports`. @returns null where it names none */
export function importedFile(entry: unknown): string | null {
  if (typeof entry === 'string') return entry;
  if (!isJsonObject(entry)) return null;
  // The first condition that holds counts, as in Node.js.
  const holds = Object.entries(entry).find(([condition]) => ['node', 'import', 'default'].includes(condition));
  return holds === undefined ? null : importedFile(holds[1]);
}
