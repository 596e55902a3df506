import { setTimeout as delay } from 'node:timers/promises';
import type { Admission, CallLeg, EndReason, PhoneAccount, VirtualEndpoint } from '@hookswitch/driver-kit/virtual';
import { firmwareAtLeast } from '../firmware.ts';
import type { SnomParts } from '../parts.ts';
import { tellConference, tellEnd, tellHandedOn, tellMonitors, tellTransferred } from '../sip/csta-events.ts';

/** Since when `action_blacklist_url` is asked. */
const BLACKLIST_SINCE = '8.9.3.70';

/** An identity as the exchange sees it: what happens to its calls becomes action URLs, lists, lights. */
export const endpointFor = (parts: SnomParts, account: PhoneAccount): VirtualEndpoint => {
  /** The held call of a transfer after a consultation, until the other call has ended too. */
  let transferred: CallLeg | undefined;
  return {
    number: account.number,
    displayName: account.displayName,
    domain: account.domain,
    nextLegId: () => parts.telephony.nextLegId(),
    admit: () => admission(parts),
    onIncoming: (leg) => void offer(parts, account, leg),
    onDialing: (leg) => {
      parts.telephony.changed();
      void parts.reporter.report('action_outgoing_url', { leg });
      tellMonitors(parts, 'dialing', leg);
    },
    onRinging: (leg) => {
      parts.telephony.changed();
      tellMonitors(parts, 'ringing', leg);
      parts.sip?.referrals.ringing(leg);
    },
    onAnswered: (leg) => {
      if (leg.direction === 'incoming') parts.callLists.add('received', leg.remote);
      parts.telephony.changed();
      void parts.reporter.report('action_connected_url', { leg });
      tellMonitors(parts, 'answered', leg);
      parts.sip?.referrals.answered(leg);
    },
    onHeld: (leg) => {
      parts.telephony.changed();
      void parts.reporter.report('action_hold', { leg });
      tellMonitors(parts, 'held', leg);
    },
    onResumed: (leg) => {
      parts.telephony.changed();
      void parts.reporter.report('action_unhold', { leg });
      tellMonitors(parts, 'resumed', leg);
    },
    onRemoteHeld: (leg) => tellMonitors(parts, 'remoteHeld', leg),
    onRemoteResumed: (leg) => tellMonitors(parts, 'remoteResumed', leg),
    onConference: (legs) => tellConference(parts, legs),
    onRemoteChanged: (leg, kind) => {
      parts.redraw();
      tellHandedOn(parts, leg, kind);
      // The target of an attended transfer is who gets the INVITE with Replaces, and it had been called. While its phone
      // rings there is no such INVITE: it cannot replace an early dialog of the other side's (RFC 3891, section 3).
      if (kind === 'attended' && leg.direction === 'incoming' && leg.state !== 'ringing')
        void parts.reporter.report('action_received_attended_transfer', { leg });
    },
    onTransferFinished: (leg, kind) => {
      void parts.reporter.report('action_transfer', { leg });
      void parts.reporter.report(kind === 'blind' ? 'action_blind_transfer' : 'action_attended_transfer', { leg });
      if (kind === 'blind') tellTransferred(parts, leg, undefined);
      else transferred = leg;
    },
    onEnded: (leg, reason) => {
      ended(parts, leg, reason);
      if (reason !== 'transferred' || transferred === undefined || transferred === leg) return;
      tellTransferred(parts, transferred, leg);
      transferred = undefined;
    },
  };
};

const admission = ({ features, telephony }: SnomParts): Admission => {
  if (features.isOn('dnd')) return 'busy';
  const always = features.forward('always');
  if (always.on && always.target !== '') return { forwardTo: always.target };
  const busy = features.forward('busy');
  return busy.on && busy.target !== '' && telephony.legs.length > 0 ? { forwardTo: busy.target } : 'ring';
};

/** Asks the blacklist, then lets the call ring. A call refused by it leaves no trace on the phone. */
const offer = async (parts: SnomParts, account: PhoneAccount, leg: CallLeg): Promise<void> => {
  const { telephony, memory, reporter, features } = parts;
  if (memory.get('action_blacklist_url') !== '' && firmwareAtLeast(parts.firmware, BLACKLIST_SINCE)) {
    telephony.hide(leg, true);
    const refused = await isBlacklisted(parts, leg);
    if (leg.state !== 'ringing') return;
    telephony.hide(leg, false);
    if (refused) {
      telephony.end(leg);
      telephony.hide(leg, true);
      return;
    }
  }
  telephony.changed();
  void reporter.report('action_incoming_url', { leg });
  tellMonitors(parts, 'incoming', leg);
  const later = features.forward('noAnswer');
  if (later.on && later.target !== '') {
    const timer = setTimeout(() => telephony.deflect(leg, later.target), later.afterSeconds * 1000);
    timer.unref();
  }
  if (memory.isOn(`user_auto_connect${account.index}`)) telephony.answer(leg);
};

/** A 200 refuses the call; anything else, and no answer in time, lets it ring. */
const isBlacklisted = async (parts: SnomParts, leg: CallLeg): Promise<boolean> => {
  const giveUp = new AbortController();
  const waitMs = Number(parts.memory.get('remote_blacklist_action_timer')) * 1000;
  const tooLate = delay(waitMs, undefined, { signal: giveUp.signal, ref: false }).catch(() => undefined);
  const fired = await Promise.race([parts.reporter.report('action_blacklist_url', { leg }), tooLate]);
  giveUp.abort();
  return fired?.reply?.status === 200;
};

const ended = (parts: SnomParts, leg: CallLeg, reason: EndReason): void => {
  const { telephony, reporter, callLists, memory } = parts;
  if (telephony.isHidden(leg)) {
    telephony.hide(leg, false);
    return;
  }
  const wasTaken = leg.answeredAt !== undefined || leg.direction === 'outgoing';
  if (wasTaken || (reason === 'rejected' && memory.isOn('disconnected_url_on_reject'))) {
    void reporter.report('action_disconnected_url', { leg });
  } else if (reason === 'remoteCancelled' || reason === 'missed') {
    callLists.add('missed', leg.remote);
    void reporter.report('action_missed_url', { leg });
  }
  tellEnd(parts, leg, reason);
  parts.sip?.referrals.ended(leg, reason);
  // Last, since the URL still tells the call's key.
  telephony.changed();
};
