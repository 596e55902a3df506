import type { Finding } from '@hookswitch/core';
import type { Instant } from '../model.ts';
import type { PhoneLink } from '../phones/phone-link.ts';
import type { RegisteredPhone } from '../phones/phone-registry.ts';

const DAY_MS = 24 * 60 * 60_000;

/** What the gateway itself knows to stand between it and a phone. */
export function gatewayFindings({ phone, driver }: RegisteredPhone, link: PhoneLink, now: Instant): readonly Finding[] {
  const findings: Finding[] = [];
  if (phone.removedAt !== null) {
    findings.push({
      code: 'REMOVED',
      severity: 'PROBLEM',
      message: 'The phone has been removed.',
      fix: 'Add it again with addPhone.',
    });
  }
  if (driver === null) {
    findings.push({
      code: 'DRIVER_MISSING',
      severity: 'PROBLEM',
      message: `No driver serves "${phone.vendor}".`,
      fix: 'Install the driver’s package, name it under `drivers` in the configuration, and restart the gateway.',
    });
  }
  if (phone.address === null) {
    findings.push({
      code: 'NO_ADDRESS',
      // What can be done over SIP needs none.
      severity: phone.sipUri === null ? 'PROBLEM' : 'NOTICE',
      message: 'The phone has no address: it can report events, and it cannot be reached over HTTP.',
      fix: 'Set `address` with updatePhone.',
    });
  }
  if (phone.model === null) {
    findings.push({
      code: 'MODEL_UNKNOWN',
      severity: 'NOTICE',
      message: 'The phone’s model is not known, so only what all models can do is offered.',
      fix: 'Set `model` with updatePhone, or let the phone report an event that tells it.',
    });
  }
  findings.push(eventFinding(link.lastEventAt, now));
  return findings;
}

function eventFinding(lastEventAt: Instant | null, now: Instant): Finding {
  if (lastEventAt === null) {
    return {
      code: 'NO_EVENT_YET',
      severity: 'NOTICE',
      message: 'The phone has never reported an event.',
      fix: 'Give it its action URLs with configureActionUrls, or provision them; then try verifyEventPath.',
    };
  }
  const silentDays = Math.floor((now - lastEventAt) / DAY_MS);
  if (silentDays >= 1) {
    return {
      code: 'SILENT',
      severity: 'NOTICE',
      message: `The phone’s last event is ${silentDays} day${silentDays === 1 ? '' : 's'} old.`,
      fix: 'If it is in use, try verifyEventPath.',
    };
  }
  return {
    code: 'EVENTS_ARRIVE',
    severity: 'OK',
    message: 'The phone has reported events within the last day.',
    fix: null,
  };
}
