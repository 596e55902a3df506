import type { PolicyDenied } from '@hookswitch/core';

/** Thrown before a request is sent, where the gateway's own rules do not let it go to what is there. */
export abstract class TargetRefused extends Error {
  /** What callers of the API are told. */
  abstract readonly failure: PolicyDenied;
}
