/**
 * `node scripts/release.ts`: publishes what changesets have given a version, with provenance. It refuses as long as the manifest
 * of the workspace does not say where the project lives. It writes that into the packages' manifests, so it wants a checkout
 * of its own, as the workflow of a release has.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildQuietly, root, run } from './processes.ts';
import { projectAddresses, type ReleasedManifest, releasedManifest } from './release-manifests.ts';

process.exitCode = await release();

async function release(): Promise<number> {
  const addresses = projectAddresses(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  if ('faults' in addresses) {
    process.stderr.write(`Nothing is published:\n${addresses.faults.map((fault) => `  - ${fault}\n`).join('')}`);
    return 1;
  }
  try {
    for (const name of readdirSync(join(root, 'packages'))) {
      const directory = `packages/${name}`;
      const path = join(root, directory, 'package.json');
      const manifest: ReleasedManifest = JSON.parse(readFileSync(path, 'utf8'));
      if (manifest['private'] === true) continue;
      writeFileSync(path, `${JSON.stringify(releasedManifest(manifest, { addresses, directory }), null, 2)}\n`);
    }
  } catch (error) {
    process.stderr.write(`Nothing is published: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
  const built = await buildQuietly();
  return built === 0 ? run('changeset', ['publish']) : built;
}
