import { type DriverContext, failed, invalidCallState, type Outcome, type SipRequest } from '@hookswitch/core';
import type { Traits } from '../traits.ts';
import {
  bodyObjection,
  type CheckSync,
  checkSyncNotify,
  dialNotify,
  keyNotify,
  type NotifyEvent,
  readNotifyReply,
  xmlNotify,
} from '../wire/notify.ts';
import type { DocumentWay, KeyWay } from './way.ts';

async function send(request: SipRequest, event: NotifyEvent, context: DriverContext): Promise<Outcome> {
  const reply = await context.sip.send(request);
  return readNotifyReply(reply, event, { repeatable: event === 'Yealink-xml' });
}

/**
 * The Action URI by SIP: `Event: ACTION-URI`. The phone asks no allow list, since its SIP server vouches for the sender
 * (`sip.trust_ctrl`), but `features.action_uri.enable` and the question "Allow remote control?". A 200 proves nothing,
 * and the question cannot be seen by SIP: there is no APPROVAL_PENDING on this way. No source shows a sequence of keys
 * here, so that one goes out only where the option `keySequences` is on.
 */
export function byNotify(traits: Traits): KeyWay {
  return {
    traits,
    canAsk: false,
    sequences: traits.options.keySequences === 'on',
    objectionTo: bodyObjection,
    press: (keys, context) => send(keyNotify(keys), 'ACTION-URI', context),
    dial: (number, account, context) =>
      send(dialNotify(traits.options.notifyDialForm, number, account), 'ACTION-URI', context),
  };
}

/** XML objects by SIP: `Event: Yealink-xml`, where the phone has `push_xml.sip_notify = 1`. A 200 proves nothing. */
export function byXmlNotify(traits: Traits): DocumentWay {
  return { traits, canAsk: false, push: (document, context) => send(xmlNotify(document), 'Yealink-xml', context) };
}

/**
 * `Event: check-sync`. `sip.notify_reboot_enable` of the phone decides: 0, it restarts for `reboot=true` alone and
 * fetches its provisioning files otherwise; 1, the vendor's default, it restarts whatever is asked; 2, it does nothing
 * and answers 200 nevertheless.
 */
export function checkSync(reboot: CheckSync, context: DriverContext): Promise<Outcome> {
  return send(checkSyncNotify(reboot), 'check-sync', context);
}

/**
 * A check-sync that asks for no restart, which holds where `sip.notify_reboot_enable` is 0. That cannot be read, so a
 * phone that is known to have a call is left alone.
 */
export async function checkSyncWithoutRestart(
  reboot: Exclude<CheckSync, 'true'>,
  context: DriverContext,
): Promise<Outcome> {
  const [call] = context.calls;
  if (call === undefined) return checkSync(reboot, context);
  return failed(
    invalidCallState(
      'The phone has a call, and with sip.notify_reboot_enable = 1 it would restart for a check-sync nevertheless. Try again after the call.',
      call.state,
    ),
  );
}
