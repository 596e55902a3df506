import type { RecordedSipRequest, VirtualSipReply } from '@hookswitch/driver-kit/virtual';
import { firmwareAtLeast } from '../firmware.ts';
import type { SnomParts } from '../parts.ts';
import { headerOf } from './header.ts';

/** Since when `answer_after_policy` has `not_busy`. */
const NOT_BUSY_SINCE = '8.7.4.8';

/**
 * An INVITE that is no CSTA: answered where it asks for that and `answer_after_policy` lets it, else nobody takes it,
 * since the calls of a virtual phone come by its exchange.
 */
export const answerInvite = (parts: SnomParts, request: RecordedSipRequest): VirtualSipReply => {
  const isAsked = /\binfo=alert-autoanswer\b/i.test(headerOf(request, 'alert-info'));
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
