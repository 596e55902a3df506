import type { CallLeg } from '@hookswitch/driver-kit/virtual';
import { VirtualSnomPhone } from '@hookswitch/driver-snom/virtual';
import type { FleetPhone } from './fleet.ts';

/** What somebody does by hand at a phone. Where the phone is not in the state for it, nothing happens. */
export interface Person {
  dial(to: string): void;
  answer(): void;
  /** Snom phones send no event for it. */
  reject(): void;
  /** Ends the call in the ear. */
  hangUp(): void;
  /** Holds the call in the ear, or takes a held one back. */
  toggleHold(): void;
  transferBlind(to: string): void;
  /** Holds the call and calls somebody else. */
  consult(to: string): void;
  completeTransfer(): void;
}

/** Who sits before that phone. */
export function personAt({ phone }: FleetPhone): Person {
  if (phone instanceof VirtualSnomPhone) return atSnom(phone);
  const { user } = phone;
  return {
    dial: (to) => void user.dial(to),
    answer: () => void user.answer(),
    reject: () => void user.reject(),
    hangUp: () => user.hangUp(),
    toggleHold: () => user.press('F_HOLD'),
    transferBlind(to) {
      user.press('F_TRANSFER');
      user.type(to);
      user.press('F_TRANSFER');
    },
    consult(to) {
      user.press('F_TRANSFER');
      user.type(`${to}#`);
    },
    completeTransfer: () => user.press('F_TRANSFER'),
  };
}

function atSnom({ telephony }: VirtualSnomPhone): Person {
  const on = (act: (leg: CallLeg) => unknown): void => {
    const leg = telephony.focus;
    if (leg !== undefined) act(leg);
  };
  return {
    dial: (to) => void telephony.dial(to),
    answer: () => void (telephony.ringing && telephony.answer(telephony.ringing)),
    reject: () => void (telephony.ringing && telephony.end(telephony.ringing)),
    hangUp: () => on((leg) => telephony.end(leg)),
    toggleHold: () => on((leg) => telephony.hold(leg) || telephony.resume(leg)),
    transferBlind: (to) => on((leg) => telephony.blindTransfer(leg, to)),
    consult: (to) => void telephony.dial(to),
    completeTransfer() {
      const held = telephony.legs.find(({ state }) => state === 'held');
      on((leg) => held !== undefined && held !== leg && telephony.attendedTransfer(held, leg));
    },
  };
}
