import {
  CAPABILITIES,
  type Capability,
  type Driver,
  type Evidence,
  type Ladders,
  type Transport,
} from '@hookswitch/core';
import type { ConformanceHarness, PhoneUnderTest } from '../conformance/harness.ts';
import { checkedOptions, subjectOf } from '../conformance/subject.ts';
import { rungsOf } from '../conformance/trial.ts';

/** One way to serve a capability on one phone, and how it is known. */
export interface Claim {
  readonly capability: Capability;
  readonly transport: Transport;
  readonly evidence: Evidence;
  /** For DOCUMENTED where it says so, for VERIFIED the recorded exchange; null only where it is ASSUMED. */
  readonly source: string | null;
}

/** What a driver claims for a phone that the suite tries it on. */
export interface PhoneClaims {
  /** As the harness calls it. */
  readonly name: string;
  readonly model: string | null;
  readonly firmware: string | null;
  /** What else the claims depend on: options as strings by name, without secrets. */
  readonly options: Readonly<Record<string, string>>;
  readonly reachableBy: { readonly http: boolean; readonly sip: boolean };
  readonly allowEvents: readonly string[] | null;
  /** In the contract's order, each capability's ways best first. */
  readonly claims: readonly Claim[];
}

/** What a driver claims for a model whose firmware is not known, with all kinds of address and default options. */
export interface ModelClaims {
  readonly model: string;
  readonly claims: readonly Claim[];
}

/** The claims in a driver's answer, in the contract's order. */
function claimsIn(ladders: Ladders): readonly Claim[] {
  return CAPABILITIES.flatMap((capability) =>
    rungsOf(ladders[capability]).map(({ transport, evidence, source }) => ({
      capability,
      transport,
      evidence,
      source,
    })),
  );
}

/** What the driver claims for each phone of the harness. */
export function phoneClaims<Options>(harness: ConformanceHarness<Options>): readonly PhoneClaims[] {
  return harness.phones.map((phone) => {
    const { profile, ladders } = subjectOf(harness, phone);
    const { model, firmware, reachableBy, allowEvents = null } = profile;
    const options = optionsWithoutSecrets(harness.driver, phone);
    return { name: phone.name, model, firmware, options, reachableBy, allowEvents, claims: claimsIn(ladders) };
  });
}

function optionsWithoutSecrets<Options>(
  { options: { credentials = {} } }: Driver<Options>,
  { options = {} }: PhoneUnderTest,
): Readonly<Record<string, string>> {
  const secrets = Object.values(credentials).map(({ password }) => password);
  return Object.fromEntries(Object.entries(options).filter(([name]) => !secrets.includes(name)));
}

/** What the driver claims for each of its models. */
export function modelClaims<Options>(driver: Driver<Options>): readonly ModelClaims[] {
  const options = checkedOptions(driver, {});
  const reachableBy = { http: true, sip: true };
  return driver.models.map(({ model }) => ({
    model,
    claims: claimsIn(driver.capabilitiesFor({ model, firmware: null, mac: null, options, reachableBy })),
  }));
}

/**
 * Claims that are without the proof that they name: VERIFIED where no real phone of the model and firmware was
 * recorded, DOCUMENTED where no source is named.
 * @returns in words, `DIAL over HTTP on A1 with 1.2: VERIFIED, but no recording`
 */
export function unprovedClaims<Options>(harness: ConformanceHarness<Options>): readonly string[] {
  const { driver, recordings = [] } = harness;
  const recorded = (claim: Claim, model: string | null, firmware: string | null): boolean =>
    recordings.some(
      (one) =>
        one.model === model &&
        one.firmware === firmware &&
        one.capability === claim.capability &&
        one.rung.replace(/ \(\d+\)$/, '') === claim.transport,
    );
  const models = modelClaims(driver).map((one) => ({ ...one, firmware: null }));
  return [...phoneClaims(harness), ...models].flatMap(({ model, firmware, claims }) =>
    claims.flatMap((claim) => {
      const { capability, transport, evidence, source } = claim;
      const name = `${capability} over ${transport} on ${model ?? 'any model'} with ${firmware ?? 'any firmware'}`;
      if (evidence === 'VERIFIED' && !recorded(claim, model, firmware)) return [`${name}: VERIFIED, but no recording`];
      const hasSource = (source ?? '').trim() !== '';
      return evidence !== 'ASSUMED' && !hasSource ? [`${name}: ${evidence}, but where is it from?`] : [];
    }),
  );
}
