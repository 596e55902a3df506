import type { Failure } from '@hookswitch/core';

/** A test of the event path that fails before the phone reports names the hop, where the failure tells it. */
export function brokenHop(failure: Failure): Failure {
  const { code, message, retryable } = failure;
  if (code === 'PHONE_UNREACHABLE') return { code: 'EVENT_PATH_BROKEN', hop: 'GATEWAY_TO_PHONE', message, retryable };
  if (code === 'SETTINGS_DIFFER') return { code: 'EVENT_PATH_BROKEN', hop: 'PHONE_SETTINGS', message, retryable };
  return failure;
}
