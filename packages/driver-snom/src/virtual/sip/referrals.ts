import {
  type CallLeg,
  type EndReason,
  type RecordedSipRequest,
  sipTargetOf,
  type VirtualSipDialog,
  type VirtualSipReply,
} from '@hookswitch/driver-kit/virtual';
import type { SnomParts } from '../parts.ts';

/** What the phone got to the INVITE that it sent for a REFER, by how that call ended before it was answered. */
const FAILURES: Readonly<Partial<Record<EndReason, string>>> = {
  busy: '486 Busy Here',
  remoteRejected: '603 Decline',
  notFound: '404 Not Found',
  noAnswer: '408 Request Timeout',
  cancelled: '487 Request Terminated',
};

/** REFER requests within the calls that the phone answered by itself, and what it tells of them (RFC 3515). */
export class Referrals {
  readonly #parts: SnomParts;
  readonly #byLeg = new Map<CallLeg, VirtualSipDialog>();

  constructor(parts: SnomParts) {
    this.#parts = parts;
  }

  /** The phone dials, and tells by NOTIFY what becomes of it, unless its quirk says that it tells nothing. */
  answer({ headers }: RecordedSipRequest, dialog: VirtualSipDialog | undefined): VirtualSipReply {
    if (dialog === undefined) return { status: 481 };
    const user = referredIn(headers['refer-to']);
    if (user === '') return { status: 400 };
    return {
      status: 202,
      afterwards: () => {
        // Section 2.4.4: a NOTIFY follows the 202 at once.
        this.#notify(dialog, '100 Trying', false);
        const leg = this.#parts.telephony.dial(user);
        if (leg === undefined) this.#notify(dialog, '503 Service Unavailable', true);
        else this.#byLeg.set(leg, dialog);
      },
    };
  }

  /** It rings at the far end. */
  ringing(leg: CallLeg): void {
    const dialog = this.#byLeg.get(leg);
    if (dialog !== undefined) this.#notify(dialog, '180 Ringing', false);
  }

  /** The far end has answered. */
  answered(leg: CallLeg): void {
    this.#end(leg, '200 OK');
  }

  /** It is over, without an answer where nothing was told yet. */
  ended(leg: CallLeg, reason: EndReason): void {
    this.#end(leg, FAILURES[reason] ?? '480 Temporarily Unavailable');
  }

  /** Nobody is told any more. */
  forget(): void {
    this.#byLeg.clear();
  }

  #end(leg: CallLeg, status: string): void {
    const dialog = this.#byLeg.get(leg);
    this.#byLeg.delete(leg);
    if (dialog !== undefined) this.#notify(dialog, status, true);
  }

  #notify(dialog: VirtualSipDialog, status: string, isLast: boolean): void {
    if (this.#parts.quirks.referProgress === 'silent') return;
    const told = dialog.request('NOTIFY', {
      headers: {
        Event: 'refer',
        'Subscription-State': isLast ? 'terminated;reason=noresource' : 'active;expires=60',
      },
      contentType: 'message/sipfrag;version=2.0',
      body: `SIP/2.0 ${status}\r\n`,
    });
    // Who has gone away is told nothing.
    told.catch(() => {});
  }
}

/** Whom a Refer-To names; empty: nobody, or nobody that can be read (RFC 3515, section 2.4.1: 400). */
const referredIn = (header = ''): string => {
  try {
    return decodeURIComponent(sipTargetOf(header).user);
  } catch {
    return '';
  }
};
