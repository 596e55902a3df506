/** What a manifest says of the project behind it; npm's provenance wants `repository` to name where it was built. */
export interface ProjectAddresses {
  readonly repository: { readonly type: 'git'; readonly url: string };
  readonly homepage: string;
  readonly bugs: { readonly url: string };
}

/** The part of a package's manifest that is looked at before it is published. */
export interface ReleasedManifest {
  readonly name: string;
  readonly version: string;
  readonly [field: string]: unknown;
}

/**
 * The project's addresses, from the manifest of the workspace: the only place where they stand.
 * @returns them, or all that is missing, in words
 */
export function projectAddresses(
  root: Readonly<Record<string, unknown>>,
): ProjectAddresses | { readonly faults: readonly string[] } {
  const url = (value: unknown): string | null =>
    typeof value === 'object' && value !== null && 'url' in value ? url(value.url) : httpsAddress(value);
  const [repository, homepage, bugs] = [url(root['repository']), url(root['homepage']), url(root['bugs'])];
  if (repository !== null && homepage !== null && bugs !== null) {
    return { repository: { type: 'git', url: repository }, homepage, bugs: { url: bugs } };
  }
  const missing = Object.entries({ repository, homepage, bugs }).filter(([, address]) => address === null);
  return { faults: missing.map(([field]) => `package.json: "${field}" must hold an https address.`) };
}

/**
 * A package's manifest as it is published.
 * @param directory where it is in the repository
 * @throws where it has never been given a version
 */
export function releasedManifest(
  manifest: ReleasedManifest,
  { addresses, directory }: { readonly addresses: ProjectAddresses; readonly directory: string },
): ReleasedManifest {
  if (manifest.version === '0.0.0') throw new Error(`${manifest.name} has no version yet: run changeset version.`);
  return { ...manifest, ...addresses, repository: { ...addresses.repository, directory } };
}

function httpsAddress(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const address = URL.parse(value.replace(/^git\+/, ''));
  return address?.protocol === 'https:' ? value : null;
}
