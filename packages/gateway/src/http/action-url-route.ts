import { type ActionUrlReport, type ParsedReport, splitRawQuery } from '@hookswitch/core';
import type { Awaitable } from '../drivers/driver-port.ts';
import type { EventIntake } from '../events/event-intake.ts';
import type { FirstContacts } from '../onboarding/first-contacts.ts';
import { type AddressBinding, NOBODY } from '../phones/address-binding.ts';
import type { PhoneRegistry, RegisteredPhone } from '../phones/phone-registry.ts';
import type { RefusalLimiter } from '../security/refusal-limiter.ts';

/**
 * Why a request to `/a/` was refused: no phone has such an action URL, the phone that has it is at another address, or
 * its address has had too many refused ones.
 */
export type RefusalReason = 'unknown' | 'elsewhere' | 'limited';

/** What the route is made of. */
export interface ActionUrlRouteOptions {
  readonly registry: PhoneRegistry;
  readonly intake: EventIntake;
  readonly contacts: FirstContacts;
  /** A device came by an onboarding link. */
  readonly onContact: () => void;
  /** What a phone is told that asks whether to let a call ring. */
  readonly screening: 'allow' | 'reject';
  readonly onReceived: (phone: RegisteredPhone, report: ParsedReport, durationMs: number) => void;
  /** `from`: the address that it came from. */
  readonly onRefused: (refused: {
    readonly target: string;
    readonly from: string | undefined;
    readonly reason: RefusalReason;
  }) => void;
  /** Counts what was refused, by address. */
  readonly limiter: RefusalLimiter;
  /** Whether a report comes from its phone; null: that does not matter. */
  readonly binding: AddressBinding | null;
  /** The driver threw, or did not answer: the report is kept as it came. */
  readonly onUnreadable: (error: unknown, vendor: string) => void;
  /** The event could not be stored. */
  readonly onError: (error: unknown, phone: RegisteredPhone) => void;
}

/**
 * Answers a phone's report: `/a/<token>/<path>?<query>`; the token is a phone's, or that of an onboarding link.
 * @returns the status, once the event is on disk: 200, 404 for whatever is no action URL of a phone, 429 likewise where
 * that address has had too many of them, 503 where the event could not be stored
 */
export type ActionUrlRoute = (request: ReportRequest) => Promise<number>;

/** A request to `/a/`. */
export interface ReportRequest {
  /** The request's target as it was sent, not decoded. */
  readonly target: string;
  /** The address that it came from. Read only where it matters: the system has to be asked. */
  readonly from: string | undefined;
  /** What was posted; undefined: it was fetched. */
  readonly body: string | undefined;
}

const ACTION_URL = /^\/a\/([A-Za-z0-9_-]{16,64})\/([A-Za-z0-9_-]{1,64})(?:\?([\s\S]*))?$/;

/** @returns the route; it answers with a status only, since XML or text could open the phone's browser */
export function createActionUrlRoute(options: ActionUrlRouteOptions): ActionUrlRoute {
  const { registry, intake, screening } = options;
  /** A phone with its own token is never limited: whoever shares its address cannot keep it from reporting. */
  const refuse = (reason: RefusalReason, { target, from }: ReportRequest, isTooMuch = false): number => {
    const limited = options.limiter.isTooMany(from ?? '') || isTooMuch;
    options.onRefused({ target, from, reason: limited ? 'limited' : reason });
    return limited ? 429 : 404;
  };
  return async (request) => {
    const started = performance.now();
    const { target, body } = request;
    const [, token = '', path = '', rawQuery = ''] = ACTION_URL.exec(target) ?? [];
    // What is no token at all is hashed and looked up as well: it takes as long.
    // One that nobody knows here may have been given out by another gateway: the store says so, unless too many were refused.
    const known = registry.byToken(token);
    const mayAsk = known === null && registry.isShared && options.limiter.wait(request.from ?? '') === 0;
    const phone = mayAsk ? await registry.lookUp(token) : known;
    // Asked for a phone's token too, so that every token costs the same.
    const isLink = options.contacts.isOpen(token);
    // Asked for nobody's token too, and before the report is read, so that a good token at the wrong place shows in nothing.
    const isHere = options.binding === null || (await options.binding(phone?.phone ?? NOBODY, request.from ?? ''));
    if (isLink) {
      const result = await options.contacts.take({ path, rawQuery }, request.from ?? '');
      if (result !== 'noted') return refuse('unknown', request, result === 'limited');
      options.onContact();
      return 200;
    }
    if (phone === null) return refuse('unknown', request);
    if (!isHere) return refuse('elsewhere', request);
    if (body !== undefined && !takesPosts(phone, path)) return refuse('unknown', request);
    const sent = body === undefined ? { path, rawQuery } : { path, rawQuery, body };
    const read = reportOf(phone, sent, options.onUnreadable);
    // Not awaited where it is there: a driver in this thread costs no turn.
    const report = read instanceof Promise ? await read : read;
    if (report === null) return refuse('unknown', request);
    try {
      await intake.receive(phone, report, 'ACTION_URL');
    } catch (error) {
      options.onError(error, phone);
      return 503;
    }
    options.onReceived(phone, report, performance.now() - started);
    if (report.screening === undefined) return 200;
    return screening === 'reject' ? report.screening.rejectStatus : report.screening.allowStatus;
  };
}

function takesPosts({ actionUrlSettings }: RegisteredPhone, path: string): boolean {
  return actionUrlSettings.some((setting) => setting.path === path && setting.isPosted === true);
}

/**
 * What the phone's driver makes of it; null: it is none of its action URLs. A driver that throws, or does not answer,
 * costs no event.
 */
function reportOf(
  { driver, profile, phone }: RegisteredPhone,
  report: ActionUrlReport,
  onUnreadable: ActionUrlRouteOptions['onUnreadable'],
): Awaitable<ParsedReport | null> {
  const unread = (error: unknown): ParsedReport => {
    onUnreadable(error, phone.vendor);
    return unreadReport(report);
  };
  try {
    const parsed = driver?.parse(report, profile) ?? null;
    return parsed instanceof Promise ? parsed.catch(unread) : parsed;
  } catch (error) {
    return unread(error);
  }
}

/** A report that no driver could read, with all that the phone sent. */
function unreadReport({ path, rawQuery, body }: ActionUrlReport): ParsedReport {
  const posted = body === undefined ? [] : [{ name: 'body', value: body }];
  return {
    event: { type: 'OTHER' },
    vendorEvent: path,
    variables: [...splitRawQuery(rawQuery), ...posted],
    device: { mac: null, model: null, firmware: null },
  };
}
