import { type HttpTransport, invalidArgument } from '@hookswitch/core';
import type { NewPhone, PhoneFailure, Result } from '../application.ts';
import { brokenWords, type DriverRegistry, fallbackOf } from '../drivers/driver-registry.ts';
import type { Phone } from '../model.ts';
import type { Credentials } from '../transport/digest.ts';
import { decideMatch } from './decide-match.ts';
import { type IdentifyResult, identifyDevice } from './identify-device.ts';

/** A transport to a device that is not registered yet, bounded in time. */
export type DeviceTransport = (origin: string, credentials: ReadonlyMap<string, Credentials>) => HttpTransport;

/** The vendor of a phone, and what else the device told. */
export type FoundVendor = Pick<Phone, 'vendor'> & Partial<Pick<Phone, 'model' | 'firmware' | 'mac'>>;

/** What asking a device takes. */
interface Asking {
  readonly drivers: DriverRegistry;
  readonly transportTo: DeviceTransport;
  readonly onDriverError: (error: unknown) => void;
}

/** What every driver makes of the device there, asked with the credentials that were given. */
export function askDevice(
  { username, password, mac, model }: Partial<NewPhone>,
  origin: string,
  { drivers, transportTo, onDriverError }: Asking,
): Promise<IdentifyResult> {
  const login = username === undefined ? [] : ([['web', { username, password: password ?? '' }]] as const);
  const said = { mac: mac ?? null, model: model ?? null, onError: onDriverError };
  return identifyDevice(drivers.all, transportTo(origin, new Map(login)), said);
}

/** Whose the phone is: as somebody said, else as the drivers say once the device has been asked. */
export async function findVendor(
  input: NewPhone,
  origin: string | null,
  {
    isInFile,
    precedence,
    ...asking
  }: Asking & {
    /** It stands in the configuration file. */
    readonly isInFile: boolean;
    /** Vendors: which driver gets a device that several claim alike. */
    readonly precedence: readonly string[];
  },
): Promise<Result<FoundVendor, PhoneFailure>> {
  const { drivers } = asking;
  if (input.vendor !== undefined) {
    // A phone of the file whose driver is broken waits for it: it keeps the gateway from nothing.
    const isWaiting = isInFile && drivers.broken.length > 0;
    if (drivers.get(input.vendor) !== null || isWaiting) return { ok: true, value: { vendor: input.vendor } };
    const installed = drivers.all.map(({ vendor }) => vendor).join(', ');
    const broken = brokenWords(drivers);
    return refused(invalidArgument('vendor', `No driver serves "${input.vendor}". Installed: ${installed}.${broken}`));
  }
  if (origin === null) {
    return refused(
      unidentified('Without an address the device cannot be asked what it is. Name its vendor, or give its address.'),
    );
  }
  const result = await askDevice(input, origin, asking);
  if ('failure' in result) return refused(result.failure);
  const { candidates } = result;
  if (candidates.length === 0) {
    const otherwise = fallbackOf(drivers);
    const hint = otherwise === null ? '' : ` As "${otherwise}" its reports are events, and it takes no commands.`;
    return refused(unidentified(`No driver knows this device. Name its vendor.${hint}`));
  }
  const claims = candidates.map(({ driver, identification }) => ({
    vendor: driver.vendor,
    score: identification.score,
    reasons: identification.reasons,
  }));
  const { vendor } = decideMatch(claims, precedence);
  const won = candidates.find(({ driver }) => driver.vendor === vendor);
  if (won === undefined) {
    const reasons = claims.map((claim) => `${claim.vendor}: ${claim.reasons.join(', ')}`);
    return refused(
      unidentified(
        `Several drivers claim this device (${reasons.join('; ')}). Name its vendor.`,
        claims.map((claim) => claim.vendor),
      ),
    );
  }
  const { model, firmware, mac } = won.identification;
  return { ok: true, value: { vendor: won.driver.vendor, model, firmware, mac } };
}

function refused(failure: PhoneFailure): { readonly ok: false; readonly failure: PhoneFailure } {
  return { ok: false, failure };
}

function unidentified(message: string, candidateVendors: readonly string[] = []): PhoneFailure {
  return { code: 'VENDOR_UNIDENTIFIED', message, retryable: false, candidateVendors };
}
