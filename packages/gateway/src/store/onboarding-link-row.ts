import type { OnboardingLinkRecord } from './ports.ts';
import { numberOf, numberOrNullOf, type Row, textOf } from './rows.ts';

/** An onboarding link as every store's table `onboarding_links` has it. @throws StoreError `FAULT`. */
export function onboardingLinkOf(row: Row): OnboardingLinkRecord {
  return {
    id: textOf(row, 'id'),
    hash: textOf(row, 'hash'),
    createdAt: numberOf(row, 'created_at'),
    createdBy: textOf(row, 'created_by'),
    expiresAt: numberOf(row, 'expires_at'),
    revokedAt: numberOrNullOf(row, 'revoked_at'),
  };
}
