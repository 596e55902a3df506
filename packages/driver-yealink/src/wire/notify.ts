import {
  ACCEPTED,
  failed,
  isSipNotHere,
  notHere,
  type Outcome,
  phoneRejected,
  phoneUnauthorized,
  type SipReply,
  type SipRequest,
} from '@hookswitch/core';

/** What can stand in the body: the characters that fspbx lets through. The body knows no escapes. */
const BODY_TEXT = /^[A-Za-z0-9_*#+.@:-]+$/;

/** Why a text cannot stand in the body of an `ACTION-URI` NOTIFY, for people; null: it can. */
export function bodyObjection(text: string): string | null {
  return BODY_TEXT.test(text) ? null : 'By SIP NOTIFY only letters, digits and _ * # + . @ : - can be sent.';
}

/**
 * A NOTIFY outside of any dialog. It ends the subscription that nobody has: RFC 6665 demands the header, some user
 * agents refuse a NOTIFY without it, and Asterisk, by which wazo-phoned sends, writes it so.
 */
function notify(event: string, rest: Omit<SipRequest, 'method' | 'headers'> = {}): SipRequest {
  return { method: 'NOTIFY', headers: { Event: event, 'Subscription-State': 'terminated' }, ...rest };
}

const actionUri = (body: string): SipRequest => notify('ACTION-URI', { contentType: 'message/sipfrag', body });

/** `key=OK`, and nothing behind it: the vendor's example has 6 octets. The keys come as for a URL; here they are not. */
export function keyNotify(keys: readonly string[]): SipRequest {
  return actionUri(`key=${keys.map((key) => decodeURIComponent(key)).join(';')}`);
}

/** How a number to dial is written: see the option `notifyDialForm`. */
export type NotifyDialForm = 'number' | 'key';

/**
 * `number=1234&outgoing_uri=sip:1006@10.3.5.199`, as fspbx dials, or `key=number=1234&outgoing_uri=1006@10.3.5.199`, as
 * the guide's rule for all bodies and its table of values say.
 */
export function dialNotify(form: NotifyDialForm, number: string, account: string | undefined): SipRequest {
  const [before, scheme] = form === 'key' ? ['key=', ''] : ['', 'sip:'];
  const from = account === undefined ? '' : `&outgoing_uri=${scheme}${account}`;
  return actionUri(`${before}number=${number}${from}`);
}

/** An XML object, without the `xml=` that HTTP has before it: as CTI servers send it. */
export function xmlNotify(document: string): SipRequest {
  const headers = { Event: 'Yealink-xml', 'Subscription-State': 'active' };
  return { method: 'NOTIFY', headers, contentType: 'application/xml', body: document };
}

/** What a phone may be asked to do by check-sync. `reregister-only` is known of Snom phones alone. */
export type CheckSync = 'true' | 'false' | 'reregister-only';

/** `Event: check-sync;reboot=true`: what it does is up to the phone's `sip.notify_reboot_enable`. */
export function checkSyncNotify(reboot: CheckSync): SipRequest {
  return notify(`check-sync;reboot=${reboot}`);
}

/** What was sent: it decides which settings may stand in the way. */
export type NotifyEvent = 'ACTION-URI' | 'Yealink-xml' | 'check-sync';

const FORBIDDEN: Readonly<Record<NotifyEvent, string>> = {
  'ACTION-URI':
    'The phone refuses remote control by SIP (403). See that features.action_uri.enable is 1, that nobody has to allow it on the display (features.show_action_uri_option = 0), and that the NOTIFY comes from its SIP server or outbound proxy where sip.trust_ctrl is 1.',
  'Yealink-xml':
    'The phone refuses XML by SIP (403). Set push_xml.sip_notify to 1, and see that the NOTIFY comes from its SIP server or outbound proxy where sip.trust_ctrl is 1.',
  'check-sync':
    'The phone refuses check-sync (403). Where sip.trust_ctrl is 1 it takes it from its SIP server or outbound proxy only.',
};

/** Statuses by which the phone, or whoever answers for it, says: not now. */
const REFUSED: Readonly<Record<number, string>> = {
  480: 'The phone is not registered or not to be reached now (480).',
  486: 'The phone is busy and refuses (486).',
  603: 'The phone declines (603).',
};

/**
 * Reads the reply to a NOTIFY. A 200 says that the phone has it, not that it did anything: wrong keys, keys that fit
 * no call and the question "Allow remote control?" on its display look the same from here.
 * @param repeatable whether giving it again does no harm: after a 5xx nobody knows how far the phone came
 */
export function readNotifyReply(
  { status, reason }: SipReply,
  event: NotifyEvent,
  { repeatable }: { readonly repeatable: boolean },
): Outcome {
  if (status >= 200 && status < 300) return ACCEPTED;
  if (isSipNotHere(status)) return notHere(`The phone does not take Event: ${event} by SIP (${status} ${reason}).`);
  if (status === 401 || status === 407)
    return failed(phoneUnauthorized('The phone refuses user and password for SIP.'));
  const message =
    (status === 403 ? FORBIDDEN[event] : REFUSED[status]) ?? `The phone answered the NOTIFY with ${status} ${reason}.`;
  const retryable = repeatable && status >= 500 && status < 600;
  return failed(phoneRejected(message, { phoneStatus: status, retryable }));
}
