import { type CapabilityMap, notHere } from '@hookswitch/core';
import type { SnomPhone } from '../phone.ts';
import { checkSync } from '../wire/event-notify.ts';
import { outOfRange } from './arguments.ts';
import { inCall, MAX_ACCOUNTS } from './device.ts';
import { sendSip } from './send.ts';

/** Restarts the phone by check-sync, unless it has a call. */
export function rebootByNotify(): CapabilityMap['REBOOT'] {
  return {
    reboot: async ({ evenInCall }, context) => inCall(evenInCall, context) ?? sendSip(context, checkSync('true')),
  };
}

/**
 * Provisions the phone by check-sync. Where it may restart and has no call it does, since some settings are taken over
 * only then; else it reads its settings as it is.
 */
export function provisionByNotify(): CapabilityMap['PROVISION'] {
  return {
    provision: ({ allowReboot }, context) =>
      sendSip(context, checkSync(allowReboot && context.calls.length === 0 ? 'true' : 'false')),
  };
}

/** Registers all identities again by check-sync; one alone only where it is the only one that is known. */
export function reregisterByNotify(phone: SnomPhone): CapabilityMap['REREGISTER'] {
  return {
    async reregister({ account }, context) {
      const wrong = account === undefined ? null : outOfRange('account', account, MAX_ACCOUNTS);
      if (wrong !== null) return wrong;
      if (account !== undefined && (account !== 1 || phone.options.accounts.length !== 1)) {
        return notHere('check-sync registers all identities again, not one of several.');
      }
      return sendSip(context, checkSync('reregister-only'));
    },
  };
}
