import type { Failure } from '@hookswitch/core';

/** The phone was told to report, and nothing came. */
export const NOTHING_ARRIVED: Failure = {
  code: 'EVENT_PATH_BROKEN',
  hop: 'PHONE_TO_GATEWAY',
  message:
    'The phone was told to report a test event, and nothing arrived. Check that it can reach HOOKSWITCH_PUBLIC_URL: address, port, firewall.',
  retryable: true,
};

/** A test of the event path that fails before the phone reports names the hop, where the failure tells it. */
export function brokenHop(failure: Failure): Failure {
  const { code, message, retryable } = failure;
  if (code === 'PHONE_UNREACHABLE') return { code: 'EVENT_PATH_BROKEN', hop: 'GATEWAY_TO_PHONE', message, retryable };
  if (code === 'SETTINGS_DIFFER') return { code: 'EVENT_PATH_BROKEN', hop: 'PHONE_SETTINGS', message, retryable };
  return failure;
}
