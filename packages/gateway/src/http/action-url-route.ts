import { type ActionUrlReport, type ParsedReport, splitRawQuery } from '@hookswitch/core';
import type { EventIntake } from '../events/event-intake.ts';
import type { PhoneRegistry, RegisteredPhone } from '../phones/phone-registry.ts';

/** What the route is made of. */
export interface ActionUrlRouteOptions {
  readonly registry: PhoneRegistry;
  readonly intake: EventIntake;
  /** What a phone is told that asks whether to let a call ring. */
  readonly screening: 'allow' | 'reject';
  readonly onReceived: (phone: RegisteredPhone, report: ParsedReport, durationMs: number) => void;
  /** `from`: the address that it came from. */
  readonly onRefused: (refused: { readonly target: string; readonly from: string | undefined }) => void;
  /** The driver threw. */
  readonly onUnreadable: (error: unknown) => void;
  /** The event could not be stored. */
  readonly onError: (error: unknown, phone: RegisteredPhone) => void;
}

/**
 * Answers a phone's report: `/a/<token>/<path>?<query>`.
 * @param target the request's target as it was sent, not decoded
 * @param from the address that it came from
 * @returns the status, once the event is on disk: 200, 404 for whatever is no action URL of a phone, 503 where the
 * event could not be stored
 */
export type ActionUrlRoute = (target: string, from: string | undefined) => Promise<number>;

const ACTION_URL = /^\/a\/([A-Za-z0-9_-]{16,64})\/([A-Za-z0-9_-]{1,64})(?:\?([\s\S]*))?$/;

/** @returns the route; it answers with a status only, since XML or text could open the phone's browser */
export function createActionUrlRoute(options: ActionUrlRouteOptions): ActionUrlRoute {
  const { registry, intake, screening } = options;
  return async (target, from) => {
    const started = performance.now();
    const [, token = '', path = '', rawQuery = ''] = ACTION_URL.exec(target) ?? [];
    const phone = token === '' ? null : registry.byToken(token);
    const report = phone === null ? null : reportOf(phone, { path, rawQuery }, options.onUnreadable);
    if (phone === null || report === null) {
      options.onRefused({ target, from });
      return 404;
    }
    try {
      await intake.receive(phone, report);
    } catch (error) {
      options.onError(error, phone);
      return 503;
    }
    options.onReceived(phone, report, performance.now() - started);
    if (report.screening === undefined) return 200;
    return screening === 'reject' ? report.screening.rejectStatus : report.screening.allowStatus;
  };
}

/** What the phone's driver makes of it; null: it is none of its action URLs. A driver that throws costs no event. */
function reportOf(
  { driver, profile }: RegisteredPhone,
  report: ActionUrlReport,
  onUnreadable: (error: unknown) => void,
): ParsedReport | null {
  try {
    return driver?.actionUrls.parse(report, profile) ?? null;
  } catch (error) {
    onUnreadable(error);
    return {
      event: { type: 'OTHER' },
      vendorEvent: report.path,
      variables: splitRawQuery(report.rawQuery),
      device: { mac: null, model: null, firmware: null },
    };
  }
}
