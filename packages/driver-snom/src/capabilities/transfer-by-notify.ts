import { type CapabilityMap, type DriverContext, notHere, type Outcome } from '@hookswitch/core';
import type { SnomPhone } from '../phone.ts';
import { dialFragment, type Fragment, keyFragment } from '../wire/snom-xml-notify.ts';
import { undialable } from './arguments.ts';
import { notifyKeypad, sendFragment } from './keypad.ts';
import { inOrder } from './steps.ts';
import { noPair } from './transfer.ts';
import { chosenCall, outOfFocus, talking } from './which-call.ts';

/** Two fragments with a pause between them, as client code that was tried on a D862 sends them. */
interface Recipe {
  readonly first: Fragment;
  readonly second: Fragment;
  /** In what state the phone is after the first. */
  readonly left: string;
}

function follow(phone: SnomPhone, context: DriverContext, { first, second, left }: Recipe): Promise<Outcome> {
  return inOrder([
    { run: () => sendFragment(context, first) },
    {
      run: async () => {
        await context.clock.sleep(phone.options.notifyPauseMs);
        return sendFragment(context, second);
      },
      left,
    },
  ]);
}

/** A blind transfer by NOTIFY: `F_TRANSFER`, then the number. Not where the phone has two calls, which it would join. */
export function blindByNotify(phone: SnomPhone): CapabilityMap['TRANSFER_BLIND'] {
  return {
    async transfer({ call, to }, context) {
      const wrong = undialable('to', to) ?? outOfFocus(call, context, talking);
      if (wrong !== null) return wrong;
      if (context.calls.filter(talking).length > 1) return notHere('With two calls the TRANSFER key joins them.');
      return follow(phone, context, {
        first: keyFragment('F_TRANSFER'),
        second: dialFragment(to),
        left: 'TRANSFER was pressed.',
      });
    },
  };
}

/**
 * An attended transfer by NOTIFY: `F_HOLD`, the number; then `F_TRANSFER`, `F_OK`. HOLD is a toggle: it is left out where
 * the call is known to be held already. Given up by `F_CANCEL`, and `F_HOLD` takes the first call back.
 */
export function attendedByNotify(phone: SnomPhone): CapabilityMap['TRANSFER_ATTENDED'] {
  const { cancel, hold } = notifyKeypad(phone);
  return {
    async transfer({ call, to }, context) {
      const wrong = undialable('to', to) ?? outOfFocus(call, context, talking);
      if (wrong !== null) return wrong;
      const dial = dialFragment(to);
      if (chosenCall(call, context, talking)?.state === 'HELD') return sendFragment(context, dial);
      return follow(phone, context, { first: keyFragment(hold), second: dial, left: 'The call is held.' });
    },
    async completeTransfer(_, context) {
      const recipe = { first: keyFragment('F_TRANSFER'), second: keyFragment('F_OK'), left: 'TRANSFER was pressed.' };
      return noPair(context) ?? follow(phone, context, recipe);
    },
    async cancelTransfer(_, context) {
      const left = 'The consultation was ended, the first call is still held.';
      const recipe = { first: keyFragment(cancel), second: keyFragment(hold), left };
      return noPair(context) ?? follow(phone, context, recipe);
    },
  };
}
