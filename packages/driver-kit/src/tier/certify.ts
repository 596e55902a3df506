import { fileURLToPath } from 'node:url';
import { exportTargets, objectIn, readManifest } from '../check/manifest.ts';
import { modelsDigest } from '../conformance/behaviour.ts';
import { countCases, runSuite, type SuiteResult } from '../conformance/conformance.ts';
import type { ConformanceHarness } from '../conformance/harness.ts';
import { type ConformanceResult, phoneResults } from './result.ts';
import { type TierVerdict, tierOf } from './tier.ts';

/** A result, and what stands in the way of the next tier. */
export interface Certification {
  readonly result: ConformanceResult;
  readonly missing: TierVerdict['missing'];
  /** The cases that have failed, with what they said. */
  readonly failures: SuiteResult['failures'];
}

/** Runs the whole suite, but for what it looks up in the package, and computes the driver's tier. */
export async function certify<Options>(harness: ConformanceHarness<Options>, folder: URL): Promise<Certification> {
  // What is written in the package is written anew afterwards, whatever it is now.
  const { folder: _, ...unwritten } = harness;
  const { failed, failures } = await runSuite(unwritten);
  const phones = await phoneResults(harness);
  const { tier, missing } = tierOf({ failed, phones, hasVirtualPhone: await hasVirtualPhone(folder) });
  const { vendor, version } = harness.driver;
  const cases = { count: countCases({ ...harness, folder }), failed: failures.size };
  return { result: { vendor, version, tier, cases, phones, models: await modelsDigest(harness) }, missing, failures };
}

async function hasVirtualPhone(folder: URL): Promise<boolean> {
  const manifest = await readManifest(fileURLToPath(folder));
  return manifest !== null && exportTargets(objectIn(manifest.json, 'exports')['./virtual']).length > 0;
}
