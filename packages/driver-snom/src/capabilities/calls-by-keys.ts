import {
  type CapabilityMap,
  confirmed,
  type DriverContext,
  type KnownCall,
  notHere,
  type Outcome,
} from '@hookswitch/core';
import { cancelKey, conferenceKey, holdKey } from '../keys.ts';
import type { SnomPhone } from '../phone.ts';
import { dialRequest, dtmfRequest, keysRequest, releaseAllCallsRequest } from '../wire/command-htm.ts';
import { readDialReply } from '../wire/page-reply.ts';
import { refuse, undialable } from './arguments.ts';
import { sendPage } from './send.ts';
import { type CallFilter, chosenCall, inState, isAsWished, outOfFocus, talking } from './which-call.ts';

/** Presses one key for a command about a call. */
async function pressFor(
  context: DriverContext,
  key: string,
  about: { readonly call: KnownCall | undefined; readonly fits: CallFilter },
): Promise<Outcome> {
  return outOfFocus(about.call, context, about.fits) ?? sendPage(context, keysRequest([{ key }]));
}

/** Dials by `number=`, from an identity if one is named. */
export function dialByPage(): CapabilityMap['DIAL'] {
  return {
    async dial({ to, from }, context) {
      const wrong = undialable('to', to);
      if (wrong !== null) return wrong;
      if (from !== undefined && !/^[^@\s]+@[^@\s]+$/.test(from)) {
        return refuse('from', 'The identity to dial from, as user@host.');
      }
      return sendPage(context, dialRequest(to, from?.replace(/^sips?:/i, '')), readDialReply);
    },
  };
}

/** Answers with the key of the option `answerKey`. */
export function answerByKey(phone: SnomPhone): CapabilityMap['ANSWER'] {
  return {
    answer: ({ call }, context) => pressFor(context, phone.options.answerKey, { call, fits: inState('RINGING') }),
  };
}

/** Ends the call in focus: CANCEL, on 1xx and 2xx DISCONNECT. */
export function hangUpByKey(phone: SnomPhone): CapabilityMap['HANG_UP'] {
  return { hangUp: ({ call }, context) => pressFor(context, cancelKey(phone), { call, fits: () => true }) };
}

/** Rejects the call that rings: CANCEL, on 1xx and 2xx DISCONNECT. */
export function rejectByKey(phone: SnomPhone): CapabilityMap['REJECT'] {
  return { reject: ({ call }, context) => pressFor(context, cancelKey(phone), { call, fits: inState('RINGING') }) };
}

/** Ends all calls that the phone has; some of them only where they are all that it has. */
export function hangUpAllByPage(): CapabilityMap['HANG_UP_ALL'] {
  return {
    async hangUpAll({ calls }, context) {
      if (calls?.length === 0) return confirmed(false);
      if (calls !== undefined && !areAll(calls, context)) {
        return notHere('RELEASE_ALL_CALLS ends every call, and not all are meant.');
      }
      return sendPage(context, releaseAllCallsRequest());
    },
  };
}

/**
 * Presses the HOLD key, which is a toggle: where the gateway knows that the call already is as wished, nothing is sent.
 * It acts on the call in focus, so it cannot take a held call back beside one in conversation: it would hold that one.
 */
export function holdByKey(phone: SnomPhone): CapabilityMap['HOLD'] {
  return {
    async setHold({ call, held }, context) {
      if (isAsWished({ call, held }, context)) return confirmed(false);
      if (!held && context.calls.some(inState('CONNECTED'))) {
        return notHere('The HOLD key would hold the call in conversation: end or hold that one first.');
      }
      return pressFor(context, holdKey(phone), { call, fits: talking });
    },
  };
}

/** Presses the MUTE key, which is a toggle; CSTA has nothing for it. */
export function muteByKey(): CapabilityMap['MUTE'] {
  return {
    async setMuted({ muted }, context) {
      if (chosenCall(undefined, context, talking)?.muted === muted) return confirmed(false);
      return sendPage(context, keysRequest([{ key: 'MUTE' }]));
    },
  };
}

/** Sends DTMF into the active call. */
export function dtmfByPage(): CapabilityMap['DTMF'] {
  return {
    async sendDtmf({ call, digits }, context) {
      return (
        wrongDigits(digits) ?? outOfFocus(call, context, inState('CONNECTED')) ?? sendPage(context, dtmfRequest(digits))
      );
    },
  };
}

/** Why digits cannot be sent; null: they can. */
export function wrongDigits(digits: string): Outcome<never> | null {
  return /^[0-9*#]+$/.test(digits)
    ? null
    : refuse('digits', 'Snom phones send the digits of the keypad: 0 to 9, * and #.');
}

/** Presses the conference key, which joins all calls that the phone has. */
export function conferenceByKey(phone: SnomPhone): CapabilityMap['CONFERENCE'] {
  return {
    async conference({ calls }, context) {
      if (calls !== undefined && calls.length < 2) return refuse('calls', 'A conference needs two calls.');
      if (calls !== undefined && !areAll(calls, context))
        return notHere('The key joins all calls, and not all are meant.');
      return sendPage(context, keysRequest([{ key: conferenceKey(phone) }]));
    },
  };
}

/** Whether these are all calls that the phone is known to have. */
function areAll(calls: readonly KnownCall[], context: DriverContext): boolean {
  return context.calls.every(({ id }) => calls.some((call) => call.id === id));
}
