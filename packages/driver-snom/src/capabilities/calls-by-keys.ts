import {
  beforeToggle,
  type CapabilityMap,
  confirmed,
  type DriverContext,
  type KnownCall,
  notHere,
  type Outcome,
} from '@hookswitch/core';
import { dialRequest, dtmfRequest, releaseAllCallsRequest } from '../wire/command-htm.ts';
import { readDialReply } from '../wire/page-reply.ts';
import { refuse, undialable, wrongIdentity } from './arguments.ts';
import type { Keypad } from './keypad.ts';
import { sendPage } from './send.ts';
import { type CallFilter, chosenCall, inState, isAsWished, outOfFocus, talking } from './which-call.ts';

/** Presses one key for a command about a call. */
async function pressFor(
  context: DriverContext,
  press: () => Promise<Outcome>,
  about: { readonly call: KnownCall | undefined; readonly fits: CallFilter },
): Promise<Outcome> {
  return outOfFocus(about.call, context, about.fits) ?? press();
}

/** Dials by `number=`, from an identity if one is named. */
export function dialByPage(): CapabilityMap['DIAL'] {
  return {
    async dial({ to, from }, context) {
      const wrong = undialable('to', to) ?? wrongIdentity('from', from);
      if (wrong !== null) return wrong;
      return sendPage(context, dialRequest(to, from?.replace(/^sips?:/i, '')), readDialReply);
    },
  };
}

/** Answers with the keypad's key for it. */
export function answerByKey({ press, answer }: Keypad): CapabilityMap['ANSWER'] {
  return {
    answer: ({ call }, context) => pressFor(context, () => press(context, answer), { call, fits: inState('RINGING') }),
  };
}

/** Ends the call in focus. */
export function hangUpByKey({ press, cancel }: Keypad): CapabilityMap['HANG_UP'] {
  return {
    hangUp: ({ call }, context) => pressFor(context, () => press(context, cancel), { call, fits: () => true }),
  };
}

/** Rejects the call that rings. */
export function rejectByKey({ press, cancel }: Keypad): CapabilityMap['REJECT'] {
  return {
    reject: ({ call }, context) => pressFor(context, () => press(context, cancel), { call, fits: inState('RINGING') }),
  };
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
 * Presses the HOLD key, which is a toggle: where the gateway knows that the call already is as wished, nothing is sent;
 * where it does not know how the call stands, policy decides.
 * It acts on the call in focus, so it cannot take a held call back beside one in conversation: it would hold that one.
 */
export function holdByKey({ press, hold }: Keypad): CapabilityMap['HOLD'] {
  return {
    async setHold({ call, held }, context) {
      const known = heldNow({ call, held }, context);
      const early = known === held ? beforeToggle(context, { name: 'HOLD', wished: held, known }) : null;
      if (early !== null) return early;
      if (!held && context.calls.some(inState('CONNECTED'))) {
        return notHere('The HOLD key would hold the call in conversation: end or hold that one first.');
      }
      const run = async () => beforeToggle(context, { name: 'HOLD', wished: held, known }) ?? press(context, hold);
      return pressFor(context, run, { call, fits: talking });
    },
  };
}

/** Whether the call that the wish is about is held: as wished, or otherwise; null: no call is known. */
function heldNow(wish: { readonly call?: KnownCall | undefined; readonly held: boolean }, context: DriverContext) {
  if (isAsWished(wish, context)) return wish.held;
  return wish.call !== undefined || context.calls.some(talking) ? !wish.held : null;
}

/**
 * Presses the MUTE key, which is a toggle; CSTA has nothing for it. Snom phones do not report it, so that policy decides
 * wherever nothing else tells how it stands.
 */
export function muteByKey({ press, mute }: Keypad): CapabilityMap['MUTE'] {
  return {
    async setMuted({ muted }, context) {
      const known = chosenCall(undefined, context, talking)?.muted ?? null;
      return beforeToggle(context, { name: 'MUTE', wished: muted, known }) ?? press(context, mute);
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
export function conferenceByKey({ press, conference }: Keypad): CapabilityMap['CONFERENCE'] {
  return {
    async conference({ calls }, context) {
      if (calls !== undefined && calls.length < 2) return refuse('calls', 'A conference needs two calls.');
      if (calls !== undefined && !areAll(calls, context))
        return notHere('The key joins all calls, and not all are meant.');
      return press(context, conference);
    },
  };
}

/** Whether these are all calls that the phone is known to have. */
function areAll(calls: readonly KnownCall[], context: DriverContext): boolean {
  return context.calls.every(({ id }) => calls.some((call) => call.id === id));
}
