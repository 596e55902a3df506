import type { CallState, CommandName } from '@hookswitch/core';

/**
 * What judges a command while others wait for their proof. EXPECTED: the calls as those would leave them. EITHER: these
 * or the calls as reported, for what does no harm where it comes too late. BOTH: for what would hit the caller's call
 * where the other one, that is expected, has not come about.
 */
type JudgedBy = 'EXPECTED' | 'EITHER' | 'BOTH';

/** What a command needs of the phone's calls. */
export interface CallNeed {
  /** States of the call that the command names, or of some call where it names none. */
  readonly states: readonly CallState[];
  /** So many calls in these states. Left out: one. */
  readonly atLeast?: number;
  /** For people, where no call fits. */
  readonly otherwise: string;
  /** Left out: EXPECTED. */
  readonly judgedBy?: JudgedBy;
  /** Not on a call that an earlier command is transferring. */
  readonly notInTransfer?: true;
  /**
   * Without such a call it does what nobody wished: it dials, ends another call, or opens what the keys mean elsewhere.
   * Left out: then it does nothing, or what it does is checked where its key is pressed.
   */
  readonly harmsWithout?: true;
}

const RINGING = ['RINGING'] as const;
const TALKING = ['CONNECTED', 'HELD'] as const;
const PLACED = ['DIALING', ...TALKING] as const;
const ANY = ['RINGING', ...PLACED] as const;

const NO_PAIR = 'There is no consultation: the phone has no two calls.';

/** Commands that no phone of any vendor can obey without such a call. */
export const CALL_NEEDS: Partial<Record<CommandName, CallNeed>> = {
  answer: { states: RINGING, otherwise: 'No call rings.' },
  // On keys it is the one that ends the call in focus.
  reject: { states: RINGING, otherwise: 'No call rings.', harmsWithout: true },
  deflect: { states: RINGING, otherwise: 'No call rings.', harmsWithout: true },
  hangUp: { states: ANY, otherwise: 'The phone has no call.', judgedBy: 'EITHER' },
  setHold: { states: TALKING, otherwise: 'The phone has no call that could be held or resumed.' },
  setMuted: { states: PLACED, otherwise: 'The phone has no call that could be muted.' },
  // Digits that nobody hears are a number to dial.
  sendDtmf: { states: ['CONNECTED'], otherwise: 'No call is connected.', harmsWithout: true },
  transfer: {
    states: TALKING,
    otherwise: 'The phone has no call that could be transferred.',
    notInTransfer: true,
    harmsWithout: true,
  },
  completeTransfer: {
    states: PLACED,
    atLeast: 2,
    otherwise: NO_PAIR,
    judgedBy: 'BOTH',
    notInTransfer: true,
    harmsWithout: true,
  },
  // Ending the call in focus would end the caller's where the consultation is over already, or has never begun.
  cancelTransfer: {
    states: PLACED,
    atLeast: 2,
    otherwise: NO_PAIR,
    judgedBy: 'BOTH',
    notInTransfer: true,
    harmsWithout: true,
  },
  conference: {
    states: TALKING,
    atLeast: 2,
    otherwise: 'A conference needs two calls that are connected or held.',
    notInTransfer: true,
    harmsWithout: true,
  },
};
