import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Driver } from '@hookswitch/core';
import type { PackageFinding } from './finding.ts';
import { readReadme } from './manifest-rules.ts';

/** What every driver has a file for, in the contract's order. */
export const DRIVER_FILES: readonly string[] = [
  'src/index.ts',
  'src/driver.ts',
  'src/models.ts',
  'src/options.ts',
  'src/identify.ts',
  'src/capabilities.ts',
  'src/action-urls.ts',
  'src/provisioning.ts',
  'src/diagnose.ts',
];

const SUITE = 'test/conformance.test.ts';

/** Looks at which files there are. */
export function checkFiles(folder: string): readonly PackageFinding[] {
  const isMissing = (file: string): boolean => !existsSync(join(folder, file));
  return [
    ...DRIVER_FILES.filter(isMissing).map((file) => ({ code: 'E401', file, message: 'it is not there' }) as const),
    ...[SUITE].filter(isMissing).map((file) => ({ code: 'E402', file, message: 'it is not there' }) as const),
  ];
}

/** Looks at what the README tells of the driver. */
export async function checkDocs(folder: string, driver: Driver | null): Promise<readonly PackageFinding[]> {
  const readme = await readReadme(folder);
  const file = 'README.md';
  if (readme === null) return [{ code: 'E501', file, message: 'it is not there' }];
  if (driver === null) return [];
  const names = new Set(readme.split(/[^A-Za-z0-9_.-]+/).map((word) => word.replace(/\.+$/, '')));
  const isMissing = (name: string): boolean => (/^[\w.-]+$/.test(name) ? !names.has(name) : !readme.includes(name));
  const options = Object.keys(driver.options.descriptions).filter(isMissing);
  const models = driver.models.map(({ model }) => model).filter(isMissing);
  return [
    ...options.map((name) => ({ code: 'E502', file, message: `it does not name the option ${name}` }) as const),
    ...models.map((name) => ({ code: 'E503', file, message: `it does not name the model ${name}` }) as const),
  ];
}
