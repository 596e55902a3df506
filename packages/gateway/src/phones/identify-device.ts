import {
  type DeviceEvidence,
  type Failure,
  type HttpRequest,
  type HttpTransport,
  type Identification,
  phoneUnauthorized,
  TransportError,
} from '@hookswitch/core';
import { driverFailure } from '../drivers/driver-failure.ts';
import type { DriverPort } from '../drivers/driver-port.ts';

/** A driver's word about a device. */
export interface Candidate {
  readonly driver: DriverPort;
  readonly identification: Identification;
}

/** Candidates, the likeliest first, those with a score of 0 left out; or why the device could not be asked. */
export type IdentifyResult = { readonly candidates: readonly Candidate[] } | { readonly failure: Failure };

const FRONT_PAGE: HttpRequest = { method: 'GET', target: '/' };

const LOGIN_WANTED = phoneUnauthorized(
  'The device asks for a user name and a password, and tells nothing before. Give them, or name its vendor.',
);

/** Asks the device what the drivers want to know, once each, and lets every driver score the answers. */
export async function identifyDevice(
  drivers: readonly DriverPort[],
  http: HttpTransport,
  {
    onError,
    ...said
  }: {
    readonly mac: string | null;
    readonly model: string | null;
    /** A driver threw or did not answer; the others are asked all the same. */
    readonly onError: (error: unknown) => void;
  },
): Promise<IdentifyResult> {
  const probes = new Map(
    [FRONT_PAGE, ...drivers.flatMap((driver) => driver.probes)].map((probe) => [probe.target, probe]),
  );
  const replies: DeviceEvidence['replies'][number][] = [];
  let failure: Failure | null = null;
  for (const probe of probes.values()) {
    try {
      const { status, headers, text, challenge } = await http.send({ ...probe, readOnly: true });
      // The realm of a challenge often names the model, also where the challenge has been answered.
      const asked = challenge === undefined ? headers : { ...headers, 'www-authenticate': challenge };
      replies.push({ target: probe.target, status, headers: asked, text });
    } catch (error) {
      if (!TransportError.is(error) || error.outcome.status !== 'FAILED') throw error;
      failure = error.outcome.failure;
      // Further tries with wrong credentials would lock the phone; a phone that is away stays away.
      if (failure.code === 'PHONE_UNAUTHORIZED' || failure.code === 'PHONE_UNREACHABLE') break;
    }
  }
  if (replies.length === 0 && failure !== null) return { failure };
  const evidence: DeviceEvidence = { ...said, replies };
  const { candidates, fault } = await ask(drivers, evidence, onError);
  if (candidates.length > 0) return { candidates };
  if (fault !== null) return { failure: fault };
  if (failure?.code === 'PHONE_UNAUTHORIZED') return { failure };
  return replies.some(({ status }) => status === 401) ? { failure: LOGIN_WANTED } : { candidates };
}

/** Candidates, the likeliest first, and what became of a driver that could not be asked. */
async function ask(
  drivers: readonly DriverPort[],
  evidence: DeviceEvidence,
  onError: (error: unknown) => void,
): Promise<{ readonly candidates: readonly Candidate[]; readonly fault: Failure | null }> {
  const candidates: Candidate[] = [];
  let fault: Failure | null = null;
  await Promise.all(
    drivers.map(async (driver) => {
      try {
        const identification = await driver.identify(evidence);
        if (identification.score > 0) candidates.push({ driver, identification });
      } catch (error) {
        onError(error);
        fault = driverFailure(error, driver.name);
      }
    }),
  );
  // Those with the same score in the order of the configuration, whoever answered first.
  candidates.sort(
    (a, b) => b.identification.score - a.identification.score || drivers.indexOf(a.driver) - drivers.indexOf(b.driver),
  );
  return { candidates, fault };
}
