import type { Failure } from '@hookswitch/core';

/** Another phone has that MAC address or address. */
export interface PhoneConflict {
  readonly code: 'PHONE_CONFLICT';
  readonly message: string;
  readonly retryable: boolean;
  readonly existingPhoneId: string;
}
/** No driver knows the device, or several claim it. */
export interface VendorUnidentified {
  readonly code: 'VENDOR_UNIDENTIFIED';
  readonly message: string;
  readonly retryable: boolean;
  readonly candidateVendors: readonly string[];
}
/** Why a phone could not be added or changed. */
export type PhoneFailure = Failure | PhoneConflict | VendorUnidentified;

/** Either a value or a typed failure. */
export type Result<Value, Fault = Failure> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: Fault };
