import type { ReferProgress } from '@hookswitch/core';
import { bodyText, type SipRequest } from '@hookswitch/sip';

/** What a NOTIFY tells of a REFER. */
export interface ReferNotify {
  /** Null: its body tells nothing. */
  readonly progress: ReferProgress | null;
  /** The phone has ended its telling. */
  readonly isLast: boolean;
}

const STATUS_LINE = /^SIP\/2\.0 ([1-6]\d\d)(?: ([^\r\n]*))?/;

/** Reads a NOTIFY about a REFER (RFC 3515, section 2.4; RFC 3420 for its body). @returns null where it is another one */
export function parseReferNotify(request: SipRequest): ReferNotify | null {
  const [event = ''] = (request.headers.get('event') ?? '').split(';', 1);
  if (event.trim().toLowerCase() !== 'refer') return null;
  const [type = ''] = (request.headers.get('content-type') ?? '').split(';', 1);
  const isFragment = type.trim().toLowerCase() === 'message/sipfrag';
  const [, status, reason = ''] = (isFragment ? STATUS_LINE.exec(bodyText(request)) : null) ?? [];
  return {
    progress: status === undefined ? null : { status: Number(status), reason },
    isLast: /^\s*terminated\b/i.test(request.headers.get('subscription-state') ?? ''),
  };
}
