import {
  type DeviceEvidence,
  type Driver,
  type Failure,
  type HttpRequest,
  type HttpTransport,
  type Identification,
  phoneUnauthorized,
  TransportError,
} from '@hookswitch/core';

/** A driver's word about a device. */
export interface Candidate {
  readonly driver: Driver;
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
  drivers: readonly Driver[],
  http: HttpTransport,
  said: { readonly mac: string | null; readonly model: string | null },
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
  const candidates = drivers
    .map((driver) => ({ driver, identification: driver.identify(evidence) }))
    .filter(({ identification }) => identification.score > 0)
    .sort((a, b) => b.identification.score - a.identification.score);
  if (candidates.length > 0) return { candidates };
  if (failure?.code === 'PHONE_UNAUTHORIZED') return { failure };
  return replies.some(({ status }) => status === 401) ? { failure: LOGIN_WANTED } : { candidates };
}
