import { ACCEPTED, type CapabilityMap, confirmed, notHere, type Outcome } from '@hookswitch/core';
import { wireKeyOf } from '../keys.ts';
import type { SnomPhone } from '../phone.ts';
import { talkOrHold } from '../wire/event-notify.ts';
import { dialFragment, keyFragment } from '../wire/snom-xml-notify.ts';
import { refuse, undialable } from './arguments.ts';
import { notifyKeypad, sendFragment } from './keypad.ts';
import { MAX_TIME_MS } from './keys.ts';
import { sendSip } from './send.ts';
import { caught, isDone, withState } from './steps.ts';
import { inState, isAsWished, outOfFocus, talking } from './which-call.ts';

// Measured on a D862, where each was sent to answer a call.
const DEAD_KEYS: readonly string[] = ['OFFHOOK', 'ANSWER', 'F_ANSWER', 'OK'];

/** What keys are called where the name for `command.htm` is not the one that was tried by NOTIFY. */
function fragmentKey(wire: string, phone: SnomPhone): string {
  const { cancel, mute, doNotDisturb } = notifyKeypad(phone);
  const names: Readonly<Record<string, string>> = {
    CANCEL: cancel,
    MUTE: mute,
    DND: doNotDisturb,
    TRANSFER: 'F_TRANSFER',
  };
  return names[wire] ?? wire;
}

/** Each key by a NOTIFY of its own, with a pause between them. */
export function keysByNotify(phone: SnomPhone): CapabilityMap['PRESS_KEYS'] {
  return {
    async pressKeys({ keys }, context) {
      if (keys.length === 0) return refuse('keys', 'There is no key to press.');
      const presses: { readonly key: string; readonly pauseMs: number }[] = [];
      for (const [index, { key, holdMs, pauseMs = phone.options.notifyPauseMs }] of keys.entries()) {
        const wire = wireKeyOf(key, phone);
        if ('refused' in wire) return refuse(`keys.${index}.key`, wire.refused);
        if (DEAD_KEYS.includes(wire.wire)) {
          return refuse(`keys.${index}.key`, `By SIP the key ${wire.wire} was measured to do nothing; OK answers.`);
        }
        if (holdMs !== undefined) return refuse(`keys.${index}.holdMs`, 'By SIP a key cannot be held down.');
        if (!Number.isInteger(pauseMs) || pauseMs < 0 || pauseMs > MAX_TIME_MS) {
          return refuse(`keys.${index}.pauseMs`, `A whole number of milliseconds, 0 to ${MAX_TIME_MS}.`);
        }
        presses.push({ key: fragmentKey(wire.wire, phone), pauseMs });
      }
      let waitMs: number | null = null;
      for (const [index, { key, pauseMs }] of presses.entries()) {
        if (waitMs !== null) await context.clock.sleep(waitMs);
        waitMs = pauseMs;
        const press = () => sendFragment(context, keyFragment(key));
        const outcome = await (index === 0 ? press() : caught(press));
        if (isDone(outcome)) continue;
        return index === 0 ? outcome : withState(outcome, `${index} of ${presses.length} keys were pressed.`);
      }
      return ACCEPTED;
    },
  };
}

/** Dials by `numberdial`, from the identity that the phone has in use. */
export function dialByNotify(): CapabilityMap['DIAL'] {
  return {
    async dial({ to, from }, context) {
      const wrong = undialable('to', to);
      if (wrong !== null) return wrong;
      if (from !== undefined) return notHere('A number in a NOTIFY is dialled from the identity in use.');
      return sendFragment(context, dialFragment(to));
    },
  };
}

/** Answers by `Event: talk`. */
export function answerByTalk(): CapabilityMap['ANSWER'] {
  return {
    answer: async ({ call }, context) =>
      outOfFocus(call, context, inState('RINGING')) ?? sendSip(context, talkOrHold('talk')),
  };
}

/** Holds by `Event: hold`, takes back by `Event: talk`: no toggle. */
export function holdByEvent(): CapabilityMap['HOLD'] {
  return {
    async setHold({ call, held }, context): Promise<Outcome> {
      const doubtful = context.doubtful?.has('HOLD') === true;
      if (!doubtful && isAsWished({ call, held }, context)) return confirmed(false);
      return outOfFocus(call, context, talking) ?? sendSip(context, talkOrHold(held ? 'hold' : 'talk'));
    },
  };
}
