import { isBuiltin } from 'node:module';
import { driverModules } from './driver-modules.ts';
import type { PackageFinding } from './finding.ts';
import { NETWORK_BUILTINS, NETWORK_PACKAGES, OUTSIDE_GLOBALS, PURE_BUILTINS, TIMER_GLOBALS } from './imports.table.ts';
import { type Manifest, objectIn, textIn } from './manifest.ts';
import type { ModuleFacts } from './module-facts.ts';

const KIT = '@hookswitch/driver-kit';

/** Looks at all modules of the package that the gateway would load. */
export async function checkCode(manifest: Manifest): Promise<readonly PackageFinding[]> {
  return (await driverModules(manifest)).flatMap(({ file, facts }): readonly PackageFinding[] =>
    typeof facts === 'string'
      ? [{ code: 'E306', file, message: facts }]
      : objections(facts, manifest).map(([code, message]) => ({ code, file, message })),
  );
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
