import type { PhoneFailure, Result } from '../application.ts';
import type { Phone } from '../model.ts';
import { builder } from './builder.ts';
import { FAILURE_REFS, PhoneRef } from './refs.ts';

const PHONE_FAILURES = [
  'INVALID_ARGUMENT',
  'POLICY_DENIED',
  'PHONE_CONFLICT',
  'VENDOR_UNIDENTIFIED',
  'PHONE_UNREACHABLE',
  'PHONE_UNAUTHORIZED',
  'APPROVAL_PENDING',
] as const;
type RegistryFailure = Extract<PhoneFailure, { readonly code: (typeof PHONE_FAILURES)[number] }>;

const registryCodes: ReadonlySet<string> = new Set(PHONE_FAILURES);

/** Their types. */
export const phoneFailures = PHONE_FAILURES.map((code) => FAILURE_REFS[code]);

/** `PhoneResult`. */
export const PhoneResultRef = builder.unionType('PhoneResult', {
  types: [PhoneRef, ...phoneFailures],
  resolveType: (value) => ('code' in value ? FAILURE_REFS[value.code].name : PhoneRef.name),
});

/** What a change to the registry answers. Throws where the failure is one that it cannot have. */
export function phoneResult(result: Result<Phone, PhoneFailure>): Phone | RegistryFailure {
  if (result.ok) return result.value;
  return phoneFailure(result.failure);
}

/** A failure that the registry's answers may name. Throws where it is another one. */
export function phoneFailure(failure: PhoneFailure): RegistryFailure {
  if (!isRegistryFailure(failure))
    throw new Error(`A change to a phone failed with ${failure.code}: ${failure.message}`);
  return failure;
}

function isRegistryFailure(failure: PhoneFailure): failure is RegistryFailure {
  return registryCodes.has(failure.code);
}
