import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ConformanceHarness } from '../conformance/harness.ts';

/** Where the harness of a driver stands in its package. */
const FILE = 'test/harness.ts';

function isHarness(value: unknown): value is ConformanceHarness<unknown> {
  return typeof value === 'object' && value !== null && 'driver' in value && 'phones' in value && 'samples' in value;
}

/**
 * Imports the harness of a driver's package.
 * @param module its address; default `test/harness.ts` of the package
 * @throws Error in words for people where there is none
 */
export async function harnessOf(
  folder: string,
  module = pathToFileURL(join(folder, FILE)).href,
): Promise<ConformanceHarness<unknown>> {
  const exported: unknown = await import(module).catch((error: unknown) => {
    throw new Error(`${FILE} cannot be imported: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  });
  const harness = typeof exported === 'object' && exported !== null && 'harness' in exported ? exported.harness : null;
  if (!isHarness(harness)) throw new Error(`${FILE} exports no \`harness\` with driver, phones and samples.`);
  return harness;
}

/** The folder as an address that files are found below. */
export function folderUrl(folder: string): URL {
  return pathToFileURL(`${folder}/`);
}
