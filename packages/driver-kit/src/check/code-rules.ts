import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import type { PackageFinding } from './finding.ts';
import { NETWORK_BUILTINS, NETWORK_PACKAGES, OUTSIDE_GLOBALS, PURE_BUILTINS, TIMER_GLOBALS } from './imports.table.ts';
import { importedFile, type Manifest, objectIn, textIn } from './manifest.ts';
import { type ModuleFacts, moduleFacts } from './module-facts.ts';

const KIT = '@hookswitch/driver-kit';

/** Looks at all modules of the package that the gateway would load: the entry `.` and what it imports, file by file. */
export async function checkCode(manifest: Manifest): Promise<readonly PackageFinding[]> {
  const entry = importedFile(objectIn(manifest.json, 'exports')['.']);
  if (entry === null) return [];
  const findings: PackageFinding[] = [];
  const seen = new Set<string>();
  const waiting = [resolve(manifest.folder, entry)];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    if (file.endsWith('.json')) continue;
    const shown = relative(manifest.folder, file);
    const facts = await factsOf(file);
    if (typeof facts === 'string') findings.push({ code: 'E306', file: shown, message: facts });
    else {
      for (const [code, message] of objections(facts, manifest)) findings.push({ code, file: shown, message });
      for (const name of facts.imports) if (name.startsWith('.')) waiting.push(join(dirname(file), name));
    }
  }
  return findings;
}

/** @returns in words why it cannot be read, where it cannot */
async function factsOf(file: string): Promise<ModuleFacts | string> {
  try {
    return moduleFacts(await readFile(file, 'utf8'));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

type Objection = readonly [PackageFinding['code'], string];

function objections(facts: ModuleFacts, manifest: Manifest): readonly Objection[] {
  const used = (names: readonly string[]): readonly string[] => names.filter((name) => facts.globals.includes(name));
  return [
    ...facts.imports.flatMap((name) => objectionToImport(name, manifest)),
    ...facts.unreadable.map((what): Objection => ['E306', what]),
    ...used(OUTSIDE_GLOBALS).map((name): Objection => ['E304', `it uses ${name}`]),
    ...used(TIMER_GLOBALS).map((name): Objection => ['E305', `it uses ${name}`]),
  ];
}

function objectionToImport(name: string, { json }: Manifest): readonly Objection[] {
  if (name.startsWith('.')) return [];
  const isNode = isBuiltin(name);
  const plain = name.replace(/^node:/, '');
  if (isNode && NETWORK_BUILTINS.includes(plain)) return [['E301', `it imports ${name}`]];
  if (isNode) return PURE_BUILTINS.includes(plain) ? [] : [['E302', `it imports ${name}`]];
  const owner = packageOf(name);
  if (owner === KIT) return [['E307', `it imports ${name}`]];
  if (NETWORK_PACKAGES.includes(owner)) return [['E301', `it imports ${name}`]];
  // Where the core has to stand in the manifest is a rule of its own.
  const own = owner === textIn(json, 'name') || owner === '@hookswitch/core';
  const isDeclared = [objectIn(json, 'dependencies'), objectIn(json, 'peerDependencies')].some((list) => owner in list);
  return own || isDeclared ? [] : [['E303', `it imports ${name}`]];
}

/** The package of a name that is imported: `zod` of `zod/v4`. */
function packageOf(name: string): string {
  const parts = name.split('/');
  return parts.slice(0, name.startsWith('@') ? 2 : 1).join('/');
}
