import type { DriverLog } from '@hookswitch/core';
import type { Logger } from 'pino';
import type { Phone } from '../model.ts';
import type { Metrics } from '../observability/metrics.ts';
import { currentRequestId } from '../observability/request-scope.ts';
import type { SipMetrics } from '../observability/sip-metrics.ts';
import type { PhoneLinksOptions } from '../phones/phone-links.ts';
import type { RegisteredPhone } from '../phones/phone-registry.ts';

/** A log for drivers that says of which phone they speak. */
export function phoneLog(log: Logger): (phone: RegisteredPhone) => DriverLog {
  return ({ phone }) => {
    const about = { phone: phone.name, vendor: phone.vendor, requestId: currentRequestId() };
    // Most drivers say nothing.
    let child: Logger | null = null;
    const logger = (): Logger => {
      child ??= log.child(about);
      return child;
    };
    return {
      debug: (message, fields) => logger().debug(fields ?? {}, message),
      warn: (message, fields) => logger().warn(fields ?? {}, message),
    };
  };
}

/** Counts and logs each request to a phone, without its secrets. */
export function exchangeObserver(log: Logger, metrics: Metrics): PhoneLinksOptions['observe'] {
  return ({ phone: { name, vendor } }, { request, status, error, durationMs }) => {
    metrics.phoneRequests.inc({ vendor, status: status ?? 'none' });
    metrics.phoneRequestSeconds.observe({ vendor }, durationMs / 1000);
    // Without the query: it may hold a setting that is a secret, or an action URL with its token.
    const { method } = request;
    const [path] = request.target.split('?', 1);
    log.debug(
      { requestId: currentRequestId(), phone: name, method, path, status, error: error?.message, durationMs },
      'request to a phone',
    );
  };
}

/** Counts and logs each SIP request to a phone. */
export function sipObserver(log: Logger, metrics: SipMetrics): PhoneLinksOptions['observeSip'] {
  return ({ phone: { name, vendor } }, { method, status, fault, durationMs }) => {
    metrics.requests.inc({ vendor, method, status: status ?? 'none' });
    metrics.requestSeconds.observe({ vendor, method }, durationMs / 1000);
    log.debug(
      { requestId: currentRequestId(), phone: name, method, status, error: fault, durationMs },
      'SIP request to a phone',
    );
  };
}

/** Where it is said that a phone's driver could not be asked what the phone can do. */
export function driverErrorLog(log: Logger): (error: unknown, phone: Phone) => void {
  return (error, { name, vendor }) =>
    log.error({ err: error, phone: name, vendor }, 'a driver could not say what a phone can do');
}
