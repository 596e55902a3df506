import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, normalize } from 'node:path';
import { minVersion, satisfies, validRange } from 'semver';
import { isEndless } from './contract-range.ts';
import type { PackageFinding } from './finding.ts';
import { exportTargets, type Manifest, objectIn, readManifest, textIn, textsIn } from './manifest.ts';

const CORE = '@hookswitch/core';
const KIT = '@hookswitch/driver-kit';
/** What the registry's clients run in a package that they install. */
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall'];
const OLDEST_NODE = 24;

/** Looks at the manifest alone. */
export async function checkManifest(manifest: Manifest): Promise<readonly PackageFinding[]> {
  return [
    ...identity(manifest),
    ...checkExports(manifest),
    ...engines(manifest),
    ...(await core(manifest)),
    ...kit(manifest),
    ...installScripts(manifest),
  ];
}

function found(code: PackageFinding['code'], message: string): PackageFinding {
  return { code, file: 'package.json', message };
}

function identity({ json }: Manifest): readonly PackageFinding[] {
  const missing = ['name', 'version', 'license'].filter((name) => textIn(json, name).trim() === '');
  return [
    ...missing.map((name) => found('E101', `there is no \`${name}\``)),
    ...(textsIn(json, 'keywords').includes('hookswitch-driver') ? [] : [found('E102', 'the keyword is missing')]),
    ...(json['type'] === 'module' ? [] : [found('E103', '`type` is not "module"')]),
  ];
}

function checkExports({ folder, json }: Manifest): readonly PackageFinding[] {
  const exports = objectIn(json, 'exports');
  const files = textsIn(json, 'files').map((path) => normalize(path).replace(/\/+$/, ''));
  const missing = ['.', './package.json'].filter((entry) => exportTargets(exports[entry]).length === 0);
  const targets = [...new Set(exportTargets(exports))].filter((target) => target !== './package.json');
  const isPublished = (target: string): boolean =>
    files.some((path) => path === '.' || normalize(target) === path || normalize(target).startsWith(`${path}/`));
  return [
    ...missing.map((entry) => found('E104', `\`exports\` has no "${entry}"`)),
    ...targets
      .filter((target) => !target.includes('*') && !existsSync(join(folder, target)))
      .map((target) => found('E104', `\`exports\` names ${target}, which is not there`)),
    ...targets
      .filter((target) => !isPublished(target))
      .map((target) => found('E105', `\`files\` leaves ${target} out`)),
  ];
}

function engines({ json }: Manifest): readonly PackageFinding[] {
  const range = textIn(objectIn(json, 'engines'), 'node');
  if (range === '' || validRange(range) === null) return [found('E106', '`engines.node` is missing, or no range')];
  const oldest = minVersion(range);
  return oldest !== null && oldest.major >= OLDEST_NODE ? [] : [found('E106', `"${range}" admits an older Node.js`)];
}

async function core(manifest: Manifest): Promise<readonly PackageFinding[]> {
  const range = textIn(objectIn(manifest.json, 'peerDependencies'), CORE);
  const inProduction = CORE in objectIn(manifest.json, 'dependencies');
  const misplaced = [
    ...(range === '' ? [found('E107', `${CORE} is no peer dependency`)] : []),
    ...(inProduction ? [found('E107', `${CORE} is among \`dependencies\``)] : []),
  ];
  if (range === '') return misplaced;
  const installed = await versionOf(CORE, manifest.folder);
  if (installed === null) return [...misplaced, found('E108', `${CORE} is not installed`)];
  const fits = satisfies(installed, plainRange(range, installed), { includePrerelease: true });
  return [
    ...misplaced,
    ...(fits ? [] : [found('E108', `${CORE} ${installed} is installed, and the range is ${range}`)]),
    ...peerRanges(manifest, installed),
  ];
}

/** Peers whose range says nothing: it is none, or goes on for ever. The kit has the core's number. */
function peerRanges({ json }: Manifest, installed: string): readonly PackageFinding[] {
  return [CORE, KIT].flatMap((name) => {
    const range = textIn(objectIn(json, 'peerDependencies'), name);
    if (range === '') return [];
    const plain = validRange(plainRange(range, installed));
    if (plain === null) return [found('E111', `"${range}" of ${name} is no range of semver`)];
    return isEndless(plain) ? [found('E111', `"${range}" of ${name} admits versions for ever`)] : [];
  });
}

/** A workspace's `workspace:^` is written out when the package is packed. */
function plainRange(range: string, version: string): string {
  if (!range.startsWith('workspace:')) return range;
  const rest = range.slice('workspace:'.length);
  if (rest === '*') return version;
  return rest === '^' || rest === '~' ? `${rest}${version}` : rest;
}

async function versionOf(name: string, folder: string): Promise<string | null> {
  try {
    const file = createRequire(join(folder, 'package.json')).resolve(`${name}/package.json`);
    return textIn((await readManifest(join(file, '..')))?.json ?? {}, 'version') || null;
  } catch {
    return null;
  }
}

function kit({ json }: Manifest): readonly PackageFinding[] {
  if (KIT in objectIn(json, 'dependencies')) return [found('E109', `${KIT} is among \`dependencies\``)];
  const isPeer = KIT in objectIn(json, 'peerDependencies');
  const isOptional = objectIn(objectIn(json, 'peerDependenciesMeta'), KIT)['optional'] === true;
  return isPeer && !isOptional ? [found('E109', `${KIT} is a peer dependency that is not optional`)] : [];
}

function installScripts({ folder, json }: Manifest): readonly PackageFinding[] {
  const scripts = INSTALL_SCRIPTS.filter((name) => name in objectIn(json, 'scripts'));
  return [
    ...scripts.map((name) => found('E110', `the script \`${name}\` runs when it is installed`)),
    ...(existsSync(join(folder, 'binding.gyp')) ? [{ ...found('E110', 'it is compiled'), file: 'binding.gyp' }] : []),
  ];
}

/** The package's README. @returns null where there is none */
export async function readReadme(folder: string): Promise<string | null> {
  return readFile(join(folder, 'README.md'), 'utf8').catch(() => null);
}
