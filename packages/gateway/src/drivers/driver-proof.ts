import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { CAPABILITIES, EVIDENCE, type Ladders, type Rung, TRANSPORTS } from '@hookswitch/core';
import { z } from 'zod';
import type { DriverPort } from './driver-port.ts';

/** How far the conformance suite has proved a driver; what each takes is in the guide to writing one. */
export const DRIVER_TIERS = ['BRONZE', 'SILVER', 'GOLD', 'PLATINUM'] as const;

/** The file that a driver's package brings, as `hookswitch-driver certify` writes it. */
const FILE = 'conformance.json';

/** More is not read: the package may be anybody's. */
const MAX_BYTES = 2_000_000;

const text = z.string().max(1000);

const claim = z.object({
  capability: z.enum(CAPABILITIES),
  transport: z.enum(TRANSPORTS),
  evidence: z.enum(EVIDENCE),
  source: text.nullable(),
});

const conformanceResult = z.object({
  vendor: text,
  version: text,
  tier: z.enum(DRIVER_TIERS).nullable(),
  phones: z.array(
    z.object({
      name: text,
      model: text.nullable(),
      firmware: text.nullable(),
      options: z.record(z.string(), text),
      reachableBy: z.object({ http: z.boolean(), sip: z.boolean() }),
      allowEvents: z.array(text).nullable(),
      claims: z.array(claim),
    }),
  ),
});

type Phone = z.infer<typeof conformanceResult>['phones'][number];

/** One way to serve a capability on a phone that the driver was tried on, and how it is known. */
export interface DriverClaim extends z.infer<typeof claim> {
  /** As the suite calls the phone. */
  readonly phone: string;
  readonly model: string | null;
  readonly firmware: string | null;
}

/** What a driver's package proves of it. */
export interface DriverProof {
  readonly tier: (typeof DRIVER_TIERS)[number] | null;
  readonly claims: readonly DriverClaim[];
}

/**
 * Reads what a driver's package proves of it.
 * @param entry the address of the driver's module
 * @returns null where there is no result, it is none, or it is of another version or of other claims than the driver's
 */
export async function proofOf(entry: string, driver: DriverPort): Promise<DriverProof | null> {
  const result = await resultOf(entry);
  if (result === null || result.vendor !== driver.vendor || result.version !== driver.version) return null;
  for (const phone of result.phones) {
    if (!(await isClaimed(driver, phone))) return null;
  }
  const claims = result.phones.flatMap(({ name, model, firmware, claims }) =>
    claims.map((one) => ({ ...one, phone: name, model, firmware })),
  );
  return { tier: result.tier, claims };
}

async function resultOf(entry: string): Promise<z.infer<typeof conformanceResult> | null> {
  const folder = await packageOf(fileURLToPath(entry));
  if (folder === null) return null;
  const file = join(folder, FILE);
  if (!(await isFile(file))) return null;
  try {
    return conformanceResult.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return null;
  }
}

/** The folder of the package that a module belongs to. */
async function packageOf(module: string): Promise<string | null> {
  for (let folder = dirname(module); ; folder = dirname(folder)) {
    if (await isFile(join(folder, 'package.json'))) return folder;
    if (folder === dirname(folder)) return null;
  }
}

async function isFile(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found?.isFile() === true && found.size <= MAX_BYTES;
}

/** Whether the driver claims for a phone what the result says. */
async function isClaimed(driver: DriverPort, { options: given, claims, name: _, ...phone }: Phone): Promise<boolean> {
  try {
    const options = await driver.validate(given);
    if (options.issues !== undefined) return false;
    const { ladders } = await driver.abilities({ ...phone, mac: null, options: options.value });
    return isDeepStrictEqual(claimsIn(ladders), claims);
  } catch {
    return false;
  }
}

function claimsIn(ladders: Ladders): readonly z.infer<typeof claim>[] {
  return CAPABILITIES.flatMap((capability) => {
    const rungs: readonly Pick<Rung, 'transport' | 'evidence' | 'source'>[] = ladders[capability] ?? [];
    return rungs.map(({ transport, evidence, source }) => ({ capability, transport, evidence, source }));
  });
}
