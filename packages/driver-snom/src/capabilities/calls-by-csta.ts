import {
  ACCEPTED,
  type CapabilityMap,
  confirmed,
  type DriverContext,
  type KnownCall,
  notHere,
  type Outcome,
} from '@hookswitch/core';
import { isAtLeast } from '../firmware.ts';
import type { SnomPhone } from '../phone.ts';
import type { CstaMessage } from '../wire/csta-envelope.ts';
import {
  answerCall,
  clearConnection,
  conferenceCall,
  deflectCall,
  generateDigits,
  holdCall,
  makeCall,
  retrieveCall,
} from '../wire/csta-requests.ts';
import { refuse, undialable, wrongIdentity } from './arguments.ts';
import { wrongDigits } from './calls-by-keys.ts';
import { sendCsta } from './send.ts';
import { caught, isDone, withState } from './steps.ts';
import { type CallFilter, chosenId, cstaIdOf, inState, isAsWished, talking } from './which-call.ts';

const ringing = inState('RINGING');

/** A command about one call, by its csta_id. */
interface AboutCall {
  readonly call: KnownCall | undefined;
  readonly fits: CallFilter;
  readonly message: (id: string) => CstaMessage;
}

async function sendFor(phone: SnomPhone, context: DriverContext, { call, fits, message }: AboutCall): Promise<Outcome> {
  const chosen = chosenId(call, context, fits);
  return 'outcome' in chosen ? chosen.outcome : sendCsta(phone, context, message(chosen.id));
}

/**
 * The device that CSTA is told where no call is meant: an identity by its SIP URI, or from 8.7.4 by its index.
 * @returns null where the phone's identities are not known and its firmware takes no index.
 */
export function defaultDevice(phone: SnomPhone): string | null {
  const [account] = phone.options.accounts;
  if (account !== undefined) return `sip:${account}`;
  return phone.firmware === null || isAtLeast(phone.firmware, '8.7.4') ? '1' : null;
}

/** Dials by MakeCall. */
export function dialByCsta(phone: SnomPhone): CapabilityMap['DIAL'] {
  return {
    async dial({ to, from }, context) {
      const wrong = undialable('to', to) ?? wrongIdentity('from', from);
      if (wrong !== null) return wrong;
      const device = from === undefined ? defaultDevice(phone) : `sip:${from.replace(/^sips?:/i, '')}`;
      if (device === null) return notHere('Before firmware 8.7.4 CSTA needs an identity: set the option accounts.');
      return sendCsta(phone, context, makeCall(device, to));
    },
  };
}

/** Answers by AnswerCall. */
export function answerByCsta(phone: SnomPhone): CapabilityMap['ANSWER'] {
  return { answer: ({ call }, context) => sendFor(phone, context, { call, fits: ringing, message: answerCall }) };
}

/** Ends a call by ClearConnection. */
export function hangUpByCsta(phone: SnomPhone): CapabilityMap['HANG_UP'] {
  return {
    hangUp: ({ call }, context) => sendFor(phone, context, { call, fits: () => true, message: clearConnection }),
  };
}

/** Rejects a call by ClearConnection. */
export function rejectByCsta(phone: SnomPhone): CapabilityMap['REJECT'] {
  return { reject: ({ call }, context) => sendFor(phone, context, { call, fits: ringing, message: clearConnection }) };
}

/** Sends a ringing call elsewhere by DeflectCall. */
export function deflectByCsta(phone: SnomPhone): CapabilityMap['DEFLECT'] {
  return {
    async deflect({ call, to }, context) {
      const message = (id: string) => deflectCall(id, to);
      return undialable('to', to) ?? sendFor(phone, context, { call, fits: ringing, message });
    },
  };
}

/** Ends the named calls, each by ClearConnection; all that are known, where the phone has no page that ends all. */
export function hangUpAllByCsta(phone: SnomPhone): CapabilityMap['HANG_UP_ALL'] {
  return {
    async hangUpAll({ calls: named }, context) {
      if (named === undefined && phone.pages) return notHere('All calls are ended at once by RELEASE_ALL_CALLS.');
      if (named === undefined && context.calls.length === 0) {
        return notHere('CSTA ends calls by their ids, and no call of the phone is known: refreshCalls asks for them.');
      }
      const calls = named ?? context.calls;
      if (calls.length === 0) return confirmed(false);
      const ids = calls.flatMap((call) => cstaIdOf(call) ?? []);
      if (ids.length < calls.length) return notHere('The phone has not told the csta_id of every call.');
      for (const [index, id] of ids.entries()) {
        const run = () => sendCsta(phone, context, clearConnection(id));
        const outcome = await (index === 0 ? run() : caught(run));
        if (!isDone(outcome)) {
          return index === 0
            ? outcome
            : withState(outcome, `${index} of ${ids.length} calls were ended, the others go on.`);
        }
      }
      return ACCEPTED;
    },
  };
}

/** Holds by HoldCall, takes back by RetrieveCall: no toggle. */
export function holdByCsta(phone: SnomPhone): CapabilityMap['HOLD'] {
  return {
    async setHold({ call, held }, context) {
      const doubtful = context.doubtful?.has('HOLD') === true;
      if (!doubtful && isAsWished({ call, held }, context)) return confirmed(false);
      const fits = doubtful ? talking : inState(held ? 'CONNECTED' : 'HELD');
      return sendFor(phone, context, { call, fits, message: held ? holdCall : retrieveCall });
    },
  };
}

/** Sends DTMF by GenerateDigits. */
export function dtmfByCsta(phone: SnomPhone): CapabilityMap['DTMF'] {
  return {
    async sendDtmf({ call, digits }, context) {
      const message = (id: string) => generateDigits(id, digits);
      return wrongDigits(digits) ?? sendFor(phone, context, { call, fits: inState('CONNECTED'), message });
    },
  };
}

/** Joins two calls by ConferenceCall, which wants one held and one active. */
export function conferenceByCsta(phone: SnomPhone): CapabilityMap['CONFERENCE'] {
  return {
    async conference({ calls }, context) {
      if (calls !== undefined && calls.length < 2) return refuse('calls', 'A conference needs two calls.');
      const meant = calls ?? context.calls;
      if (meant.length !== 2) return notHere('ConferenceCall joins two calls.');
      const held = cstaIdOf(meant.find(inState('HELD')));
      const active = cstaIdOf(meant.find(inState('CONNECTED')));
      if (held === null || active === null) {
        return notHere('ConferenceCall needs the csta_id of a held call and of an active one.');
      }
      return sendCsta(phone, context, conferenceCall(held, active));
    },
  };
}
