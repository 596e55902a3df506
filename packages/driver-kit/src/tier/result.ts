import { readFile, writeFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { objectIn } from '../check/manifest.ts';
import { type PhoneClaims, phoneClaims } from '../claims/claim.ts';
import { behaviourDigest, modelsDigest } from '../conformance/behaviour.ts';
import type { ConformanceHarness } from '../conformance/harness.ts';
import type { Tier } from './tier.ts';

/** The file's name in the package's folder; it is published with the package. */
export const RESULT_FILE = 'conformance.json';

/** What is claimed for a phone that was tried, and how it was served. */
export interface PhoneResult extends PhoneClaims {
  /** Another one says that the driver sends, offers or reads something else now. */
  readonly behaviour: string;
}

/** What is claimed for the phones of a harness, and how they are served. */
export async function phoneResults<Options>(harness: ConformanceHarness<Options>): Promise<readonly PhoneResult[]> {
  const digests = await Promise.all(harness.phones.map((phone) => behaviourDigest(harness, phone)));
  return phoneClaims(harness).map((claims, index) => ({ ...claims, behaviour: digests[index] ?? '' }));
}

/** What the kit found out about a driver: the content of {@link RESULT_FILE}. */
export interface ConformanceResult {
  readonly vendor: string;
  /** Of the driver. */
  readonly version: string;
  readonly tier: Tier | null;
  /** How many cases the suite has, and how many have failed. */
  readonly cases: { readonly count: number; readonly failed: number };
  readonly phones: readonly PhoneResult[];
  /** As {@link PhoneResult.behaviour}, of all models, whatever their firmware. */
  readonly models: string;
}

/** Writes a result into the driver's package, a line for each claim. */
export async function writeResult(result: ConformanceResult, folder: URL): Promise<void> {
  const text = JSON.stringify(result, null, 2).replaceAll(
    /\{\s+("capability": [^{}]*?)\s+\}/g,
    (_, claim: string) => `{ ${claim.replaceAll(/\n\s+/g, ' ')} }`,
  );
  await writeFile(new URL(RESULT_FILE, folder), `${text}\n`);
}

/**
 * Whether the result in the package is of the driver as it is now: its version, what it claims, what it does and how many
 * cases there are (`count`). That these cases pass is what the suite itself shows.
 */
export async function isResultCurrent<Options>(
  harness: ConformanceHarness<Options>,
  folder: URL,
  count: number,
): Promise<boolean> {
  const { vendor, version } = harness.driver;
  const written = objectIn({ result: JSON.parse(await readFile(new URL(RESULT_FILE, folder), 'utf8')) }, 'result');
  const now = { vendor, version, phones: await phoneResults(harness), models: await modelsDigest(harness) };
  const then = { ...now, ...Object.fromEntries(Object.keys(now).map((name) => [name, written[name]])) };
  return isDeepStrictEqual(then, now) && objectIn(written, 'cases')['count'] === count;
}
