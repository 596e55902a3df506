import {
  type RecordedSipRequest,
  sipTargetOf,
  type VirtualSipDialog,
  type VirtualSipReply,
} from '@hookswitch/driver-kit/virtual';
import { firmwareAtLeast } from '../firmware.ts';
import type { SnomParts } from '../parts.ts';

/** Since when `answer_after_policy` has `not_busy`. */
const NOT_BUSY_SINCE = '8.7.4.8';

/**
 * An INVITE that is no CSTA: answered where it asks for that and `answer_after_policy` lets it, else nobody takes it,
 * since the calls of a virtual phone come by its exchange.
 */
export const answerInvite = (parts: SnomParts, { headers }: RecordedSipRequest): VirtualSipReply => {
  const isAsked = /\binfo=alert-autoanswer\b/i.test(headers['alert-info'] ?? '');
  if (!isAsked || !answersByItself(parts)) return { status: 480 };
  parts.effects.record({ type: 'autoAnswered' });
  return { status: 200, contentType: 'application/sdp', body: silence(parts.host) };
};

const answersByItself = ({ memory, telephony, firmware }: SnomParts): boolean => {
  const policy = memory.get('answer_after_policy');
  if (policy === 'always') return true;
  const isKnown = policy === 'idle' || (policy === 'not_busy' && firmwareAtLeast(firmware, NOT_BUSY_SINCE));
  return isKnown && telephony.legs.length === 0;
};

/** A description of sound that nobody sends: port 9 and `inactive`. */
const silence = (host: string): string =>
  ['v=0', `o=- 0 0 IN IP4 ${host}`, 's=-', `c=IN IP4 ${host}`, 't=0 0', 'm=audio 9 RTP/AVP 8 0', 'a=inactive', ''].join(
    '\r\n',
  );

/** A REFER within such a call: the phone dials, and tells so by NOTIFY (RFC 3515). */
export const answerRefer = (
  parts: SnomParts,
  { headers }: RecordedSipRequest,
  dialog: VirtualSipDialog | undefined,
): VirtualSipReply => {
  if (dialog === undefined) return { status: 481 };
  const target = headers['refer-to'] ?? '';
  const { user } = sipTargetOf(target);
  if (user === '') return { status: 400 };
  return {
    status: 202,
    afterwards: () => {
      const worked = parts.telephony.dial(decodeURIComponent(user)) !== undefined;
      const told = dialog.request('NOTIFY', {
        headers: { Event: 'refer', 'Subscription-State': 'terminated;reason=noresource' },
        contentType: 'message/sipfrag;version=2.0',
        body: worked ? 'SIP/2.0 200 OK\r\n' : 'SIP/2.0 503 Service Unavailable\r\n',
      });
      // Who has gone away is told nothing.
      told.catch(() => {});
    },
  };
};
