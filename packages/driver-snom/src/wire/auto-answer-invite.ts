import type { SipInvitation } from '@hookswitch/core';

/** How long the phone may ring: one that answers by itself does so at once. */
const ANSWER_MS = 10_000;

// Held from the start (address 0.0.0.0, RFC 2543's hold), so that no sound is sent before the REFER: as the script
// ctd.sh of SIP Express Router has it for click-to-dial.
const silentOffer = [
  'v=0',
  'o=- 0 0 IN IP4 0.0.0.0',
  's=-',
  'c=IN IP4 0.0.0.0',
  't=0 0',
  'm=audio 9 RTP/AVP 8 0',
  'a=rtpmap:8 PCMA/8000',
  'a=rtpmap:0 PCMU/8000',
  '',
].join('\r\n');

/**
 * An INVITE that a phone answers by itself where its setting `answer_after_policy` lets it ("Remote phone control"; the
 * address in the header is lost there, and any will do).
 */
export function autoAnswerInvitation(): SipInvitation {
  return {
    headers: { 'Alert-Info': '<http://127.0.0.1>;info=alert-autoanswer;delay=0' },
    contentType: 'application/sdp',
    body: silentOffer,
    timeoutMs: ANSWER_MS,
  };
}

/** RFC 3261 section 25.1, without headers: those could begin another call or replace one. */
const SIP_URI =
  /^sips?:(?:[\w\-.!~*'()&=+$,;?/]|%[0-9A-F]{2})+@(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?(?:;[\w\-.!~*'()[\]/:&+$%=]+)*$/i;

/**
 * The SIP URI that a REFER names: a number at the identity's own domain, or the URI that was given.
 * @param to without control characters and halves of characters
 * @returns null where it is none
 */
export function referTarget(to: string, account: string): string | null {
  if (/^tel:[\d+*#().-]+$/i.test(to)) return to;
  if (/^sips?:/i.test(to)) return SIP_URI.test(to) ? to : null;
  const user = (text: string) => encodeURIComponent(text).replaceAll('%2B', '+');
  if (!to.includes('@')) return `sip:${user(to)}@${account.slice(account.lastIndexOf('@') + 1)}`;
  const at = to.lastIndexOf('@');
  const uri = `sip:${user(to.slice(0, at))}@${to.slice(at + 1)}`;
  return SIP_URI.test(uri) ? uri : null;
}
