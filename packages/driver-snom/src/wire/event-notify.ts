import type { SipRequest } from '@hookswitch/core';

/*
 * NOTIFYs that are all in their `Event`. Subscription-State is needed by RFC 6665 and missing from the files that show
 * these requests; `terminated`, since nothing was subscribed, is what Asterisk sends with check-sync.
 */

/** What a phone may be asked to do by check-sync. */
export type CheckSync = 'true' | 'false' | 'reregister-only';

/**
 * Provision again (`reboot=false`), restart (`true`), register again (`reregister-only`): SIPPing, provisioning software,
 * and a PBX's configuration. From 10.1.180 the setting `checksync_action` can make something else of it.
 */
export function checkSync(reboot: CheckSync): SipRequest {
  return event(`check-sync;reboot=${reboot}`);
}

/** BroadSoft's `talk` (go off hook, take back) and `hold`: "Remote phone control". Meant for within the call's dialog. */
export function talkOrHold(name: 'talk' | 'hold'): SipRequest {
  return event(name);
}

function event(value: string): SipRequest {
  return { method: 'NOTIFY', headers: { Event: value, 'Subscription-State': 'terminated' } };
}
